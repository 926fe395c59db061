"""Text in Markdown stays text."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from ftdata.release.markdown import escape, share, table

VISIBLE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=100)


@given(st.text())
def test_no_markup_comes_of_any_text(text: str) -> None:
    shown = escape(text)
    assert not re.search(r"[<>\n\r\u2028\u2029\x85\u202e]", shown)
    assert not re.search(r"(?<!\\)(?:\\\\)*[|`*\[\]]", shown)


@given(VISIBLE)
def test_what_a_reader_sees_is_the_text(text: str) -> None:
    assert html.unescape(re.sub(r"\\([\\`*_{}\[\]|~#!$\-+=])", r"\1", escape(text))) in (
        text,
        html.unescape(text),
    )


def test_addresses_make_no_links() -> None:
    assert escape("see https://evil.example or WWW.evil.example or a@b.example") == (
        "see https&#58;//evil.example or www&#46;evil.example or a&#64;b.example"
    )


def test_long_text_is_cut() -> None:
    assert escape("x" * 300) == "x" * 199 + "…"
    assert escape("<" * 300, limit=3) == "&lt;&lt;…"


def test_a_table_sets_numbers_right() -> None:
    assert table(("name", "rows"), [("a|b", 1_234), ("c", 5)]).splitlines() == [
        "| name | rows |",
        "| --- | ---: |",
        "| a\\|b | 1,234 |",
        "| c | 5 |",
    ]


def test_a_share_of_nothing_is_a_dash() -> None:
    assert share(1, 8) == "12.5 %"
    assert share(0, 0) == "-"
