"""The plain form in which personal data is looked for: `＠`, `%40` and `&#64;` read as `@`.

Digits of other scripts and full-width letters read as those of ASCII, and what cannot be seen
inside a number or an address is passed over. The text itself stays as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_ESCAPED_AT = r"%(?:25){0,3}40|&(?:#0{0,5}64|#[xX]0{0,5}40|commat);|\\u0040"
# Arabic, Devanagari, Bengali, Thai, full-width and mathematical digits; full-width letters and the
# signs that numbers and addresses hold. Not the full-width marks of Chinese and Japanese sentences.
_DIGITS = (
    "\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59０-９\U0001d7ce-\U0001d7ff"
)
_WIDE = "Ａ-Ｚａ-ｚ＠﹫．－＿＋％"
# Soft hyphen, zero-width space, ZWNJ, ZWJ, word joiner, byte order mark.
_HIDDEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_AROUND = f"[ -~{_DIGITS}{_WIDE}]"  # not in an emoji, not in a word of Persian or Hindi
_MAX_HIDDEN = 8
_ODD = re.compile(
    rf"(?P<at>{_ESCAPED_AT})|(?P<hidden>(?<={_AROUND})[{_HIDDEN}]{{1,{_MAX_HIDDEN}}}(?={_AROUND}))"
    rf"|[{_DIGITS}{_WIDE}]"
)
_ODD_CHAR = re.compile(f"[{_HIDDEN}{_DIGITS}{_WIDE}]")
_ODD_AT = re.compile(_ESCAPED_AT)


class Folded(NamedTuple):
    """A text in its plain form of n characters, and where each stood; n + 1 values, to its end."""

    text: str
    starts: list[int]


def fold(text: str) -> Folded | None:
    """The plain form of a text; None where it is in that form, as most are."""
    if _is_plain(text):
        return None
    pieces: list[str] = []
    starts: list[int] = []
    done = 0
    for odd in _ODD.finditer(text):
        plain = _plain_char(odd)
        pieces += (text[done : odd.start()], plain)
        starts += range(done, odd.start() + len(plain))
        done = odd.end()
    starts += range(done, len(text) + 1)
    return Folded("".join([*pieces, text[done:]]), starts)


def plain_form(text: str) -> str:
    """The text in its plain form: two spellings of one address have the same."""
    folded = fold(text)
    return folded.text if folded else text


def _is_plain(text: str) -> bool:
    # These are far cheaper to look for than the pattern is.
    if ("40" in text or "&" in text) and _ODD_AT.search(text):
        return False
    return text.isascii() or not _ODD_CHAR.search(text)


def _plain_char(odd: re.Match[str]) -> str:
    if odd["at"]:
        return "@"
    return "" if odd["hidden"] else _ascii(odd.group())


def _ascii(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    return unicodedata.normalize("NFKC", char) if digit is None else str(digit)
