"""Markdown that shows text as text: whatever a log or a file name holds, no markup comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    # GitHub makes links of bare addresses.
    "@": "&#64;",
    "://": "&#58;//",
    "www.": "www&#46;",
}
_MARKUP = re.compile(r"&|<|>|@|://|www\.|[\\`*_{}\[\]|~#!$]|^[-+=]", re.IGNORECASE)
# Control characters, line breaks of any kind, and the marks that turn the writing direction.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def escape(text: str, limit: int = 200) -> str:
    r"""`text` on one line, shown as it is: `a|b <i>` becomes `a\|b &lt;i&gt;`.

    Longer than `limit` characters it is cut, with `…` at the end.
    """
    plain = _INVISIBLE.sub(" ", text).strip()
    cut = plain if len(plain) <= limit else plain[: limit - 1] + "…"
    return _MARKUP.sub(lambda found: _ENTITIES.get(found[0].lower(), "\\" + found[0]), cut)


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; numbers are set right and grouped by thousands, all else is escaped."""
    body = [list(row) for row in rows]
    right = [
        bool(body) and all(isinstance(row[i], int) for row in body) for i in range(len(headers))
    ]
    lines = [
        _line(headers),
        _line(["---:" if numeric else "---" for numeric in right]),
        *(_line([_cell(value) for value in row]) for row in body),
    ]
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    """A percentage with one decimal, or a dash where there is no whole."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else escape(str(value))
