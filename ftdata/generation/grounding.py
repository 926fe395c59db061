"""Whether a text that a model wrote stands in its section: the share of its words, its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ftdata.stop_words import content_words
from ftdata.text import fold

# What a written answer may not invent: numbers and versions, addresses, code.
_EXACT = re.compile(
    r"https?://[^\s)>\]\"'`]+|`[^`\n]+`|--?[A-Za-z][\w-]+|(?<![\w.])v?\d+(?:[.,:/-]\d+)*(?:[%°]"
    r"|[A-Za-z]{1,3}\b)?"
)
_FENCE = re.compile(r"^[ \t]*```[^\n`]*$", re.MULTILINE)
_STEM = 5  # letters that inflected forms of a word share


def coverage(answer: str, section: str, language: str) -> float:
    """Share of an answer's content words that stand in the section, 1 for none.

    A word counts as found where the section has one with the same first five letters, so that
    "restarts" is covered by "restarting".
    """
    found = {word[:_STEM] for word in content_words(section, language)}
    wanted = content_words(answer, language)
    return sum(word[:_STEM] in found for word in wanted) / len(wanted) if wanted else 1.0


def invented(answer: str, section: str) -> Sequence[str]:
    """Numbers, versions, addresses, options and code of an answer that its section lacks."""
    known = fold(section)
    numbers = set(re.findall(r"\d+", known))
    return [
        piece
        for piece in _EXACT.findall(_FENCE.sub("", answer))
        if not _is_known(fold(piece).strip("`").rstrip(".,;:/"), known, numbers)
    ]


def _is_known(piece: str, known: str, numbers: set[str]) -> bool:
    return piece in numbers if piece.isdecimal() else piece in known
