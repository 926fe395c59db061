"""The language that a document is written in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from ftdata.language_model import classify_texts, known_languages
from ftdata.sections import Block

_HEAD = 1_000  # characters of prose that are looked at
_MODEL_HEAD = 300  # of these given to py3langid, which walks them byte by byte
_MIN_LETTERS = 30
_MIN_CONFIDENCE = 0.5
_CODE_LENGTH = 2  # ISO 639-1
_ENGLISH = frozenset(
    {
        "and", "are", "can", "for", "from", "how", "if", "is", "it", "not", "of", "that", "the",
        "then", "this", "to", "use", "when", "which", "will", "with", "you", "your",
    }
)  # fmt: skip
_MIN_ENGLISH = 0.15  # of the words; other languages share a few of them


def language_of(blocks: Iterable[Block]) -> str | None:
    """ISO 639-1 code of the language of the blocks' first prose; None where it cannot be told."""
    head = ""
    for block in blocks:
        if block.kind not in ("code", "table"):
            head += block.text[:_HEAD] + "\n"
            if len(head) >= _HEAD:
                break
    words = head.lower().split()
    if not words:
        return None
    if sum(word in _ENGLISH for word in words) >= _MIN_ENGLISH * len(words):
        return "en"
    if sum(character.isalpha() for character in head) < _MIN_LETTERS:
        return None
    asked = unicodedata.normalize("NFC", head[:_MODEL_HEAD])
    ((code, confidence),) = classify_texts([asked], _candidates())
    return code if confidence >= _MIN_CONFIDENCE else None


@cache
def _candidates() -> tuple[str, ...]:
    """The languages that have a code of two letters."""
    return tuple(code for code in known_languages() if len(code) == _CODE_LENGTH)
