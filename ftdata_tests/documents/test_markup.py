"""The laws of Markdown made of other formats."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ftdata.documents.markup import MarkdownWriter, code_span, fenced, marked, paragraph, table

TEXTS = st.text(alphabet="ab `|*\\<", min_size=1, max_size=30)


@given(TEXTS.filter(lambda text: text.strip() != ""))
def test_code_in_a_line_is_shown_as_it_was(text: str) -> None:
    [inline] = MarkdownIt().parseInline(code_span(text))
    assert [child.type for child in inline.children or ()] == ["code_inline"]
    assert (inline.children or ())[0].content.strip() == text.strip()


@given(st.lists(st.text(alphabet="a `~#", max_size=8), min_size=1, max_size=6))
def test_a_block_of_code_is_shown_as_it_was(lines: list[str]) -> None:
    code = "x\n" + "\n".join(lines) + "\ny"
    [token] = MarkdownIt().parse("\n".join(fenced(code, "sh")))
    assert (token.type, token.info, token.content) == ("fence", "sh", f"{code}\n")


@given(st.lists(st.lists(st.text(alphabet="ab|c", max_size=5), min_size=1, max_size=4), min_size=1))
def test_a_table_has_its_rows_and_columns(rows: list[list[str]]) -> None:
    tokens = MarkdownIt().enable("table").parse("\n".join(table(rows)))
    kinds = [token.type for token in tokens]
    assert kinds.count("tr_open") == len(rows)
    width = max(map(len, rows))
    assert kinds.count("th_open") + kinds.count("td_open") == width * len(rows)


@given(st.text(alphabet="#>=|`~ab\n ", max_size=40))
def test_running_text_begins_no_other_block(text: str) -> None:
    kinds = {token.type for token in MarkdownIt().enable("table").parse("\n".join(paragraph(text)))}
    assert not kinds & {"heading_open", "fence", "code_block", "blockquote_open", "table_open"}


@pytest.mark.parametrize(
    ("text", "expected"), [(" a ", " **a** "), ("", ""), (" ", " "), ("**a**", "**a**")]
)
def test_marks_stand_at_the_words(text: str, expected: str) -> None:
    assert marked(text, "**") == expected


def test_blocks_in_items_and_quotes() -> None:
    writer = MarkdownWriter()
    writer.block(["a"])
    writer.open_list(ordered=True, number=9)
    for _ in range(2):
        writer.open_item()
        writer.block(["b"])
        writer.open_quote("note")
        writer.block(["c", "d"])
        writer.close()
        writer.close()
    writer.close_list()
    writer.heading(2, "e")
    assert writer.text == (
        "a\n\n9. b\n\n   > [!NOTE]\n   > c\n   > d\n"
        "10. b\n\n    > [!NOTE]\n    > c\n    > d\n\n## e\n"
    )


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_items_nest_without_bounds_but_shown_within(opens: list[bool]) -> None:
    writer = MarkdownWriter()
    for place, is_list in enumerate([True] * 20 + opens):
        if is_list:
            writer.open_list(ordered=False)
            writer.open_item()
        writer.block([f"w{place}"])
    assert re.findall(r"w(\d+)", writer.text) == [str(n) for n in range(20 + len(opens))]
    assert max(map(len, writer.lines)) < 40
