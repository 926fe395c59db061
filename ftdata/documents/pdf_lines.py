"""The lines of a PDF page: their text, where they stand, and how they are set."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from math import hypot

from pypdf import PageObject

from ftdata.documents.docx_styles import is_code_font

_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
     "\ufb05": "st", "\ufb06": "st", "\u00ad": "", "\u00a0": " ", "\0": ""}
)  # fmt: skip
_BOLD = re.compile(r"bold|black|heavy|CMBX|demi", re.IGNORECASE)
_ADVANCE = 0.62  # of a wide character, in its size; widths of fonts are not looked up


@dataclass(frozen=True)
class Line:
    """A line of text; `x` and `y` are where it begins, in points from the lower left corner."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    code: bool
    page: int
    height: float  # on the page, from 0 at its foot to 1


def whole_characters(text: str) -> str:
    """Text that can be stored: fonts give characters beyond U+FFFF in halves, or one half alone."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@dataclass
class _Piece:
    text: str
    x: float
    y: float
    size: float
    font: str


@dataclass
class PageText:
    """What pypdf finds on a page, piece by piece; a line feed in a piece ends a line."""

    foot: float  # of the page, in points, as is its head
    head: float
    pieces: list[_Piece] = field(default_factory=list)

    def visit(
        self,
        text: str,
        user: list[float],
        matrix: list[float],
        font: dict[str, object] | None,
        size: float,
    ) -> None:
        """Take a piece of text with its matrices, as pypdf's `visitor_text` is called."""
        x = matrix[4] * user[0] + matrix[5] * user[2] + user[4]
        y = matrix[4] * user[1] + matrix[5] * user[3] + user[5]
        across = matrix[2] * user[0] + matrix[3] * user[2]
        up = matrix[2] * user[1] + matrix[3] * user[3]
        name = str((font or {}).get("/BaseFont", ""))
        self.pieces.append(_Piece(text, x, y, abs(size) * hypot(across, up), name))


def page_text(page: PageObject) -> PageText:
    """What pypdf finds on a page; raises whatever it does where the page is damaged."""
    box = page.mediabox
    found = PageText(float(box.bottom), float(box.top))
    page.extract_text(visitor_text=found.visit)
    return found


def page_lines(page: PageText, number: int) -> list[Line]:
    """The lines of a page in the order in which the file holds them."""
    lines: list[Line] = []
    gathered: list[_Piece] = []
    for piece in page.pieces:
        first, *rest = piece.text.split("\n")
        gathered.append(replace(piece, text=first))
        for text in rest:
            lines += _lines(gathered, page, number)
            gathered = [replace(piece, text=text)]
    return lines + _lines(gathered, page, number)


def _lines(pieces: list[_Piece], page: PageText, number: int) -> list[Line]:
    """The pieces of one line as a line, or as several where they stand in columns."""
    lines = []
    for part in _parts([piece for piece in pieces if piece.text]):
        text = whole_characters("".join(piece.text for piece in part)).translate(_LIGATURES)
        said = [piece for piece in part if piece.text.strip()]
        if not text.strip():
            continue
        largest = max(said, key=lambda piece: len(piece.text))
        lines.append(
            Line(
                text.strip(),
                min(piece.x for piece in said),
                said[0].y,
                round(largest.size, 1),
                all(_BOLD.search(piece.font) for piece in said),
                all(is_code_font(piece.font) for piece in said),
                number,
                (said[0].y - page.foot) / ((page.head - page.foot) or 1),
            )
        )
    return lines


def _parts(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces of one line; those far to the right of what is before them begin a part of their own.

    Two columns set line by line reach here as one line.
    """
    parts: list[list[_Piece]] = [[]]
    end = 0.0
    for piece in pieces:
        known = bool(piece.text.strip()) and piece.size > 0
        if known and parts[-1] and piece.x > end + 4 * piece.size and end > 0:
            parts.append([])
        parts[-1].append(piece)
        if known:
            end = piece.x + len(piece.text.rstrip()) * piece.size * _ADVANCE
    return parts
