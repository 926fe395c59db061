r"""What a word is, and when two texts are the same: shared by duplicates, ties and checks.

A word is a run of letters, digits and `_` (`\w+`) of the NFC-normalised, case-folded text. Two
texts are the same when their words are the same, in order, ignoring everything between them; a text
without words is itself, white space folded.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"\w+")
# Folds ASCII and puts a space for whatever is in no word: twice as fast as the expression.
_ASCII = str.maketrans({c: c.lower() if WORD.match(c) else " " for c in map(chr, range(128))})


def fold(text: str) -> str:
    """NFC and case folding: the form in which texts are compared."""
    return unicodedata.normalize("NFC", text).casefold() if not text.isascii() else text.lower()


def words(text: str) -> list[str]:
    """The words of a text, in order, folded."""
    if text.isascii():
        return text.translate(_ASCII).split()
    return WORD.findall(fold(text))


def same_key(text: str) -> str:
    """Equal for texts that are the same but for case, punctuation and white space."""
    return key_of_words(words(text), text)


def key_of_words(found: list[str], text: str) -> str:
    """As `same_key`, for a text whose words were found already."""
    return " ".join(found) if found else " ".join(fold(text).split())


def hash64(text: str) -> int:
    """64-bit BLAKE2b of a text, as an unsigned integer."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


class WordHasher:
    """Hashes words, each distinct one once."""

    def __init__(self) -> None:
        """The memo lives as long as the hasher: use one per partition."""
        self._known: dict[str, int] = {}

    def word_set(self, tokens: Iterable[str]) -> list[int]:
        """Sorted distinct 64-bit hashes of the words."""
        known = self._known
        hashes = set()
        for token in tokens:
            value = known.get(token)
            if value is None:
                value = known[token] = hash64(token)
            hashes.add(value)
        return sorted(hashes)
