"""The page on cleaning: what it says, and that texts of records stay texts."""

import base64
import re
from xml.etree import ElementTree

import pytest

from ftdata.cleaning.screening import Excerpt, Screening
from ftdata.defs.pages import PAGE_BYTES
from ftdata.defs.screening_page import screening_page
from ftdata_tests.defs.test_audit_page import HOSTILE

EMPTY = Screening(0, {}, {}, {}, {}, {}, [], {})


def page(**more):
    values = EMPTY.__dict__ | {"rows_in": 30} | more
    return screening_page(Screening(**values)).md_str


def pictures(text):
    found = re.findall(r"data:image/svg\+xml;base64,([^)]+)", text)
    return [ElementTree.fromstring(base64.b64decode(data)) for data in found]


def words(picture):
    return [element.text for element in picture.iter() if element.tag.endswith("text")]


def test_a_page_counts_and_shows():
    shown = page(
        drops={"echo": 2}, redactions={"EMAIL": 40, "IP": 1}, flags={"truncated": 3},
        refusals={"hedge": 1}, languages={"en": 28}, quality=[0] * 19 + [28],
        excerpts={"EMAIL": [Excerpt("mail to ", " today")]},
    )  # fmt: skip
    assert shown.startswith("**Of 30 conversations 2 are dropped before")
    assert "41 places are redacted.**" in shown
    assert re.search(r"mail to \*\*\S*EMAIL\S* today", shown.replace("** today", " today"))
    bars, quality = pictures(shown)
    for text in ("echo", "EMAIL", "40", "truncated", "hedge", "en", "28"):
        assert text in words(bars)
    assert words(quality) == ["0", "0.5", "1"]


def test_a_page_of_nothing_is_a_line():
    assert page() == (
        "**Of 30 conversations 0 are dropped before duplicates are looked for; 0 places are"
        " redacted.**"
    )


def test_many_names_become_others():
    (bars,) = pictures(page(flags={f"flag_{n}": n for n in range(1, 30)}))
    assert "others" in words(bars)
    assert "flag 29" in words(bars)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_texts_stay_texts(hostile):
    shown = page(excerpts={"EMAIL": [Excerpt(hostile, hostile)]}, flags={hostile: 1})
    text = shown.split("redactions", 1)[1]
    assert not re.search(r"<|(?<!\\)[\]`]|https?://", text)
    assert pictures(shown)


def test_a_page_is_short():
    excerpts = {f"E{n}": [Excerpt("x" * 48, "y" * 48)] * 6 for n in range(60)}
    assert len(page(excerpts=excerpts).encode()) <= PAGE_BYTES
