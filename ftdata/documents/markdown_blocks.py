"""Blocks of a document out of the tree of its Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ftdata.documents.inline import Cut, Links, inline_cuts
from ftdata.documents.markdown_lines import Lines
from ftdata.documents.markdown_marks import quote_label
from ftdata.documents.markdown_tree import Node, numbers
from ftdata.documents.writer import Writer
from ftdata.sections import Block, BlockKind

Ranges = tuple[tuple[int, int], ...]

_KINDS: dict[str, BlockKind] = {
    "paragraph": "paragraph", "html_block": "paragraph", "bullet_list": "list",
    "ordered_list": "steps", "table": "table", "fence": "code", "code_block": "code",
    "blockquote": "quote", "admonition": "admonition",
}  # fmt: skip
_GOVSPEAK = {"^": "info", "%": "warning", "@": "important"}
_LANGUAGE = re.compile(r"[`~]*\s*\{?\.?([\w+#.-]+)")
_UNSEEN = re.compile(
    r"\s*<(?:script|style|svg|iframe|video|audio|object|noscript|template)\b", re.I
)
_PRE = re.compile(r"\s*<pre\b[^<>]*>(?:<code\b[^<>]*>)?")
_FENCES = re.compile("`{3,}")
_TERM_END = re.compile(r"\n: +")


@dataclass
class Pen:
    """What it takes to write a node: the lines, how links are treated, and the text so far."""

    lines: Lines
    links: Links | None  # None: text without markup, of which nothing is cut
    targets: Mapping[str, tuple[int, int]]
    writer: Writer
    items: Ranges = ()


def make_block(
    node: Node, lines: Lines, links: Links | None, targets: Mapping[str, tuple[int, int]]
) -> Block | None:
    """The block that a node of the top level is; None where nothing of it is to be shown."""
    pen = Pen(lines, links, targets, Writer(lines.text))
    label = _write_definition(pen, node) if links and _TERM_END.search(node.content) else None
    if label is None:
        label = _write(pen, node)
        kind = _KINDS.get(node.kind, "paragraph")
        if label and kind in ("paragraph", "quote"):
            kind = "admonition"
    else:
        kind = "definition"
    writer = pen.writer
    if not writer.spans:
        return None
    return Block(kind, writer.text, writer.spans, node.first + 1, pen.items, label)


def _write(pen: Pen, node: Node) -> str:
    """Write a node; the label of the block that it makes."""
    write = _WRITERS.get(node.kind)
    return write(pen, node) if write else ""


def _write_paragraph(pen: Pen, node: Node) -> str:
    """A paragraph; the label of one between Govspeak's marks (`^note^`)."""
    content = node.content
    marked = pen.links is not None and len(content) > 2 and content[0] == content[-1]
    label = _GOVSPEAK.get(content[0], "") if marked else ""
    size = len(content)
    marks = [Cut(0, 1), Cut(size - 1, size)] if label else []
    write_inline(pen, content, node.first, extra=marks)
    return label


def write_inline(
    pen: Pen, content: str, first: int, *, tags: bool = False, extra: Sequence[Cut] = ()
) -> None:
    """Write the lines `content` of the document that begin with line `first`, less its cuts."""
    cuts = _cuts(pen, content, tags=tags)
    lines, writer = pen.lines, pen.writer
    if not cuts and not extra:
        start = lines.place(first, content.partition("\n")[0])
        if "\n" not in content or (not writer.prefix and lines.text.startswith(content, start)):
            writer.put(start, start + len(content))
            return
    rows = _rows(lines, content, first)
    at = 0
    for cut in [*sorted([*cuts, *extra]), Cut(len(content), len(content))]:
        _write_range(writer, rows, at, cut.start)
        at = max(at, cut.end)
        if cut.put == "\n":
            writer.line()
        elif cut.put and not writer.begins_line:
            writer.glue(cut.put)
        if cut.target is not None:
            writer.glue("(")
            writer.put(*cut.target)
            writer.glue(")")


def _cuts(pen: Pen, content: str, *, tags: bool = False) -> list[Cut]:
    return inline_cuts(content, pen.links, pen.targets, tags) if pen.links else []


def _rows(lines: Lines, content: str, first: int) -> list[tuple[int, int, int]]:
    """Of every line of `content`, last first: start and end in it, and what places it."""
    rows = []
    at = 0
    for line, row in enumerate(content.split("\n"), first):
        indent = len(row) - len(row.lstrip())
        rows.append((at + indent, at + len(row), lines.place(line, row[indent:]) - at - indent))
        at += len(row) + 1
    rows.reverse()
    return rows


def _write_range(writer: Writer, rows: list[tuple[int, int, int]], start: int, end: int) -> None:
    """Write `start` to `end` of the content; `rows` that lie behind are taken off."""
    while rows and start < end:
        first, last, shift = rows[-1]
        low, high = max(first, start), min(last, end)
        if low < high:
            _put_stripped(writer, low + shift, high + shift)
        if end <= last:
            return
        rows.pop()
        writer.line()


def _put_stripped(writer: Writer, start: int, end: int) -> None:
    """A piece of a line; white space does not begin a line."""
    if writer.begins_line:
        text = writer.source[start:end]
        start += len(text) - len(text.lstrip())
    writer.put(start, end)


def _write_html(pen: Pen, node: Node) -> str:
    if _UNSEEN.match(node.content):
        return ""
    pre = _PRE.match(node.content)
    if pre is None:
        write_inline(pen, node.content.rstrip("\n"), node.first, tags=True)
        return ""
    body = node.content[pre.end() :].partition("</pre>")[0].removesuffix("</code>")
    inner = body.lstrip("\n")
    skipped = node.content[: pre.end()].count("\n") + len(body) - len(inner)
    if inner.strip():
        pen.writer.glue("```")
        _write_rows(pen, inner.rstrip("\n"), node.first + skipped)
        pen.writer.glue(f"\n{pen.writer.prefix}```")
    return ""


def _write_code(pen: Pen, node: Node) -> str:
    """A fence with its language; indented code gets a fence."""
    content = node.content.removesuffix("\n")
    if not content.strip():
        return ""
    if node.kind == "code_block":
        longest = max((len(run) for run in _FENCES.findall(content)), default=2)
        pen.writer.glue("`" * (longest + 1))
        _write_rows(pen, content, node.first)
        pen.writer.glue(f"\n{pen.writer.prefix}{'`' * (longest + 1)}")
        return ""
    language = _LANGUAGE.match(node.info)
    label = language[1] if language else ""
    shown = pen.lines.shown[node.first]
    start = pen.lines.ends[node.first] - len(shown) + shown.find(node.markup)
    pen.writer.put(start, start + len(node.markup))
    if language:
        start += len(node.markup) + shown[shown.find(node.markup) + len(node.markup) :].find(label)
        pen.writer.put(start, start + len(label))
    _write_rows(pen, content, node.first + 1)
    pen.writer.glue(f"\n{pen.writer.prefix}{node.markup}")
    return label.lower()


def _write_rows(pen: Pen, content: str, first: int) -> None:
    """Lines of code, as they are, each on a line of its own."""
    writer, lines = pen.writer, pen.lines
    start = lines.starts[first]
    if not writer.prefix and lines.text.startswith(content, start):
        writer.glue("\n")
        writer.put(start, start + len(content))
        return
    for line, row in enumerate(content.split("\n"), first):
        if not row.strip():
            writer.glue("\n")
            continue
        writer.glue("\n" + writer.prefix)
        found = lines.text.rfind(row, lines.starts[line], lines.ends[line])
        inner = row if found >= 0 else row.lstrip(" ")  # spaces that a tab was made to
        writer.glue(row[: len(row) - len(inner)])
        start = lines.text.rfind(inner, lines.starts[line], lines.ends[line])
        writer.put(start, start + len(inner))


def _write_list(pen: Pen, node: Node) -> str:
    """Items with their marks; their places become the block's items."""
    writer = pen.writer
    ordered = node.kind == "ordered_list"
    counted = numbers(node) if ordered else []
    items = []
    for at, item in enumerate(node.children):
        if at:
            _separate(writer, node.loose)
        mark = f"{counted[at]}. " if ordered else "- "
        before = writer.mark(mark)
        outer = writer.prefix
        writer.prefix = outer + " " * len(mark)
        _write_children(pen, item.children, node.loose)
        writer.prefix = outer
        if not writer.unmark(before):
            items.append((before[0] + len(before[1]), writer.length))
    pen.items = tuple(items)
    return str(counted[0]) if ordered else ""


def _write_children(pen: Pen, nodes: Sequence[Node], loose: bool) -> None:
    for node in nodes:
        _separate(pen.writer, loose)
        _write(pen, node)
    pen.items = ()


def _separate(writer: Writer, loose: bool) -> None:
    if loose:
        writer.gap()
    else:
        writer.line()


def _write_quote(pen: Pen, node: Node) -> str:
    """A quote with its marks; one that is an admonition without them, and its label."""
    first = node.children[0] if node.children else None
    found = quote_label(first.content) if first and first.kind == "paragraph" else None
    if first is not None and found is not None:
        label, end = found
        if first.content.startswith("[!"):
            start = pen.lines.place(first.first, first.content.partition("\n")[0]) + 2
            _write_title(pen, (start, start + len(label)), inline=len(first.content) > end)
            rest = first.content[end:]
            write_inline(pen, rest, first.first + first.content[:end].count("\n"))
            _write_children(pen, node.children[1:], loose=True)
        else:
            _write_children(pen, node.children, loose=True)
        return label
    outer = pen.writer.prefix
    before = pen.writer.mark("> ")
    pen.writer.prefix = outer + "> "
    _write_children(pen, node.children, loose=True)
    pen.writer.prefix = outer
    pen.writer.unmark(before)
    return ""


def _write_admonition(pen: Pen, node: Node) -> str:
    """What the marks enclose, behind its title."""
    rest = node.children
    if node.title is not None:
        inline = rest[0].kind == "paragraph"
        _write_title(pen, node.title, inline=inline)
        if inline:
            _write(pen, rest[0])
            rest = rest[1:]
    _write_children(pen, rest, loose=True)
    return node.info


def _write_title(pen: Pen, title: tuple[int, int], *, inline: bool) -> None:
    pen.writer.glue("**")
    pen.writer.put(*title)
    pen.writer.glue(":** " if inline else ":**")


def _write_heading(pen: Pen, node: Node) -> str:
    """A heading inside of a list or a quote: a line of text."""
    write_inline(pen, node.content, node.first)
    return ""


def _write_table(pen: Pen, node: Node) -> str:
    """Rows as they are, with the outer pipes that GitHub's tables may go without."""
    writer = pen.writer
    rows = [row for part in node.children for row in part.children]
    items = []
    for at, row in enumerate(rows):
        start = _write_row(pen, row.first, row.children[0].content)
        if at:
            items.append((start, writer.length))
        else:
            _write_row(pen, row.first + 1, "-")
    pen.items = tuple(items)
    return ""


def _write_row(pen: Pen, line: int, cell: str) -> int:
    """A row whose first cell is `cell`; where it starts in the text."""
    writer = pen.writer
    writer.line()
    shown = pen.lines.shown[line].rstrip()
    pipe = shown.find("|")
    found = shown.find(cell) if cell else pipe
    first = found if 0 <= found < pipe or pipe < 0 else pipe
    place = pen.lines.ends[line] - len(pen.lines.shown[line])
    start = writer.length + (len(writer.prefix) + 1 if writer.length else 0)
    if first != pipe:
        writer.glue("| ")
    rows = [(0, len(shown) - first, place + first)]
    at = 0
    for cut in _cuts(pen, shown[first:]):
        _write_range(writer, rows, at, cut.start)
        at = cut.end
        if cut.put:
            writer.glue(" ")
    _write_range(writer, rows, at, len(shown) - first)
    if not shown.endswith("|"):
        writer.glue(" |")
    return start


def _write_definition(pen: Pen, node: Node) -> str | None:
    """`Term`, then `: description` on lines of their own; None where it is no definition."""
    if node.kind != "paragraph":
        return None
    term, *descriptions = _TERM_END.split(node.content)
    if "\n" in term:
        return None
    writer = pen.writer
    writer.glue("**")
    write_inline(pen, term, node.first)
    writer.glue("**:")
    label = writer.text.strip("*: ")
    items, line = [], node.first + 1
    for at, description in enumerate(descriptions):
        if at:
            writer.gap()
        else:
            writer.glue(" ")
        before = writer.length
        write_inline(pen, description, line)
        if writer.length > before:
            items.append((before + (2 if at else 0), writer.length))
        line += description.count("\n") + 1
    pen.items = tuple(items)
    return label


_WRITERS: dict[str, Callable[[Pen, Node], str]] = {
    "paragraph": _write_paragraph,
    "html_block": _write_html,
    "fence": _write_code,
    "code_block": _write_code,
    "bullet_list": _write_list,
    "ordered_list": _write_list,
    "blockquote": _write_quote,
    "admonition": _write_admonition,
    "heading": _write_heading,
    "table": _write_table,
}
