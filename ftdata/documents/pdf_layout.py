"""Which lines of a PDF's pages are text, in order: what every page repeats is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ftdata.documents.pdf_lines import Line

_NUMBER = re.compile(
    r"\W*(?:page|seite|página|pagina|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,6})"
    r"(?:\s*(?:/|of|von|de|di|sur)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_EDGE = 3  # lines at the top and at the bottom of a page that may be its furniture
_MARGIN = 0.15  # of a page's height, where headers and footers stand
_COLUMN_ROWS = 5  # rows that must have text on both sides
_COLUMN_CHARS = 25  # that such text has at least, in the middle; cells of a table have less


def body_lines(pages: Sequence[list[Line]]) -> list[Line]:
    """All lines of a document without headers, footers and page numbers, in reading order."""
    repeated = _repeated(pages)
    kept: list[Line] = []
    for lines in pages:
        furniture = _peeled(_rows(lines), repeated) | _peeled(_rows(lines)[::-1], repeated)
        kept += _in_columns([line for line in lines if line not in furniture])
    return kept


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _rows(lines: list[Line]) -> list[list[Line]]:
    """Lines by their height on the page, the highest first."""
    rows: dict[int, list[Line]] = {}
    for line in lines:
        rows.setdefault(round(line.y), []).append(line)
    return [rows[height] for height in sorted(rows, reverse=True)]


def _repeated(pages: Sequence[list[Line]]) -> set[str]:
    """What stands at the edges of a third of the pages, numbers aside."""
    counts: Counter[str] = Counter()
    for lines in pages:
        rows = _rows(lines)
        edge = [*rows[:_EDGE], *rows[-_EDGE:]]
        counts.update({_key(line) for row in edge for line in row})
    least = max(2, -(-len(pages) // 3))
    return {key for key, count in counts.items() if count >= least}


def _peeled(rows: list[list[Line]], repeated: set[str]) -> set[Line]:
    """The furniture at one edge: repeated lines and a number, up to the first other line."""
    furniture: set[Line] = set()
    for row in rows[: min(_EDGE, len(rows) - 1)]:
        if not all(_is_number(line.text) or _is_repeated(line, repeated) for line in row):
            break
        furniture.update(row)
    return furniture


def _is_repeated(line: Line, repeated: set[str]) -> bool:
    return not _MARGIN < line.height < 1 - _MARGIN and _key(line) in repeated


def _is_number(text: str) -> bool:
    return len(text) < 40 and _NUMBER.fullmatch(text) is not None


def _in_columns(lines: list[Line]) -> list[Line]:
    """Lines that were set across two columns, row by row: the left column first, then the right.

    Most files hold column after column, and stay as they are.
    """
    pairs = [row for row in _rows(lines) if len(row) == 2 and row[0].x != row[1].x]
    if len(pairs) < _COLUMN_ROWS:
        return lines
    right = Counter(round(max(line.x for line in row), -1) for row in pairs)
    edge, count = right.most_common(1)[0]
    lengths = sorted(len(line.text) for row in pairs for line in row)
    alternate = sum(1 for one, two in pairwise(lines) if round(one.y) == round(two.y))
    if count < _COLUMN_ROWS or lengths[len(lengths) // 2] < _COLUMN_CHARS or alternate < count:
        return lines
    top = max(row[0].y for row in pairs)
    bottom = min(row[0].y for row in pairs)
    above = [line for line in lines if line.y > top + 1]
    below = [line for line in lines if line.y < bottom - 1]
    between = [line for line in lines if bottom - 1 <= line.y <= top + 1]
    left = [line for line in between if line.x < edge - 10]
    return [*above, *left, *[line for line in between if line.x >= edge - 10], *below]
