"""The rows of an HTML table, with what a cell spans repeated in each place that it covers."""

from __future__ import annotations

import re
from collections.abc import Callable

from ftdata.documents.elements import Element

_WIDEST = 64  # columns; nobody reads more, and a span can claim thousands


def is_layout(element: Element) -> bool:
    """Whether a table only arranges the page: said so, of one column, or code beside numbers."""
    if element.get("role") in ("presentation", "none"):
        return True
    if re.search(r"highlight|layout", element.get("class", "")):
        return True
    return all(len(_cells(row)) <= 1 for row in _rows(element))


def table_rows(element: Element, cell_text: Callable[[Element], str]) -> list[list[str]]:
    """The cells' texts, row by row, empty columns at the end left out."""
    grid: list[list[str]] = []
    spans: dict[int, tuple[int, str]] = {}  # column: rows left, text
    budget = _Budget()
    for row in _rows(element):
        cells = _cells(row)
        if cells:
            grid.append(_row(cells, spans, budget, cell_text))
    width = max((_used(row) for row in grid), default=0)
    return [row[:width] for row in grid] if width else []


def _rows(element: Element) -> list[Element]:
    rows: list[Element] = []
    for inner in element:
        if inner.tag == "tr":
            rows.append(inner)
        elif inner.tag in ("thead", "tbody", "tfoot"):
            rows += [row for row in inner if row.tag == "tr"]
    return rows


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


class _Budget:
    """How many characters repeats may add: four times what the table holds, and a little."""

    def __init__(self) -> None:
        self.left = 1_000

    def repeat(self, text: str) -> str:
        if len(text) > self.left:
            return ""
        self.left -= len(text)
        return text


def _row(
    cells: list[Element],
    spans: dict[int, tuple[int, str]],
    budget: _Budget,
    cell_text: Callable[[Element], str],
) -> list[str]:
    made: list[str] = []
    waiting = iter(cells)
    while len(made) < _WIDEST:
        column = len(made)
        if column in spans:
            left, text = spans.pop(column)
            if left > 1:
                spans[column] = left - 1, text
            made.append(budget.repeat(text))
            continue
        cell = next(waiting, None)
        if cell is None:
            if not any(later > column for later in spans):
                break
            made.append("")
            continue
        text = cell_text(cell)
        budget.left += 4 * len(text)
        down = _span(cell, "rowspan", 65_534)
        for offset in range(min(_span(cell, "colspan", _WIDEST), _WIDEST - column)):
            made.append(budget.repeat(text) if offset else text)
            if down > 1:
                spans[column + offset] = down - 1, text
    return made


def _used(row: list[str]) -> int:
    return max((column + 1 for column, text in enumerate(row) if text), default=0)


def _span(cell: Element, name: str, most: int) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), most) if re.fullmatch(r"\d{1,6}", value) else 1
