"""Texts and numbers as they may stand in the page: all that data holds comes through here."""

from __future__ import annotations

import re
import unicodedata
from html import escape

LABEL = 30  # columns, of a name among other words
CELL = 160  # columns, of what stands in a table
_WIDE = "WF"
# Joiners that scripts need to be read: they neither hide nor turn around what is beside them.
_HARMLESS = "\u200c\u200d"
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_CODE = re.compile(r"`([^`]+)`")


def shown(text: str, columns: int = CELL) -> str:
    r"""The text for HTML or SVG, in an element or an attribute; cut after so many columns.

    What cannot be seen, or turns the direction of what follows, is written out:
    `a\u202eb<c>` gives `a\u202eb&lt;c&gt;`.
    """
    return escape(cut(visible(text[: 4 * columns]), columns), quote=True)


def visible(text: str) -> str:
    """Controls, bidirectional controls, lone surrogates and the like by their number."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_written_out(character) for character in text)


def cut(text: str, columns: int) -> str:
    """The beginning that fits, with `…` where something is missing; wide characters take two."""
    left = columns
    for at, character in enumerate(text):
        left -= 2 if unicodedata.east_asian_width(character) in _WIDE else 1
        if left < 0:
            return text[: max(at - 1, 0)] + "…"
    return text


def fitted(text: str, units: float) -> str:
    """The text for SVG, as much of it as fits into so many units at 12 units a line."""
    seen = visible(text[: int(units)])
    left = units
    for at, character in enumerate(seen):
        left -= _breadth(character)
        if left < 0:
            return escape(seen[: max(at - 2, 0)] + "…", quote=True)
    return escape(seen, quote=True)


def breadth(text: str) -> float:
    """Units that a text takes, with a font that is rather wide."""
    return sum(map(_breadth, text))


def with_code(text: str) -> str:
    """A text of our own as HTML, with what stands between backticks as code."""
    return _CODE.sub(r"<code>\1</code>", escape(text, quote=True))


def count(number: float) -> str:
    """`1234567` as `1,234,567`, `0.31849` as `0.3185`."""
    return f"{number:,}" if isinstance(number, int) else f"{number:,.4g}"


def brief(number: float) -> str:
    """At most four digits: `950`, `1.2k`, `34k`, `5.6M`."""
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= size:
            scaled = number / size
            return (
                f"{scaled:.0f}{unit}" if scaled >= 10 else f"{scaled:.1f}".removesuffix(".0") + unit
            )
    return f"{number:.4g}" if number >= 1 or not number else f"{number:.2g}"


def percent(share: float) -> str:
    """`0.1234` as `12.3 %`, in one line; what is there but rounds to nothing as `~0 %`."""
    if 0 < share < 0.0005:
        return "~0\N{NO-BREAK SPACE}%"
    return f"{share:.1%}".replace(".0%", "%").replace("%", "\N{NO-BREAK SPACE}%")


def money(amount: float) -> str:
    """In the currency of `llm.prices`, which is not named here."""
    return f"{amount:,.2f}" if amount >= 1 or not amount else f"{amount:.4f}"


def _breadth(character: str) -> float:
    if character in "WM@%mw—…" or unicodedata.east_asian_width(character) in _WIDE:
        return 12.5
    if character in "iljtfI.,:;|!' ·()":
        return 5.2
    return 8.7 if character.isupper() else 7.8


def _written_out(character: str) -> str:
    if character in "\n\t":
        return " "
    if unicodedata.category(character) in _UNSEEN and character not in _HARMLESS:
        code = ord(character)
        return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return character
