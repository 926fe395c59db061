"""Tables of reStructuredText as those of Markdown."""

import pytest

from ftdata.documents.rst import read_rst
from ftdata.sections import Block
from ftdata.settings_documents import Documents


def made(text: str) -> list[str]:
    elements = read_rst(text.encode(), Documents()).elements
    assert all(isinstance(element, Block) for element in elements)
    return [element.text for element in elements]


GRID = """\
+------+-------+
| A    | B     |
+======+=======+
| one  | ``x`` |
| more | a|b   |
+------+-------+
| over both    |
+------+-------+
| two  | - p   |
|      | - q   |
+------+-------+
"""
SIMPLE = """\
=====  =====
 a      b
=====  =====
1      2
\\      3
two    five
       more

six    a longer one
=====  =====
"""
LISTED = """\
.. list-table:: Things
   :header-rows: 1

   * - Name
     - What
   * - ``a``
     - The
       first
   * - b
     -
"""
COMMAS = """\
.. csv-table::
   :header: "a", "b"

   1, "two, three"
   x, y z
"""


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (GRID, ["| A | B |", "| --- | --- |", "| one more | `x` a\\|b |", "| over both | |",
                "| two | - p - q |"]),
        (SIMPLE, ["| a | b |", "| --- | --- |", "| 1 | 2 |", "| | 3 |", "| two | five more |",
                  "| six | a longer one |"]),
        (COMMAS, ["| a | b |", "| --- | --- |", "| 1 | two, three |", "| x | y z |"]),
        ("== ==\n1  2\n== ==\n", ["| | |", "| --- | --- |", "| 1 | 2 |"]),
    ],
)  # fmt: skip
def test_tables(text, rows):
    assert made(text) == ["\n".join(rows)]


def test_a_table_of_lists_with_its_title():
    assert made(LISTED) == [
        "**Things**", "| Name | What |\n| --- | --- |\n| `a` | The first |\n| b | |",
    ]  # fmt: skip


def test_items_are_the_rows_below_the_head():
    (block,) = read_rst(GRID.encode(), Documents()).elements
    assert isinstance(block, Block)
    assert [block.text[start:end] for start, end in block.items] == block.text.split("\n")[2:]


def test_a_border_without_an_end_is_text():
    assert made("== ==\nnot a table\n") == ["== ==\nnot a table"]


def test_a_table_in_a_file_of_its_own_is_left_out():
    assert made("Text.\n\n.. csv-table:: Releases\n   :file: x.csv\n") == ["Text."]
