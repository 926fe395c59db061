"""reStructuredText as blocks: what a reader sees, by the lines that make it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.documents.parsed import Heading, Parsed, RejectedDocumentError
from ftdata.documents.rst import read_rst
from ftdata.sections import Block
from ftdata.settings_documents import Documents
from ftdata_tests.linear import assert_linear

SHARED = Path(__file__).parents[3] / "shared/data/docs"
GLUE = re.compile(r"(?:\s|[-*>|`\[\]()^<>:,\\]|\d+[.)]|[a-zA-Z]{1,12}[.)])*")
LEFT_OVER = re.compile(r"^\.\. |:[a-z]+:`|`_|::$", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def parsed(text: str, links: str = "absolute") -> Parsed:
    return read_rst(text.encode(), Documents(links=links))


def blocks(text: str) -> list[Block]:
    return [block for block in parsed(text).elements if isinstance(block, Block)]


def only(text: str) -> Block:
    (block,) = blocks(text)
    return block


def items(block: Block) -> list[str]:
    return [block.text[start:end] for start, end in block.items]


def assert_spans_hold(document: Parsed) -> None:
    for block in document.elements:
        if isinstance(block, Heading):
            continue
        at = 0
        for start, end, place in block.spans:
            assert block.text[place : place + end - start] == document.text[start:end]
            assert GLUE.fullmatch(block.text[at:place]), block.text[at:place]
            at = place + end - start
        assert GLUE.fullmatch(block.text[at:])
        assert all(0 <= start < end <= len(block.text) for start, end in block.items)


def test_titles_have_levels_by_the_order_of_their_styles():
    text = (
        "=====\nGuide\n=====\n\nOne\n===\n\na\n\nTwo ``x``\n---------\n\nb\n\nThree\n=====\n\nc\n"
    )
    headings = [element for element in parsed(text).elements if isinstance(element, Heading)]
    assert [(heading.level, heading.text) for heading in headings] == [
        (1, "Guide"), (2, "One"), (3, "Two x"), (2, "Three"),
    ]  # fmt: skip
    assert text[headings[0].start : headings[0].end] == "=====\nGuide\n====="
    assert [heading.line for heading in headings] == [1, 5, 10, 15]


def test_a_title_inside_of_a_directive_is_text_in_bold():
    assert only(".. only:: html\n\n   Sub\n   ---\n").text == "**Sub**"


def test_a_transition_and_a_short_underline():
    assert [block.text for block in blocks("One.\n\n-----\n\nTwo is long\n--\n")] == [
        "One.", "Two is long\n--",
    ]  # fmt: skip


def test_lists_keep_what_belongs_to_an_item():
    block = only("-  one\n   more\n\n   * inner\n\n   text\n- two\n")
    assert (block.kind, items(block)) == (
        "list", ["- one\n  more\n\n  - inner\n\n  text", "- two"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("#. a\n#. b\n", ["1. a", "2. b"]),
        ("3. a\n4. b\n", ["3. a", "4. b"]),
        ("1. a\n1. b\n", ["1. a", "2. b"]),
        ("a) x\nb) y\n", ["a) x", "b) y"]),
        ("(1) x\n(2) y\n", ["1. x", "2. y"]),
        ("i. x\nii. y\niii. z\n", ["i. x", "ii. y", "iii. z"]),
    ],
)
def test_steps_keep_their_numbers(text, made):
    block = only(text)
    assert (block.kind, items(block)) == ("steps", made)
    assert block.label == made[0][0].replace("a", "1").replace("i", "1")


def test_steps_go_on_after_an_interruption():
    text = (
        "1. Get it::\n\n    curl x\n\n2. Run\n\n.. code-block:: bash\n\n   ls\n\nThen.\n\n3. Stop\n"
    )
    block = only(text)
    assert items(block) == [
        "1. Get it:\n\n   ```\n   curl x\n   ```",
        "2. Run\n\n   ```bash\n   ls\n   ```\n\n   Then.",
        "3. Stop",
    ]


def test_a_list_that_begins_anew_is_another():
    assert [block.label for block in blocks("1. a\n2. b\n\nText.\n\n1. c\n")] == ["1", "", "1"]


def test_a_name_with_an_initial_is_no_step():
    assert only("A. Einstein was\nborn in Ulm.\n").kind == "paragraph"


@pytest.mark.parametrize(
    ("text", "label", "made", "item"),
    [
        ("Term\n    What it\n    means.\n", "Term", "**Term**: What it\nmeans.", "What it\nmeans."),
        ("``x`` (y)\n  A\n\n  - b\n", "x (y)", "**`x` (y)**: A\n\n- b", "A\n\n- b"),
        ("Term:\n  What.\n", "Term", "**Term**: What.", "What."),
        (":Author: A B\n", "Author", "**Author**: A B", "A B"),
        ("-v, --verbose  Talk\n", "-v, --verbose", "`-v, --verbose`: Talk", "Talk"),
        ("--out=FILE\n    Write\n", "--out=FILE", "`--out=FILE`: Write", "Write"),
        (".. option:: -a, --all\n\n   All.\n", "-a, --all", "`-a, --all`: All.", "All."),
        (".. py:function:: f(x)\n   g(x)\n\n   F.\n", "f(x), g(x)", "`f(x)`, `g(x)`: F.", "F."),
    ],
)
def test_definitions(text, label, made, item):
    block = only(text)
    assert (block.kind, block.label, block.text) == ("definition", label, made)
    assert items(block) == [item]


@pytest.mark.parametrize(
    ("text", "label", "made"),
    [
        ("::\n\n    a\n\n      b\n", "", "```\na\n\n  b\n```"),
        ("::\n\n> a\n> b\n", "", "```\n> a\n> b\n```"),
        (".. code-block:: Bash\n   :linenos:\n\n   ls\n", "bash", "```Bash\nls\n```"),
        (".. code::\n\n   ```\n", "", "````\n```\n````"),
        (".. parsed-literal::\n\n   *a*\n", "", "```\n*a*\n```"),
        (">>> 1\n1\n", "python", "```\n>>> 1\n1\n```"),
    ],
)
def test_code(text, label, made):
    block = only(text)
    assert (block.kind, block.label, block.text) == ("code", label, made)


def test_a_paragraph_announces_code_with_one_colon():
    assert [block.text for block in blocks("So::\n\n  x\n\nOr ::\n\n  y\n")] == [
        "So:", "```\nx\n```", "Or", "```\ny\n```",
    ]  # fmt: skip


def test_tabs_are_eight_columns():
    assert [block.label for block in blocks("A\n\tb\n\nC\n\td\n")] == ["A", "C"]
    assert only("::\n\n\ta\n\t\tb\n").text == "```\na\n\tb\n```"


def test_quotes_and_line_blocks():
    assert only("  A quote\n  goes on.\n\n  Ends.\n").text == "> A quote\n> goes on.\n>\n> Ends."
    assert only("| one\n| two\n").text == "one  \ntwo"


def test_indented_lists_are_no_quotes():
    assert [block.kind for block in blocks("So:\n\n  - a\n  - b\n")] == ["paragraph", "list"]


def test_comments_targets_and_substitutions_are_left_out():
    text = ".. note to self\n   more\n\n.. _x:\n\n.. |a| image:: a.png\n\n..\n\nA |a| b.\n\n__ x\n"
    assert only(text).text == "A b."


def test_an_empty_comment_takes_the_lines_below_it_only_when_they_follow_at_once():
    assert only("..\n   gone\n\nText.\n").text == "Text."
    assert only("..\n\n   A quote.\n").kind == "quote"


def test_footnotes_are_those_of_markdown():
    assert [block.text for block in blocks("On [#x]_ or [#]_.\n\n.. [#x] There\n   it is.\n")] == [
        "On [^x] or.", "[^x]: There\nit is.",
    ]  # fmt: skip


def test_fields_before_the_title_are_no_text():
    document = parsed(":orphan:\n:title: The *page*\n\nTitle\n=====\n\nText.\n")
    assert document.title == "The *page*"
    assert [element.text for element in document.elements] == ["Title", "Text."]


@pytest.mark.parametrize("text", ["Title\n=====\n\n.. toctree::\n\n   a\n   b\n", ".. _x:\n"])
def test_a_file_without_text_is_rejected(text):
    with pytest.raises(RejectedDocumentError, match="titles, links and includes only") as found:
        parsed(text)
    assert found.value.reason == "empty_document"


def test_line_ends_stay_as_they_are():
    document = parsed("A\r\n=\r\n\r\n- b\r\n  c\r\n")
    assert document.text.count("\r\n") == 5
    assert document.elements[1].text == "- b\n  c"
    assert_spans_hold(document)


def test_what_stands_in_many_others_is_read_as_text():
    text = "- " * 400 + "deep"
    assert only(text).text.endswith("- deep")
    assert_spans_hold(parsed(text))


MARKUP = (
    "a", " bc", " word_ ", " `x`", " `x`_ ", "``x`` ", ":r:`x <y>`", "`t <http://u>`_", " [1]_ ",
    "|s|", "*", "- ", "1. ", "#. ", "a) ", "::", ".. ", "\\", "\\* ", "-v ", "--x  ", ":f: ",
    "====", "----", "+--+", "| ", " ", "  ", "\n", "\n  ", "\n    ", "\n\n", "\n\n   ", "\t",
    "\r\n", "é", ".. note::", ".. code:: x", ".. x:", ".. |s| replace:: a", ".. _word: http://v",
)  # fmt: skip


@given(st.lists(st.sampled_from(MARKUP), max_size=60).map("".join))
def test_spans_hold_for_whatever_is_written(text):
    try:
        document = parsed(text)
    except RejectedDocumentError:
        return
    assert_spans_hold(document)


WHITE = [chr(code) for code in range(0x3001) if chr(code).isspace() and chr(code) not in " \t\r\n"]


@given(st.lists(st.sampled_from(WHITE), min_size=1, max_size=3).map("".join))
def test_white_space_that_begins_a_paragraph_is_no_indent(white):
    text = f"Guide\n=====\n{white}\n{white}Open\n{white}it.\n\n- {white}One\n{white}\n"
    text += f"{white}Title\n=======\n{white}\nNow::\n\n  {white}run\n"
    document = parsed(text)
    assert_spans_hold(document)
    shown = [
        ("title" if isinstance(element, Heading) else element.kind, element.text)
        for element in document.elements
    ]
    assert shown == [
        ("title", "Guide"),
        ("paragraph", "Open\nit."),
        ("list", "- One"),
        ("title", "Title"),
        ("paragraph", "Now:"),
        ("code", f"```\n{white}run\n```"),
    ]


HOSTILE = {
    "back-ticks": "`a ", "literals": "`` ", "roles": ":a:`", "colons": ":a", "escapes": "\\`",
    "bars": "|a", "notes": "[1]_", "references": "a_ ", "angles": "`a <b", "bullets": "- ",
    "enumerators": "1. ", "borders": "== ==\ntext\n\n", "grid": "+-+-+\n| | |\n", "tabs": "\ta\n",
    "directives": ".. note:: ", "options": "-a, ", "fields": ":a: ", "rules": "ab\n--\n",
    "spaces": "a          ", "returns": "\r", "targets": ".. _a: b\n", "names": "a.", "csv": '"a" ',
    "announced": "a::\n\n b\n", "terms": "a\n  b\n", "interrupted": "1. a\n\nb\n\n2. c\n\n",
}  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_linear_in_hostile_text(piece):
    for before in ("x_ ", "x\n\n.. csv-table::\n\n   "):

        def read(text, before=before):
            assert parsed(f"{before}{text}\n\n.. _x: https://y\n").elements

        assert_linear(piece, read, 2_500)


def test_a_table_of_many_columns_is_no_larger_than_its_text():
    rows = "= " * 400 + "=\n" + "a\n" * 5_000 + "= " * 400 + "=\n"
    assert len(only(rows).text) < 100 * len(rows)


@pytest.mark.skipif(not SHARED.exists(), reason="shared data is not there")
def test_the_shared_manual():
    read = 0
    for path in sorted(SHARED.rglob("*.rst")):
        try:
            document = read_rst(path.read_bytes(), Documents())
        except RejectedDocumentError:
            continue
        read += 1
        assert_spans_hold(document)
        for block in document.elements:
            if isinstance(block, Block) and block.kind != "code":
                assert not LEFT_OVER.search(CODE.sub("", block.text)), path
    assert read >= 60
