"""Headings become paths, and what stands below them sections."""

import pytest

from ftdata.documents.outline import outline_of, title_of
from ftdata.documents.parsed import Heading, Parsed
from ftdata_tests.documents.drafting import NAME, drafts, hold, parsed

GUIDE = """\
Before everything.

# Guide

About it.

## Install

### Linux

Use the package.

### Windows

Use the installer.

## Remove

Delete it.
"""


def test_paths_go_from_the_first_heading_and_leave_out_the_title():
    found = [(draft.path, [block.text for block in draft.blocks]) for draft in drafts(GUIDE)]
    assert found == [
        ((), ["Before everything.", "About it."]),
        (("Install", "Linux"), ["Use the package."]),
        (("Install", "Windows"), ["Use the installer."]),
        (("Remove",), ["Delete it."]),
    ]


def test_a_draft_spans_its_heading_and_its_blocks():
    last = drafts(GUIDE)[-1]
    assert GUIDE[last.start : last.end].strip() == "## Remove\n\nDelete it."
    assert last.line == 17


def test_a_second_heading_of_level_1_stands_in_paths():
    found = [draft.path for draft in drafts("# Guide\n\nA text.\n\n# Guide\n\nAnother.\n")]
    assert found == [(), ("Guide",)]


def test_a_title_of_front_matter_leaves_another_first_heading_in_paths():
    text = "---\ntitle: Handbook\n---\n# Guide\n\nA text.\n"
    assert title_of(parsed(text), NAME) == "Handbook"
    assert [draft.path for draft in drafts(text)] == [("Guide",)]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("a/reset-a-password.html.md", "Reset a password"),
        ("billing_faq.docx", "Billing faq"),
        ("shipping/index.md", "Shipping"),
        ("index.md", "Index"),
        ("README", "README"),
        ("page.HTM.erb", "Page"),
    ],
)
def test_a_document_without_headings_is_called_as_its_file(name, title):
    assert title_of(parsed("A text.\n"), name) == title


def test_a_heading_with_nothing_below_it_is_dropped_by_line():
    text = "# Guide\n\nA text.\n\n## Empty\n\n## Full\n\nAnother.\n\n## Last\n"
    _, dropped = outline_of(parsed(text), "Guide", 6_000)
    assert [(drop.line, drop.reason) for drop in dropped] == [
        (5, "short_section"),
        (11, "short_section"),
    ]


def test_an_answer_holds_its_sub_sections():
    text = "# FAQ\n\n## Why?\n\nFor two reasons.\n\n### First\n\nIt is *good*.\n\n## How?\n\nSo.\n"
    why, how = drafts(text)
    assert why.path == ("Why?",)
    assert why.is_question
    assert [block.text for block in why.blocks] == [
        "For two reasons.",
        "### First",
        "It is *good*.",
    ]
    assert hold(why.blocks, text)
    assert how.path == ("How?",)


def test_questions_below_a_question_and_long_answers_stand_apart():
    nested = "# FAQ\n\n## Which?\n\nSome.\n\n### Why?\n\nSo.\n"
    assert [draft.path for draft in drafts(nested)] == [("Which?",), ("Which?", "Why?")]
    long = f"# FAQ\n\n## Why?\n\nFor reasons.\n\n### First\n\n{'word ' * 50}\n"
    assert [draft.path for draft in drafts(long, 100)] == [("Why?",), ("Why?", "First")]


def test_a_page_whose_title_asks_is_no_single_answer():
    text = "# What is it?\n\nA tool.\n\n## Parts\n\nTwo.\n"
    assert [(draft.path, draft.is_question) for draft in drafts(text)] == [
        ((), False),
        (("Parts",), False),
    ]


def test_a_sub_heading_whose_words_are_not_in_the_file_is_left_out_of_the_answer():
    text = "Why?\nBecause.\nDeeper\nSo.\n"
    block = parsed("Because.\n").elements[0]
    document = Parsed(
        text, "FAQ", (Heading(2, "Why?", 0, 4, 1), block, Heading(3, "Lost", 14, 20, 3), block)
    )
    found, _ = outline_of(document, "FAQ", 6_000)
    assert [part.text for part in found[0].blocks] == ["Because.", "Because."]
