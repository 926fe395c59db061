"""What pages say about themselves, and sections that only lead elsewhere."""

import pytest

from ftdata_tests.documents.drafting import reasons, sections

FURNITURE = [
    "Last updated on 3 March 2025",
    "*Last updated: 2025-03-01*",
    "[Edit this page](https://example.com/edit)",
    "Edit on GitHub",
    "Was this page helpful?",
    "Back to top",
    "© 2025 Example Ltd. All rights reserved.",
    "Skip to main content",
]
PROSE = [
    "The last update on Monday changed how invoices are counted.",
    "Edit this file, then restart.",
    "Next, restart the service.",
    "Copyrighted works are kept for five years after delivery.",
]
TEXT = "Every file is kept for a year, then it goes."


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_left_out(line):
    assert [one.text for one in sections(f"# Files\n\n{TEXT}\n\n{line}\n")] == [TEXT]


@pytest.mark.parametrize("line", PROSE)
def test_what_is_about_the_subject_stays(line):
    assert [one.text for one in sections(f"# Files\n\n{TEXT}\n\n{line}\n")] == [f"{TEXT}\n\n{line}"]


@pytest.mark.parametrize(
    "links",
    [
        "- [Moving files around](move.md)\n- [Removing old files](remove.md)",
        "* [Moving](https://example.com/moving-files-around)\n* <https://example.com/removing>",
        "See [how files are moved](move.md).",
    ],
)
def test_a_section_of_links_is_navigation(links):
    text = f"# Files\n\n{TEXT}\n\n## More\n\n{links}\n"
    assert [one.heading for one in sections(text)] == ["Files"]
    assert reasons(text) == [(5, "navigation")]


def test_a_table_of_contents_is_navigation():
    text = f"# Files\n\n## On this page\n\n- How to move\n- How to remove\n\n## Keeping\n\n{TEXT}\n"
    assert [one.heading for one in sections(text)] == ["Keeping"]


def test_links_that_are_explained_stay():
    text = (
        f"# Files\n\n{TEXT}\n\n## More\n\n- [move](m.md): takes files to another folder for good\n"
    )
    assert [one.heading for one in sections(text)] == ["Files", "More"]
