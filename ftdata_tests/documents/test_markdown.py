"""Markdown: every character in its place, continued lists whole, tags and marks left out."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.documents.markdown import parse_markdown, read_markdown, read_mdx
from ftdata.documents.parsed import Heading, Parsed, RejectedDocumentError
from ftdata.documents.text_file import read_text
from ftdata.sections import Block
from ftdata.settings_documents import Documents
from ftdata_tests.linear import assert_linear

OPTIONS = Documents()
DOCS = Path(__file__).parents[2].parent / "shared/data/docs"
GLUE = re.compile(r"(?:\s|[-*+>|():]|\d+\.|`{3,}|~{3,}|\*\*)*")
READERS = {".md": read_markdown, ".mdx": read_mdx, ".txt": read_text}


def blocks(text: str, **options: str) -> list[Block]:
    parsed = parse_markdown(text, Documents(**options))
    hold_places(parsed)
    return [element for element in parsed.elements if isinstance(element, Block)]


def headings(text: str) -> list[tuple[int, str]]:
    found = parse_markdown(text, OPTIONS).elements
    return [(heading.level, heading.text) for heading in found if isinstance(heading, Heading)]


def only(text: str, **options: str) -> Block:
    (block,) = blocks(text, **options)
    return block


def hold_places(parsed: Parsed) -> None:
    for block in parsed.elements:
        if not isinstance(block, Block):
            continue
        at = 0
        for start, end, place in block.spans:
            assert at <= place
            assert start < end
            assert block.text[place : place + end - start] == parsed.text[start:end]
            assert GLUE.fullmatch(block.text, at, place), repr(block.text[at:place])
            at = place + end - start
        assert GLUE.fullmatch(block.text, at)
        ends = [0, *(bound for item in block.items for bound in item), len(block.text)]
        assert ends == sorted(ends)


@pytest.mark.skipif(not DOCS.is_dir(), reason="no shared data")
def test_every_block_of_the_shared_documents_is_made_of_their_text():
    read = 0
    for path in sorted(DOCS.rglob("*")):
        if path.suffix in READERS and ".expected" not in path.name:
            try:
                hold_places(READERS[path.suffix](path.read_bytes(), OPTIONS))
                read += 1
            except RejectedDocumentError as error:
                assert error.reason == "empty_document"  # noqa: PT017  most files are read
    assert read > 500


MARKUP = st.lists(
    st.sampled_from(
        [
            "1. ", "2. ", "- ", "    ", "  ", "\n", "\n\n", "```", "word ", "\t", "| a | b |\n",
            "|---|---|\n", "> ", "[!NOTE]", ":::note\n", ":::\n", "[x](y) ", "![i](j)", "<b>",
            "</b>", "<!-- ", "-->", "{{ a }}", "{% b %}", "`", "\\", "[r]", "\n[r]: http://e.org\n",
            "!!! tip \"T\"\n", "=== \"Tab\"\n", "<Tab label=\"L\">\n", "import a from 'b'\n", "# ",
            "\r\n", "\r", ": ", "<br>", "<pre>", "</pre>", "^", "é", "---\n", "===\n", "\xa0",
            "\f", "\u2028",
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(MARKUP)
def test_places_hold_for_whatever_stands_in_a_file(text):
    for reader in READERS.values():
        try:
            hold_places(reader(text.encode(), OPTIONS))
        except RejectedDocumentError as error:
            assert error.reason == "empty_document"  # noqa: PT017  most texts are read


WHITE = [chr(code) for code in range(0x3001) if chr(code).isspace() and chr(code) not in "\r\n"]
OPENING = "First you open the lid."
CLOSING = "Put the lid back\non the box."
FRAMES = ["{}\n", "\n{}\n", "{}\n\n", " \n{} \n"]  # what stands between a heading and its text


@given(
    st.lists(st.sampled_from(WHITE), min_size=1, max_size=3).map("".join),
    st.sampled_from(FRAMES),
    st.sampled_from(["{}", "{}\u2028", "\xa0{}", "> {}"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_no_white_space_moves_words_to_another_heading(white, frame, paragraph, line_end):
    between = frame.format(white)
    first, last = paragraph.format(OPENING), paragraph.format(CLOSING)
    text = f"# Guide\n{between}{first}\n{between}\n## Closing\n{between}{last}\n{white}"
    for reader in READERS.values():
        parsed = reader(text.replace("\n", line_end).encode(), OPTIONS)
        hold_places(parsed)
        shown = [element.text.replace(">", "").split() for element in parsed.elements]
        assert shown == [["Guide"], OPENING.split(), ["Closing"], CLOSING.split()]


@pytest.mark.parametrize("white", ["\xa0", "\f", "\v", "\u2028", "\u3000", "\x1c"])
def test_a_line_of_any_white_space_is_an_empty_one(white):
    assert [block.text for block in blocks(f"{white}\na\n{white}\nb{white}\n")] == ["a", "b"]
    assert only(f"- {white}\n  a\n").text == "- a"
    assert only(f"> {white}\n> a\n").text == "> a"
    assert only(f"```\na\n{white}\n{white}b{white}\n```\n").text == f"```\na\n\n{white}b\n```"
    assert blocks(f"{white}a\n{white}b\n")[0].text.split() == ["a", "b"]


def test_headings_lose_their_markup():
    text = "# Use *`x`* {#use}\n\nTitle\n---\n\n### A_b [link](c.md) ###\n\n## {{ tag }}\n\n"
    text += "#### &lt;x&gt; \\*\n"
    assert headings(text) == [(1, "Use x"), (2, "Title"), (3, "A_b link"), (4, "<x> *")]


def test_front_matter_gives_the_title_and_nothing_else():
    parsed = parse_markdown("---\ntitle: 'It''s on'\nx: 1\n---\nText\n", OPTIONS)
    assert parsed.title == "It's on"
    assert [e.text for e in parsed.elements if isinstance(e, Block)] == ["Text"]
    assert parse_markdown('+++\ntitle = "A b"\n+++\nx', OPTIONS).title == "A b"
    assert parse_markdown("---\ntitle: >\n  A\n  b\nz: 1\n---\nx", OPTIONS).title == "A b"
    assert len(blocks("---\n\nNo metadata\n\n---\n")) == 1


def test_a_list_that_goes_on_after_an_interruption_is_one():
    text = "1. One\n2. Two\n\nOnly then:\n\n```sh\nrun\n```\n\n3. Three\n"
    steps = only(text)
    assert steps.kind == "steps"
    assert steps.label == "1"
    assert [steps.text[start:end] for start, end in steps.items] == [
        "1. One",
        "2. Two\n\n   Only then:\n\n   ```sh\n   run\n   ```",
        "3. Three",
    ]


def test_steps_all_numbered_one_are_counted():
    steps = only("1. a\n\n```\nx\n```\n\n1. b\n  - sub\n\n1. c\n  more\n")
    assert [steps.text[start : start + 2] for start, _ in steps.items] == ["1.", "2.", "3."]
    assert "   - sub" in steps.text


def test_two_lists_apart_stay_apart():
    assert [b.kind for b in blocks("1. a\n\nOther:\n\n1. b\n")] == ["steps", "paragraph", "steps"]
    assert len(blocks("1. a\n\n# New\n\n2. b\n")) == 2


def test_a_step_in_a_paragraph_is_a_step_behind_its_list_alone():
    assert only("1. a\n\nThen wait.\n2. b\n3. c\n").text == "1. a\n\n   Then wait.\n\n2. b\n\n3. c"
    assert only("There are\n2. of them\n").kind == "paragraph"


def test_code_behind_the_last_step_belongs_to_it():
    assert only("1. a\n2. run:\n\n```\nx\n```\n").text.endswith("2. run:\n\n   ```\n   x\n   ```")


def test_items_further_right_than_the_first_are_nested():
    steps = only("1. a\n  1. sub\n1. b\n")
    assert len(steps.items) == 2
    assert steps.text == "1. a\n   1. sub\n2. b"


def test_tables_get_their_pipes_and_code_its_fence():
    table = only("a|b\n-|-\n1|[2](x.md)\n")
    assert table.text == "| a|b |\n| -|- |\n| 1|2 |"
    assert [table.text[start:end] for start, end in table.items] == ["| 1|2 |"]
    code = only("```{.Py title=x}\na\n\n  b\n```\n")
    assert (code.label, code.text) == ("py", "```Py\na\n\n  b\n```")
    assert only("<pre>\n\na\nb</pre>\n").text == "```\na\nb\n```"
    assert only("    a\n      b\n").text == "```\na\n  b\n```"


@pytest.mark.parametrize(
    "text",
    [
        ":::warning\nMind it.\n:::\n",
        "!!! warning\n    Mind it.\n",
        "> [!WARNING]\n> Mind it.\n",
        "{{% warning %}}\nMind it.\n{{% /warning %}}\n",
        "<Warning>\nMind it.\n</Warning>\n",
        "> **Warning:** Mind it.\n",
        "%Mind it.%\n",
    ],
)
def test_admonitions_of_every_kind(text):
    block = only(text)
    assert (block.kind, block.label) == ("admonition", "warning")
    assert block.text.endswith("Mind it.")


def test_an_admonition_inside_of_a_step_stays_there():
    steps = only("1. a\n   :::note Take care\n   b\n   :::\n2. c\n")
    assert steps.text == "1. a\n\n   **Take care:** b\n2. c" or len(steps.items) == 2
    assert "**Take care:** b" in steps.text


def test_tags_comments_and_templates_are_left_out_but_not_of_code():
    text = "Press <kbd>F1</kbd><br>or <name> {{ x }}now <!-- no --> `<b>{{ y }}`."
    assert only(text).text == "Press F1\nor <name> now `<b>{{ y }}`."
    html = "<details>\n<summary>More</summary>\n\nText\n\n</details>\n\n<script>\nx()\n</script>\n"
    assert [block.text for block in blocks(html)] == ["More", "Text"]


def test_links_by_option():
    text = "[a](b.md) [c](http://d.e) [f][g] ![i](http://j.k)\n\n[g]: http://l.m\n"
    assert only(text).text == "a [c](http://d.e) [f](http://l.m)"
    assert only(text, links="text").text == "a c f"
    assert only(text, links="keep").text == "[a](b.md) [c](http://d.e) [f](http://l.m)"


def test_a_definition_has_its_term():
    block = only("Helm\n: A tool.\n: A wheel.\n")
    assert (block.kind, block.label) == ("definition", "Helm")
    assert [block.text[start:end] for start, end in block.items] == ["A tool.", "A wheel."]


def test_mdx_loses_its_imports_and_components():
    tabs = b'<Tabs>\n<TabItem\n  label="Linux">\n\n- x\n\n</TabItem>\n</Tabs>\n'
    parsed = read_mdx(b"import A from 'a'\n\n" + tabs + b"{/* no\n */}\n", OPTIONS)
    assert [element.text for element in parsed.elements] == ["Linux", "- x"]
    with pytest.raises(RejectedDocumentError) as error:
        read_mdx(b"import A from 'a'\n\n<A />\n", OPTIONS)
    assert error.value.reason == "empty_document"


def test_plain_text_is_shown_as_it_is():
    text = "Manual\n======\n\nOVERVIEW\n\nUse <b> & {{x}}.\n\n2.1 Doing it\n\n1. a\n2. b\n"
    found = read_text(text.replace("\n", "\r\n").encode(), OPTIONS).elements
    assert [(e.level, e.text) for e in found if isinstance(e, Heading)] == [
        (1, "Manual"), (1, "OVERVIEW"), (2, "2.1 Doing it"),
    ]  # fmt: skip
    assert [(e.kind, e.text) for e in found if isinstance(e, Block)] == [
        ("paragraph", "Use <b> & {{x}}."), ("steps", "1. a\n2. b"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b" \n", "empty_document"), (b"a\0b", "unreadable"), (b"\x81\xff", "unreadable")],
)
def test_what_is_no_text_is_rejected(data, reason):
    for reader in READERS.values():
        with pytest.raises(RejectedDocumentError) as error:
            reader(data, OPTIONS)
        assert error.value.reason == reason
    assert read_text(b"caf\xe9", OPTIONS).text == "café"


@pytest.mark.parametrize(
    "piece",
    [
        "[", "[[x](a)", "](", "<!-- ", "{{ ", "<a ", "![", "](x \"", "\n:::note\n",
        "\n!!! note\n    a\n",
        "\n1. a\n\nb\n", "\n1. a\n\nb\n2. c\n", "\n<Foo a\n", "t\n: d\n", "\n1. a\n\n```\n", "`x``",
    ],
)  # fmt: skip
def test_time_is_linear_in_the_text(piece):
    assert_linear(piece, lambda text: parse_markdown(text, OPTIONS), 300 * len(piece))
