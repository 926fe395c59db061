"""Writes elements of reStructuredText as Markdown, as blocks that keep their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ftdata.documents.rst_inline import References, plain_text, write_inline
from ftdata.documents.rst_lines import Node, NodeKind, Range
from ftdata.documents.writer import Writer
from ftdata.sections import Block, BlockKind

Ranges = list[tuple[int, int]]

_KINDS: dict[NodeKind, BlockKind] = {
    "code": "code", "list": "list", "steps": "steps", "definition": "definition",
    "admonition": "admonition", "quote": "quote", "table": "table",
}  # fmt: skip
_PADDED = 64  # columns up to which every row has all cells; Markdown needs none of them
_FENCES = re.compile("`{3,}")


def make_block(source: str, node: Node, references: References) -> Block | None:
    """The block that an element is; None where nothing of it is to be shown."""
    writer = Writer(source)
    items = _write(writer, node, references)
    if not writer.spans:
        return None
    kind = _KINDS.get(node.kind, "paragraph")
    label = _label(source, node, references)
    return Block(kind, writer.text, writer.spans, node.line + 1, tuple(items), label)


def _label(source: str, node: Node, references: References) -> str:
    if node.kind == "steps":
        return str(node.number)
    if node.kind == "definition":
        if node.name == "option":
            return ", ".join(source[start:stop] for start, stop in node.ranges)
        return ", ".join(plain_text(source, *term, references) for term in node.ranges)
    return node.name if node.kind in {"code", "admonition"} else ""


def _write(writer: Writer, node: Node, references: References) -> Ranges:
    """Write an element; the places of its items."""
    return _WRITERS[node.kind](writer, node, references)


def _write_paragraph(writer: Writer, node: Node, references: References) -> Ranges:
    for at, range_ in enumerate(node.ranges):
        if at:
            writer.line()
        write_inline(writer, *range_, references)
    return []


def _write_lines(writer: Writer, node: Node, references: References) -> Ranges:
    """A line block: two spaces at a line's end are Markdown's way to keep it."""
    for at, range_ in enumerate(node.ranges):
        if at:
            writer.glue("  " if not writer.begins_line else "")
            writer.line()
        write_inline(writer, *range_, references)
    return []


def _write_strong(writer: Writer, node: Node, references: References) -> Ranges:
    _write_bold(writer, node.ranges[0], references)
    return []


def _write_bold(writer: Writer, range_: Range, references: References) -> None:
    """A range in bold, unless it has stars of its own."""
    mark = "" if "*" in writer.source[slice(*range_)] else "**"
    writer.glue(mark)
    write_inline(writer, *range_, references)
    writer.glue(mark)


def _write_code(writer: Writer, node: Node, _: References) -> Ranges:
    source = writer.source
    start, stop = node.ranges[0][0], node.ranges[-1][1]
    longest = max((len(run) for run in _FENCES.findall(source, start, stop)), default=2)
    fence = "`" * (longest + 1)
    writer.glue(fence)
    if node.label:
        writer.put(*node.label)
    for start, stop in node.ranges:
        if start < stop:
            writer.glue("\n" + writer.prefix)
            writer.put(start, stop)
        else:
            writer.glue("\n" + writer.prefix.rstrip())
    writer.glue(f"\n{writer.prefix}{fence}")
    return []


def _write_list(writer: Writer, node: Node, references: References) -> Ranges:
    """Items with their marks; numbers are counted on from the first."""
    items = []
    outer = writer.prefix
    for at, item in enumerate(node.items):
        if at:
            _separate(writer, is_tight=bool(item) and item[0].is_tight)
        mark = _mark(writer.source, node, at)
        before = writer.mark(mark)
        writer.prefix = outer + " " * len(mark)
        _write_children(writer, item, references)
        writer.prefix = outer
        if not writer.unmark(before):
            items.append((before[0] + len(before[1]), writer.length))
    return items


def _mark(source: str, node: Node, at: int) -> str:
    if node.kind == "list":
        return "- "
    if node.name[:-1] in {"letter", "roman"}:
        return source[slice(*node.marks[at])] + " "
    return f"{node.number + at}. "


def _write_children(writer: Writer, nodes: Sequence[Node], references: References) -> None:
    for at, node in enumerate(nodes):
        if at:
            _separate(writer, is_tight=node.is_tight and node.kind in {"list", "steps"})
        _write(writer, node, references)


def _separate(writer: Writer, *, is_tight: bool) -> None:
    if is_tight:
        writer.line()
    else:
        writer.gap()


def _write_quote(writer: Writer, node: Node, references: References) -> Ranges:
    outer = writer.prefix
    before = writer.mark("> ")
    writer.prefix = outer + "> "
    _write_children(writer, node.items[0], references)
    writer.prefix = outer
    writer.unmark(before)
    return []


def _write_definition(writer: Writer, node: Node, references: References) -> Ranges:
    """`**Term**: description`, or the signature as code; its length is the item."""
    for at, term in enumerate(node.ranges):
        if at:
            writer.glue(", ")
        if node.name == "option":
            mark = "``" if "`" in writer.source[slice(*term)] else "`"
            writer.glue(mark)
            writer.put(*term)
            writer.glue(mark)
        else:
            _write_bold(writer, term, references)
    content = node.items[0]
    if not content:
        return []
    writer.glue(":")
    if content[0].kind == "paragraph":
        writer.glue(" ")
    else:
        writer.gap()
    before = writer.mark("")
    _write_children(writer, content, references)
    if writer.unmark(before):
        return []
    return [(before[0] + len(before[1]), writer.length)]


def _write_admonition(writer: Writer, node: Node, references: References) -> Ranges:
    content = node.items[0]
    if node.ranges:
        name, version = node.ranges
        writer.glue("**")
        writer.put(*name)
        if version[0] < version[1]:
            writer.glue(" ")
            writer.put(*version)
        writer.glue("**:" if content else "**")
        if content and content[0].kind == "paragraph":
            writer.glue(" ")
        else:
            writer.gap()
    _write_children(writer, content, references)
    return []


def _write_table(writer: Writer, node: Node, references: References) -> Ranges:
    """A Markdown table; without a head of its own it gets an empty one."""
    width = max(map(len, node.cells))
    head = node.cells[: node.number]
    first = [[range_ for cell in cells for range_ in cell] for cells in _columns(head, width)]
    _write_row(writer, first, width, references)
    if width > _PADDED:
        writer.glue(" |" * (width - max(len(first), _PADDED)))
    writer.line()
    writer.glue("| " + " | ".join(["---"] * width) + " |")
    items = []
    for cells in node.cells[node.number :]:
        start = writer.length + 1 + len(writer.prefix)
        _write_row(writer, cells, width, references)
        items.append((start, writer.length))
    return items


def _columns(rows: list[list[Ranges]], width: int) -> list[list[Ranges]]:
    return [[row[column] for row in rows if column < len(row)] for column in range(width)]


def _write_row(writer: Writer, cells: list[Ranges], width: int, references: References) -> None:
    writer.line()
    writer.glue("|")
    for column in range(max(len(cells), min(width, _PADDED))):
        for start, stop in cells[column] if column < len(cells) else []:
            writer.glue(" ")
            at = start
            while (pipe := writer.source.find("|", at, stop)) >= 0:
                write_inline(writer, at, pipe, references, " ")
                writer.glue("\\")
                writer.put(pipe, pipe + 1)
                at = pipe + 1
            write_inline(writer, at, stop, references, " ")
        writer.glue(" |")


def _write_footnote(writer: Writer, node: Node, references: References) -> Ranges:
    """As GitHub's Markdown has it; one that is numbered by itself is a paragraph."""
    if node.label and node.label[0] < node.label[1]:
        writer.glue("[^")
        writer.put(*node.label)
        writer.glue("]: ")
    _write_children(writer, node.items[0], references)
    return []


_WRITERS: dict[NodeKind, Callable[[Writer, Node, References], Ranges]] = {
    "paragraph": _write_paragraph,
    "lines": _write_lines,
    "strong": _write_strong,
    "code": _write_code,
    "list": _write_list,
    "steps": _write_list,
    "definition": _write_definition,
    "admonition": _write_admonition,
    "quote": _write_quote,
    "table": _write_table,
    "footnote": _write_footnote,
}
