"""Directives by what is read of them."""

import pytest

from ftdata.documents.rst import read_rst
from ftdata.sections import Block
from ftdata.settings_documents import Documents


def made(text: str) -> list[tuple[str, str, str]]:
    elements = read_rst(text.encode(), Documents()).elements
    return [(e.kind, e.label, e.text) for e in elements if isinstance(e, Block)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".. note:: Short\n   it.\n\n   More.\n", ("admonition", "note", "Short\nit.\n\nMore.")),
        (".. warning::\n   :class: x\n\n   Hot.\n", ("admonition", "warning", "Hot.")),
        (".. tip::\n  - a\n  - b\n", ("admonition", "tip", "- a\n- b")),
        (".. admonition:: So it is\n\n   Text.\n",
         ("admonition", "admonition", "**So it is**\n\nText.")),
        (".. versionadded:: 1.2\n", ("admonition", "versionadded", "**versionadded 1.2**")),
        (".. deprecated:: 3.1 Use x\n   instead.\n",
         ("admonition", "deprecated", "**deprecated 3.1**: Use x\ninstead.")),
        (".. rubric:: Words\n", ("paragraph", "", "**Words**")),
        (".. figure:: a.png\n   :alt: A\n\n   The caption.\n", ("paragraph", "", "The caption.")),
        (".. only:: html\n\n   Here.\n", ("paragraph", "", "Here.")),
        (".. epigraph::\n\n   Wise.\n", ("quote", "", "> Wise.")),
    ],
)  # fmt: skip
def test_directives(text, expected):
    assert made(text) == [expected]


def test_one_that_is_not_known_keeps_its_title_and_content():
    assert made(".. dropdown:: More of it\n   :open:\n\n   Hidden.\n") == [
        ("paragraph", "", "**More of it**"), ("paragraph", "", "Hidden."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "directive",
    ["include:: x.rst", "toctree::\n   :maxdepth: 2\n\n   a\n   b", "image:: a.png\n   :alt: A",
     "raw:: html\n\n   <b>x</b>", "index:: a; b", "graphviz::\n\n   digraph { a -> b }",
     "code-block:: bash", "unknown:: x", "contents::"],
)  # fmt: skip
def test_what_nobody_reads_is_left_out(directive):
    assert made(f"One.\n\n.. {directive}\n\nTwo.\n") == [
        ("paragraph", "", "One."),
        ("paragraph", "", "Two."),
    ]


def test_a_note_inside_of_an_item_is_of_that_item():
    assert made("- a\n\n  .. note:: b\n\n- c\n") == [("list", "", "- a\n\n  b\n\n- c")]
