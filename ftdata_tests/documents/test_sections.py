"""A document's sections: what they are, and what of them stays when others change."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.dangling import dangling_phrase
from ftdata.documents.parsed import RejectedDocumentError
from ftdata.documents.readers import parse_document
from ftdata.documents.sections import sections_of
from ftdata.settings_documents import Documents
from ftdata_tests.documents.drafting import NAME, hold, parsed, reasons, sections
from ftdata_tests.linear import assert_linear

SHARED = Path(__file__).parents[3] / "shared/data/docs"
GUIDE = """\
# Reset a password

Anybody can reset a password at any time of the day.

## By mail

1. Ask for a link.
2. Open it within an hour.

## By phone

Call us, and have the number of your contract at hand.
"""
PARAGRAPHS = st.lists(st.sampled_from(["Ann has a file.", "- a\n- b", "```\nrun\n```"]), max_size=4)


def test_sections_have_title_path_order_and_range():
    whole, mail, phone = sections(GUIDE)
    assert (whole.title, whole.heading_path, whole.heading) == (
        "Reset a password",
        (),
        "Reset a password",
    )
    assert (mail.document, mail.language, mail.order) == (NAME, "en", 1)
    assert (phone.heading_path, phone.line) == (("By phone",), 10)
    assert GUIDE[mail.start : mail.end].startswith("## By mail")
    assert [block.kind for block in mail.blocks] == ["steps"]


def test_an_unchanged_section_keeps_its_id_when_others_change():
    before = {section.heading: section.id for section in sections(GUIDE)}
    changed = sections(GUIDE.replace("any time of the day", "night").replace("Call us", "Ring us"))
    after = {section.heading: section.id for section in changed}
    assert after["By mail"] == before["By mail"]
    assert after["By phone"] != before["By phone"]


def test_ids_tell_apart_sources_documents_headings_and_repeats():
    text = "# A\n\n## B\n\nEvery file is kept for a year and a day.\n"
    options = Documents()
    ids = {
        sections_of(parsed(written), source, document, None, options)[0][0].id
        for written, source, document in [
            (text, "help", "a.md"),
            (text, "other", "a.md"),
            (text, "help", "b.md"),
            (text.replace("## B", "## C"), "help", "a.md"),
        ]
    }
    assert len(ids) == 4
    twice = sections(text + text.partition("\n")[2])
    assert len({section.id for section in twice}) == 2


def test_a_short_answer_counts_with_its_question():
    text = "# Help\n\n## Can I pay by card in all your shops?\n\nYes.\n\n## Cards\n\nYes.\n"
    assert [section.heading for section in sections(text)] == [
        "Can I pay by card in all your shops?"
    ]
    assert reasons(text) == [(7, "short_section")]


@given(st.lists(st.tuples(st.integers(1, 4), PARAGRAPHS), max_size=6))
def test_every_block_is_in_one_section_and_has_its_place(parts):
    text = "".join(
        f"{'#' * level} Part {index}\n\n" + "".join(f"{one}\n\n" for one in blocks)
        for index, (level, blocks) in enumerate(parts)
    )
    found = sections(text, min_section_chars=1)
    assert [block.text for section in found for block in section.blocks] == [
        block.text for block in parsed(text).elements if hasattr(block, "spans")
    ]
    assert [section.order for section in found] == list(range(len(found)))
    assert all(hold(section.blocks, text) for section in found)
    assert len({section.id for section in found}) == len(found)


@pytest.mark.parametrize(
    "piece",
    ["## why?\n\na\n\n", "**why?**\n\nyes\n\n", "the next section. ", "(see above) ", "- [a](b)\n",
     "1. see the steps above\n", "3. a\n\ntext\n\n", "para:\n\n", "As noted above, x. "],
)  # fmt: skip
def test_time_is_linear_in_the_document(piece):
    assert_linear(piece, sections, 4_000)


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared data")
def test_shared_documents_become_sections_that_hold_and_do_not_dangle():
    options = Documents()
    count = 0
    for path in sorted(SHARED.rglob("*")):
        if path.suffix not in (".md", ".mdx", ".rst"):
            continue
        try:
            document = parse_document(path.name, path.read_bytes(), options)
        except RejectedDocumentError:
            continue
        found, dropped = sections_of(document, "docs", path.name, None, options)
        assert found or dropped
        for section in found:
            assert hold(section.blocks, document.text), path.name
            assert dangling_phrase(section.text) is None, path.name
        count += len(found)
    assert count > 1_000
