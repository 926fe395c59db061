"""The page on duplicates: what it says, that texts stay texts, and that it is short."""

import base64
import re
from xml.etree import ElementTree

import dagster as dg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.cleaning.dedup.audit import audit_duplicates
from ftdata.cleaning.dedup.duplicates import find_duplicates
from ftdata.cleaning.dedup.fingerprints import fingerprint
from ftdata.defs.audit_page import audit_page
from ftdata.defs.pages import PAGE_BYTES
from ftdata.settings_dedup import Dedup
from ftdata_tests.defs.conftest import log_records, write_raw

TEN = "one two three four five six seven eight nine ten"
HOSTILE = (
    "<img src=x onerror=alert(1)> </li> <!-- ",
    "[x](javascript:alert(1)) ![y](https://evil.example/p.png)",
    "`code` ``` **bold** ~~struck~~ _i_",
    "| a | b |\n|---|---|\n| c | d |",
    "\n\n# head\n\n- item\n1. one\n    code\n> quote\n---\n===",
    "https://evil.example/a WWW.evil.example http://e.example ftp://e.example",
    "\u202eback\u202c \u2066 \x00\x07\x1b[31m\u2028\x85",
    "&lt;b&gt; &#60;b&#62; \\ \\\\ <https://evil.example> [a]: https://evil.example",
)


def page(texts, ids=None, **options):
    chosen = Dedup(**options)
    prints = fingerprint(texts, chosen)
    found = find_duplicates(prints, chosen)
    ids = ids or [f"r{row}" for row in range(len(texts))]
    return audit_page(audit_duplicates(texts, ids, prints, found, chosen)).md_str


def test_a_page_names_counts_settings_texts_and_ids():
    shown = page([f"{TEN} eleven twelve", f"{TEN} eleven a b", f"{TEN} eleven a", "red", "Red"])
    assert shown.startswith(
        "**Of 5 conversations 2 are dropped as duplicates: 1 exact, 1 near. 3 stay.**"
    )
    assert "`threshold` 0.85" in shown
    assert f"- **similarity 0.785**\n  - stays r0: {TEN} eleven twelve\n  - stays r1: …" in shown
    assert "~~twelve~~ **a b**" in shown
    assert "- **similarity 0.923**\n  - stays r1: " in shown
    assert "  - dropped r2: … seven eight nine ten eleven a ~~b~~" in shown
    assert "#### Clusters: the largest 2 of 2" in shown


def test_without_duplicates_a_page_says_so_and_shows_near_misses():
    shown = page([f"{TEN} eleven twelve", f"{TEN} eleven a b"])
    assert shown.startswith("**No conversation is dropped as a duplicate: 2 stay.**\n")
    assert "stays r1: " in shown
    assert "Clusters" not in shown
    assert "less: none" in page([TEN])
    assert page([]).startswith("**No conversation is dropped as a duplicate: 0 stay.**\n")


@pytest.mark.parametrize("threshold", [0.5, 0.85, 0.999, 1.0])
def test_the_histogram_is_a_picture_with_the_threshold(threshold):
    reverse = " ".join(reversed(TEN.split()))
    shown = page([TEN, reverse], threshold=threshold)
    data = re.search(r"!\[similarities\]\(data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)\)", shown)
    picture = ElementTree.fromstring(base64.b64decode(data[1]))
    texts = [element.text for element in picture if element.tag.endswith("text")]
    assert f"threshold {threshold:g}" in texts
    assert "1 near-duplicates dropped" in texts


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_shown_as_text(text):
    # What the page says beside a harmless text of as many words is all the markup there is.
    shown = page([f"{TEN} {text}", f"{TEN} {text} eleven", f"{TEN} {text}", f"{TEN} {text} a b c"])
    own = re.sub(r"!\[similarities\]\(data:[^)]*\)", "", shown)
    visible = re.sub(r"\\.", "", own)
    assert not re.search(r"[<>\[\]|\x00-\x09\x0b-\x1f\x80-\x9f\u2028\u202a-\u202e\u2066]", visible)
    assert visible.count("`") == 2 * len(("threshold", "min_words", "keep", "shingle_size", "…"))
    assert "://" not in visible
    assert "www." not in visible.lower()
    ours = ("**", "- **", "  - ", "#### ", "Prompts are ", "Of the second ")
    assert all(line.startswith(ours) for line in own.split("\n") if line)


def test_an_address_is_no_link_even_after_entities_are_read():
    # As the UI's Markdown makes links of what is left once entities are read.
    shown = page(["see https://evil.example www.evil.example @bob"] * 2)
    assert "https&#8288;&#58;//evil.example &#8288;www&#46;evil.example &#8288;&#64;bob" in shown


def test_an_id_is_shown_as_text():
    shown = page([TEN, TEN], ["<b>x</b>", "a|b*c*\n- d" + "x" * 200])
    assert "&lt;b&gt;x&lt;/b&gt;" in shown
    assert "a\\|b\\*c\\* - dxx" in shown
    assert "x" * 70 not in shown


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.sampled_from(["<@", "w" * 50, "字" * 200, "~~", "a", "b", "é|", "&"]), max_size=60),
    st.sampled_from(["word", "character"]),
)
def test_a_page_is_short_whatever_the_texts(words, shingle):
    own = [f"{n} {' '.join(words)}" for n in range(40)]
    texts = own + [f"{text} more" for text in own] + ["@<" * 50_000, "@<" * 50_000 + "x"]
    shown = page(texts, shingle=shingle, threshold=0.9, min_words=1)
    assert len(shown.encode()) <= PAGE_BYTES


def test_a_full_page_says_that_there_is_more():
    texts = [f"{n} {n + 100} {'<@ ' * 70} {TEN} {tail}" for n in range(20) for tail in ("", "x y")]
    shown = page(texts, threshold=0.8)
    assert len(shown.encode()) <= PAGE_BYTES
    assert shown.endswith("*What else there is does not fit on this page.*")


def test_a_partition_shows_the_page_redacted_and_with_ids(project, instance, run):
    rows = log_records(2, 6)
    asked = "Please write to jane.doe@walkabout-gear.co about my two tents, red"
    for row, prompt in zip(rows, (asked, asked + " ones", asked), strict=False):
        row["prompt"] = prompt
    write_raw(project.store.data, "web", 2, rows)
    assert run(key="2025-03-02|web").success
    wanted = dg.AssetRecordsFilter(
        asset_key=dg.AssetKey("cleaned"), asset_partitions=["2025-03-02|web"]
    )
    (record,) = instance.fetch_materializations(wanted, limit=1).records
    shown = record.asset_materialization.metadata["duplicates"].md_str
    kept = project.store.read_table("cleaned", next(iter(project.store.keys("cleaned"))))
    canonical = kept.column("id")[0].as_py()
    assert "jane.doe" not in shown
    assert f"stays {canonical}: Please write to \\[EMAIL\\] about my two tents" in shown
    assert "1 exact, 1 near. 4 stay." in shown
