"""Reads reStructuredText, of docutils and Sphinx, without either.

docutils gives no places of characters and stops at Sphinx's own roles and directives, so the lines
are read here: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html
"""

from __future__ import annotations

import re

from ftdata.documents.decoding import decode_text
from ftdata.documents.inline import folded_label
from ftdata.documents.parsed import Heading, Parsed, RejectedDocumentError
from ftdata.documents.rst_blocks import Scanner
from ftdata.documents.rst_inline import References, plain_text
from ftdata.documents.rst_lines import Lines, Node, Range
from ftdata.documents.rst_write import make_block
from ftdata.sections import Block
from ftdata.settings_documents import Documents

_EXPLICIT = re.compile(
    r"^[ \t]*+\.\.[ \t]++(?:"
    r"_(?P<target>`[^`\n]{1,200}`|[^:\n`]{1,200}):(?:[ \t]++(?P<address>\S++))?+[ \t\r]*+$"
    r"|\|(?P<name>[^|\n]{1,100})\|[ \t]++(?P<kind>image|replace)::[ \t]*+(?P<text>[^\r\n]*+))",
    re.MULTILINE,
)


def read_rst(data: bytes, options: Documents) -> Parsed:
    """Headings and blocks of a file; spans count in the decoded text.

    Levels of headings go by the order in which their styles appear. Roles show their text, links
    become Markdown's where their target stays (`options.links`). What the made page would show as
    a picture, a list of links or not at all is left out, and so is what is included from other
    files. Raises RejectedDocumentError where nothing to read is left. Linear in the file's length.
    """
    text = decode_text(data)
    references = _references(text, options)
    lines = Lines(text)
    styles: list[str] = []
    elements: list[Heading | Block] = []
    nodes = Scanner(lines).document()
    matter = nodes[: _front_matter(nodes)]
    for node in nodes[len(matter) :]:
        if node.kind == "title":
            elements.append(_heading(text, node, references, styles))
            continue
        block = make_block(text, node, references)
        if block is not None:
            elements.append(block)
    if not any(isinstance(element, Block) for element in elements):
        raise RejectedDocumentError("empty_document", "titles, links and includes only")
    return Parsed(text, _title(text, matter), tuple(elements))


def _front_matter(nodes: list[Node]) -> int:
    """How many fields (`:orphan:`) stand before everything else."""
    count = next((at for at, node in enumerate(nodes) if node.name != "field"), len(nodes))
    return count if nodes[count : count + 1] and nodes[count].kind == "title" else 0


def _title(text: str, fields: list[Node]) -> str | None:
    """What a field `:title:` says."""
    for field in fields:
        if text[slice(*field.ranges[0])].lower() != "title":
            continue
        for node in field.items[0][:1]:
            if node.kind == "paragraph":
                return plain_text(text, *node.ranges[0], References()) or None
    return None


def _heading(text: str, node: Node, references: References, styles: list[str]) -> Heading:
    if node.name not in styles:
        styles.append(node.name)
    level = min(styles.index(node.name) + 1, 6)
    title = plain_text(text, *node.ranges[0], references)
    return Heading(level, title, node.marks[0][0], node.marks[-1][1], node.line + 1)


def _references(text: str, options: Documents) -> References:
    """Where external targets and replacements are defined; targets without an address are here."""
    targets: dict[str, Range] = {}
    substitutions: dict[str, Range | None] = {}
    for found in _EXPLICIT.finditer(text):
        if found["name"]:
            place = found.span("text") if found["kind"] == "replace" else None
            substitutions[folded_label(found["name"])] = place
        elif found["address"]:
            targets[folded_label(found["target"].strip("`"))] = found.span("address")
    return References(options.links, targets, substitutions)
