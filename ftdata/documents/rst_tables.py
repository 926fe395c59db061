"""Tables of reStructuredText as rows of cells, each the ranges of the document that it is made of.

A cell over several columns stands in the first of them; one over several rows in the first row.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ftdata.documents.rst_lines import Lines, Node, Range

Cell = list[Range]

_GRID = re.compile(r"\+(?:[-=]++\+)++$")
_SIMPLE = re.compile(r"=++(?:[ ]++=++)++$")
_RUN = re.compile(r"=++")
_SPANS = re.compile(r"-++(?:[ ]++-++)*+$")


def is_grid_border(row: str) -> bool:
    """`+----+----+`, the top of a grid table."""
    return row.startswith("+") and _GRID.match(row) is not None


def is_simple_border(row: str) -> bool:
    """`====  ====`, the top of a simple table."""
    return row.startswith("=") and _SIMPLE.match(row) is not None


def table_node(line: int, rows: list[list[Cell]], heads: int) -> Node | None:
    """A table of rows, the first `heads` of them its head; None where there is none."""
    rows = [row for row in rows if any(row)]
    if not rows:
        return None
    return Node("table", line, number=min(heads, len(rows)), cells=rows)


def grid_table(lines: Lines, line: int, last: int, nodes: list[Node]) -> int:
    """Read a grid table from its top border on; the line behind it."""
    end = line
    while end < last and lines.indents[end] >= 0 and lines.row(end)[0] in "+|":
        end += 1
    edges = sorted(
        {
            place
            for at in range(line, end)
            if is_grid_border(lines.row(at))
            for place, character in enumerate(lines.row(at))
            if character == "+"
        }
    )
    rows: list[list[Cell]] = []
    heads, is_new = 0, True
    for at in range(line, end):
        row = lines.row(at)
        if is_grid_border(row):
            heads = len(rows) if "=" in row else heads
            is_new = True
            continue
        if is_new:
            rows.append([])
        is_new = _fill(rows[-1], lines, at, edges)
    node = table_node(line, rows, heads)
    if node:
        nodes.append(node)
    return end


def _fill(row: list[Cell], lines: Lines, line: int, edges: list[int]) -> bool:
    """Put a line's parts into a row's cells; whether a border follows in some of its columns."""
    text, first, stop = lines.text, lines.firsts[line], lines.stops[line]
    has_border = False
    cell = 0
    for column, (left, right) in enumerate(pairwise(edges)):
        if first + left >= stop:
            break
        if len(row) <= column:
            row.append([])
        if text[first + left : first + left + 1] in {"|", "+"}:
            cell = column
        part = text[first + left + 1 : min(first + right, stop)]
        if part and not part.strip("-=") and len(part) == right - left - 1:
            has_border = True
            continue
        crosses = text[first + right : first + right + 1] not in {"|", "+", ""}
        _add(row[cell], lines, first + left + 1, min(first + right + crosses, stop))
    return has_border


def _add(cell: Cell, lines: Lines, start: int, stop: int) -> None:
    """Add a range less its white space; one that goes on where the last ended makes that longer."""
    part = lines.text[start:stop]
    if not part.strip() or part.strip() == "\\":  # how authors write an empty first cell
        return
    start += len(part) - len(part.lstrip())
    stop -= len(part) - len(part.rstrip())
    if cell and cell[-1][1] <= start and not lines.text[cell[-1][1] : start].strip(" "):
        cell[-1] = (cell[-1][0], stop)
    else:
        cell.append((start, stop))


def simple_table(lines: Lines, line: int, last: int, nodes: list[Node]) -> int:
    """Read a simple table from its top border on; 0 where it has no end."""
    top = lines.row(line)
    borders = _borders(lines, line, last)
    if len(borders) < 2:
        return 0
    columns = [found.span() for found in _RUN.finditer(top)]
    rows: list[list[Cell]] = []
    heads = 0
    for at in range(line + 1, borders[-1]):
        if at in borders:
            heads = len(rows)
        elif lines.indents[at] >= 0 and not _SPANS.match(lines.row(at)):
            _add_line(rows, lines, at, lines.indents[line], columns)
    node = table_node(line, rows, heads)
    if node:
        nodes.append(node)
    return borders[-1] + 1


def _borders(lines: Lines, line: int, last: int) -> list[int]:
    """The borders of a simple table, two or three: the last has an empty line or nothing below."""
    borders = [line]
    for at in range(line + 1, last):
        if 0 <= lines.indents[at] < lines.indents[line]:
            break
        if not is_simple_border(lines.row(at)):
            continue
        borders.append(at)
        if len(borders) == 3 or at + 1 >= last or lines.indents[at + 1] < 0:
            return borders
    return []


def _add_line(
    rows: list[list[Cell]], lines: Lines, line: int, indent: int, columns: list[Range]
) -> None:
    """Put a line's parts into cells: of a new row, or of the last where the first is empty."""
    text, stop = lines.text, lines.stops[line]
    origin = lines.firsts[line] - (lines.indents[line] - indent)
    is_new = not rows or lines.indents[line] - indent < columns[0][1]
    if is_new:
        rows.append([])
    row = rows[-1]
    cell = 0
    for column, (left, _) in enumerate(columns):
        if origin + left >= stop:
            break
        if len(row) <= column:
            row.append([])
        before = text[origin + left - 1 : origin + left] if column else " "
        if before.isspace():
            cell = column
        right = columns[column + 1][0] if column + 1 < len(columns) else stop - origin
        start, end = max(origin + left, lines.firsts[line]), min(origin + right, stop)
        if start < end:
            _add(row[cell], lines, start, end)


def list_rows(nodes: list[Node]) -> list[list[Cell]]:
    """The rows of a `list-table`: a list of lists."""
    rows = []
    for node in nodes:
        for item in node.items if node.kind == "list" else []:
            inner = [cells for cells in item if cells.kind == "list"]
            rows.append([_flat(cell) for cells in inner for cell in cells.items])
    return rows


def _flat(nodes: list[Node]) -> Cell:
    """All ranges in some elements."""
    return [
        range_
        for node in nodes
        for range_ in (*node.ranges, *_flat([child for item in node.items for child in item]))
    ]


def csv_rows(text: str, start: int, stop: int, comma: str) -> list[list[Cell]]:
    """The cells of comma-separated values, in quotes where they hold commas or line ends."""
    other = re.escape(comma)
    cell = re.compile(
        rf'[ ]*+(?:"([^"]*+(?:""[^"]*+)*+)"[ ]*+|([^{other}\r\n]*+))(,|{other}|$|\s*)'
    )
    rows: list[list[Cell]] = [[]]
    at = start
    while at < stop:
        found = cell.match(text, at, stop)
        if found is None:
            break
        group = 1 if found[1] is not None else 2
        first, last = found.span(group)
        last = first + len(text[first:last].rstrip())
        rows[-1].append([(first, last)] if first < last else [])
        at = found.end()
        if found[3] != comma and at < stop:
            rows.append([])
            at = max(at, found.start() + 1)
    return rows
