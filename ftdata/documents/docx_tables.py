"""The rows of a docx file's table, what merged cells hold repeated in each place they cover."""

from __future__ import annotations

from collections.abc import Callable

from ftdata.documents.docx_package import child, local, value
from ftdata.documents.elements import Element

_WIDEST = 64  # columns; Word itself has at most 63
_TRANSPARENT = frozenset(("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"))


def unwrapped(element: Element) -> list[Element]:
    """The children of an element, those of content controls and insertions in their place."""
    found: list[Element] = []
    waiting = list(reversed(list(element)))
    while waiting:
        each = waiting.pop()
        if local(each) in _TRANSPARENT:
            waiting += reversed(list(each))
        else:
            found.append(each)
    return found


def only_cell(table: Element) -> Element | None:
    """The cell of a table that has but one: a box drawn around text."""
    rows = [row for row in unwrapped(table) if local(row) == "tr"]
    if len(rows) != 1:
        return None
    cells = [cell for cell in unwrapped(rows[0]) if local(cell) == "tc"]
    return cells[0] if len(cells) == 1 else None


def table_rows(table: Element, cell_text: Callable[[Element], str]) -> list[list[str]]:
    """The cells' texts, row by row; every row is as wide as the widest."""
    rows: list[list[str]] = []
    above: list[str] = []
    budget = 1_000  # characters that repeats may add, and four times what the cells hold
    for row in unwrapped(table):
        if local(row) != "tr":
            continue
        made = [""] * _number(value(child(row, "trPr", "gridBefore")), least=0)
        for cell in unwrapped(row):
            if local(cell) != "tc" or len(made) >= _WIDEST:
                continue
            properties = child(cell, "tcPr")
            merged = child(properties, "vMerge")
            if merged is not None and value(merged) != "restart":
                text = above[len(made)] if len(made) < len(above) else ""
                text, budget = (text, budget - len(text)) if len(text) <= budget else ("", budget)
            else:
                text = cell_text(cell)
                budget += 4 * len(text)
            wide = _number(value(child(properties, "gridSpan")), least=1)
            fits = len(text) * (wide - 1) <= budget
            made += [text, *[text if fits else ""] * (min(wide, _WIDEST - len(made)) - 1)]
            budget -= len(text) * (wide - 1) if fits else 0
        rows.append(made)
        above = made
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows] if any(map(any, rows)) else []


def _number(text: str, *, least: int) -> int:
    return min(max(int(text), least), _WIDEST) if text.isdecimal() and len(text) < 9 else least
