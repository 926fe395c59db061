"""What differs between two texts, word by word, cut to the places where they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from ftdata.text import key_of_words, words

_CONTEXT = 6  # words shown on either side of a difference
_WINDOW = 120  # words that are aligned, from the first difference on: it grows with the square
_WORD = 40  # characters of one word
_CHARS = 320  # characters of all pieces together


class Piece(NamedTuple):
    """Words of a text: `same` as the other's, `own`, `lacked` (the other's), or a `gap`."""

    kind: Literal["same", "own", "lacked", "gap"]
    text: str  # words joined by one space; empty for a gap


def mark_differences(text: str, other: str) -> tuple[Piece, ...]:
    """`text` told against `other`: "a b d" against "a b c" is same "a b", lacked "c", own "d".

    What stands between white space is a word; those that differ in case and punctuation alone are
    the same. Long runs of the same words become gaps, and what comes after about 300 characters is
    a gap as well.
    """
    own, theirs = text.split(), other.split()
    start = _common(own, theirs)
    end = _common(own[start:][::-1], theirs[start:][::-1])
    core, against = own[start : len(own) - end], theirs[start : len(theirs) - end]
    pieces = [
        *_tail(own[:start]),
        *_align(core[:_WINDOW], against[:_WINDOW]),
        *([Piece("gap", "")] if max(len(core), len(against)) > _WINDOW else []),
        *_head(own[len(own) - end :]),
    ]
    return tuple(_cut(pieces))


def _same(word: str, other: str) -> bool:
    return word == other or _key(word) == _key(other)


def _key(word: str) -> str:
    return key_of_words(words(word), word)


def _common(own: Sequence[str], theirs: Sequence[str]) -> int:
    """How many words at the beginning are the same."""
    pairs = enumerate(zip(own, theirs, strict=False))
    return next((at for at, pair in pairs if not _same(*pair)), min(len(own), len(theirs)))


def _align(own: Sequence[str], theirs: Sequence[str]) -> Iterator[Piece]:
    keys = [_key(word) for word in theirs], [_key(word) for word in own]
    for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from _middle(own[c:d])
            continue
        if a < b:
            yield Piece("lacked", _join(theirs[a:b]))
        if c < d:
            yield Piece("own", _join(own[c:d]))


def _tail(same: Sequence[str]) -> list[Piece]:
    if len(same) <= _CONTEXT:
        return [Piece("same", _join(same))]
    return [Piece("gap", ""), Piece("same", _join(same[-_CONTEXT:]))]


def _head(same: Sequence[str]) -> list[Piece]:
    if len(same) <= _CONTEXT:
        return [Piece("same", _join(same))]
    return [Piece("same", _join(same[:_CONTEXT])), Piece("gap", "")]


def _middle(same: Sequence[str]) -> list[Piece]:
    if len(same) <= 2 * _CONTEXT:
        return [Piece("same", _join(same))]
    return [*_head(same), *_tail(same)[1:]]


def _join(found: Sequence[str]) -> str:
    return " ".join(word if len(word) <= _WORD else word[: _WORD - 1] + "…" for word in found)


def _cut(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Those that are not empty, until there are characters enough; no two gaps on end."""
    left, was_gap = _CHARS, False
    for piece in pieces:
        is_gap = piece.kind == "gap"
        if (is_gap and was_gap) or not (is_gap or piece.text):
            continue
        if len(piece.text) > left:
            head = piece.text[:left].rpartition(" ")[0]
            if head:
                yield Piece(piece.kind, head)
            if head or not was_gap:
                yield Piece("gap", "")
            return
        left -= len(piece.text)
        was_gap = is_gap
        yield piece
