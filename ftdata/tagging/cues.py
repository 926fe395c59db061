"""Cues: words and phrases that tell something of a text, found at the cost of a set operation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Cues:
    """Words, phrases by a word that stands in each, and pieces of languages without spaces.

    A phrase is looked for only where its word is, so that most texts cost no regular expression.
    """

    words: frozenset[str]
    phrases: Mapping[str, re.Pattern[str]]
    pieces: re.Pattern[str] | None
    triggers: frozenset[str]  # the words, and those of the phrases

    def are_in(self, words: Set[str], text: str) -> bool:
        """Whether any cue is in a folded text; `words` are its words."""
        if self.pieces is not None and not text.isascii() and self.pieces.search(text):
            return True
        if self.triggers.isdisjoint(words):
            return False
        if not self.words.isdisjoint(words):
            return True
        return any(self.phrases[word].search(text) for word in self.phrases.keys() & words)


def word_set(text: str) -> frozenset[str]:
    """The words of a text that lists them with spaces between."""
    return frozenset(text.split())


def cues(words: str, phrases: Mapping[str, str] | None = None, pieces: str = "") -> Cues:
    """Cues from words between spaces, and phrases as regular expressions between word borders."""
    compiled = {word: re.compile(rf"\b(?:{text})\b") for word, text in (phrases or {}).items()}
    listed = word_set(words)
    return Cues(
        listed,
        MappingProxyType(compiled),
        re.compile(pieces) if pieces else None,
        listed | compiled.keys(),
    )
