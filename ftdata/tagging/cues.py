"""Cues: words and phrases that tell something of a text, found at the cost of a set operation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class Cues:
    """Words, phrases by a word that stands in each, and pieces of languages without spaces.

    A phrase is looked for only where its word is, so that most texts cost no regular expression.
    """

    words: frozenset[str]
    phrases: Mapping[str, re.Pattern[str]]
    pieces: re.Pattern[str]

    def are_in(self, words: Set[str], text: str) -> bool:
        """Whether any cue is in a folded text; `words` are its words."""
        return (
            not self.words.isdisjoint(words)
            or any(self.phrases[word].search(text) for word in self.phrases.keys() & words)
            or (not text.isascii() and self.pieces.search(text) is not None)
        )


def cues(words: str, phrases: Mapping[str, str] | None = None, pieces: str = "") -> Cues:
    """Cues from words between spaces, and phrases as regular expressions between word borders."""
    compiled = {word: re.compile(rf"\b(?:{text})\b") for word, text in (phrases or {}).items()}
    return Cues(
        frozenset(words.split()),
        MappingProxyType(compiled),
        re.compile(pieces) if pieces else _NEVER,
    )
