"""Cues: words and phrases that tell something of a text, found at the cost of a set operation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Cues:
    """Phrases by a word that stands in each, pieces of languages without spaces, and words.

    A phrase is looked for only where its word is, so that most texts cost no regular expression.
    """

    phrases: Mapping[str, re.Pattern[str]]
    pieces: re.Pattern[str] | None
    triggers: frozenset[str]  # words that are cues by themselves, and those of the phrases

    def are_in(self, words: Set[str], text: str) -> bool:
        """Whether any cue is in a folded text; `words` are its words."""
        if self.pieces is not None and not text.isascii() and self.pieces.search(text):
            return True
        if self.triggers.isdisjoint(words):
            return False
        for word in self.triggers & words:
            phrase = self.phrases.get(word)
            if phrase is None or phrase.search(text):
                return True
        return False


def word_set(text: str) -> frozenset[str]:
    """The words of a text that lists them with spaces between."""
    return frozenset(text.split())


def cues(words: str, phrases: Mapping[str, str] | None = None, pieces: str = "") -> Cues:
    """Cues from words between spaces, and phrases as regular expressions between word borders."""
    compiled = {word: re.compile(rf"\b(?:{text})\b") for word, text in (phrases or {}).items()}
    return Cues(
        MappingProxyType(compiled),
        re.compile(pieces) if pieces else None,
        word_set(words) | compiled.keys(),
    )
