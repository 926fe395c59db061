r"""Texts cut into shingles and hashed, whole blocks of texts at a time.

A word is what `text.words` says it is. Texts of ASCII alone are cut where a table of the 128
characters says so, which is the same; the others are cut by `text.words` first and joined by
spaces, so that one pass over the bytes serves both. A token (a word, or a character of the words
joined by spaces) has a 64-bit hash; a shingle is n tokens in a row. Shingles are kept as 48 bits,
so that the 16 above them can say which text of a block they are in: two words of a pair of texts
of 50 words are taken for one with a probability of 10⁻¹¹.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ftdata.text import fold, hash64, same_key, words

Hashes = npt.NDArray[np.uint64]
Offsets = npt.NDArray[np.int64]

BITS = np.uint64(48)  # of a shingle
_BLOCK = 1 << 18  # characters hashed at once, and at most 2¹⁶ texts
_MOST = 1 << 16
_SORTED = 16  # texts whose shingles are sorted together
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FACTOR = np.uint64(0xBF58476D1CE4E5B9)  # of splitmix64, as is the shape of `_mix`
_FACTOR2 = np.uint64(0x94D049BB133111EB)


class Sets(NamedTuple):
    """n shingle sets: set i is hashes[starts[i]:ends[i]], sorted and distinct."""

    hashes: Hashes
    starts: Offsets
    ends: Offsets

    @property
    def sizes(self) -> Offsets:
        """Number of shingles of each."""
        return self.ends - self.starts

    def take(self, rows: Offsets) -> Sets:
        """Some of the sets, in the order of `rows`; no hash is copied."""
        return Sets(self.hashes, self.starts[rows], self.ends[rows])


class Shingles(NamedTuple):
    """Distinct shingles of n texts, sorted within each, and a hash of each whole text."""

    hashes: Hashes  # 48 bits each
    offsets: Offsets  # n + 1; text i owns hashes[offsets[i]:offsets[i + 1]]
    texts: Hashes  # n; equal where `text.same_key` is


class _Tokens(NamedTuple):
    hashes: Hashes
    offsets: Offsets


def gather(sets: Sets) -> tuple[Hashes, Offsets]:
    """The hashes of the sets one after another, and their n + 1 offsets."""
    lengths = sets.sizes
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    shift = np.repeat(sets.starts - offsets[:-1], lengths)
    return sets.hashes[np.arange(offsets[-1]) + shift], offsets


def shingle_texts(texts: Sequence[str], kind: str, size: int) -> Shingles:
    """The shingles of texts: runs of `size` tokens of a `kind`, "word" or "character".

    A text of fewer tokens has one shingle, the whole of it; a text without words has none.
    """
    parts = [_shingle_block(block, kind, size) for block in _blocks(texts)]
    lengths = np.concatenate([np.zeros(1, np.int64), *(np.diff(part.offsets) for part in parts)])
    empty = np.empty(0, np.uint64)
    return Shingles(
        hashes=np.concatenate([empty, *(part.hashes for part in parts)]),
        offsets=np.cumsum(lengths),
        texts=np.concatenate([empty, *(part.texts for part in parts)]),
    )


def _blocks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    start = 0
    while start < len(texts):
        before = ends[start - 1] if start else 0
        reach = int(np.searchsorted(ends, before + _BLOCK, side="right"))
        end = min(max(reach, start + 1), start + _MOST)
        yield texts[start:end]
        start = end


def _shingle_block(texts: Sequence[str], kind: str, size: int) -> Shingles:
    tokens = _hash_words(texts) if kind == "word" else _hash_characters(texts)
    whole = _hash_runs(tokens)
    for row in np.flatnonzero(np.diff(tokens.offsets) == 0).tolist():
        whole[row] = hash64(same_key(texts[row]))
    shingles = tokens if size == 1 else _join(tokens, whole, size)
    hashes, offsets = _distinct(shingles)
    return Shingles(hashes, offsets, whole)


def _hash_words(texts: Sequence[str]) -> _Tokens:
    """A hash of each word: of its bytes, eight at a time."""
    parts = _foldable(texts)
    raw = np.frombuffer(b"\n".join([*parts, bytes(16)]), np.uint8)
    folded = _TABLE[raw]
    changes = folded != 0
    changes[1:] ^= changes[:-1].copy()
    edges = np.flatnonzero(changes)
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    ends = np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)) + 1)
    offsets = np.concatenate([np.zeros(1, np.int64), np.searchsorted(starts, ends)])
    return _Tokens(_hash_bytes(folded, starts, lengths), offsets)


def _foldable(texts: Sequence[str]) -> list[bytes]:
    """Each text in UTF-8, beyond ASCII nothing but folded words: `_TABLE` does the rest."""
    parts = [text.encode("utf-8", "surrogatepass") for text in texts]
    others = [row for row, text in enumerate(texts) if not text.isascii()]
    if others:
        folded = _fold_others([texts[row].replace("\0", " ") for row in others])
        for row, part in zip(others, folded, strict=True):
            parts[row] = part.encode("utf-8", "surrogatepass")
    return parts


def _fold_others(texts: list[str]) -> list[str]:
    """The texts with their characters beyond ASCII folded, or a space where they are in no word.

    What does not occur need not be replaced, so that this costs a scan for each of the few kinds
    of characters there are.
    """
    joined = "\0".join(texts)
    found = _beyond_ascii(joined)
    composing = [character.composes for character in found.characters]
    if any(composing):
        ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
        at = found.places[np.array(composing)[found.kinds]]
        rows = dict.fromkeys(np.searchsorted(ends, at, side="right").tolist())
        normal = {row: unicodedata.normalize("NFC", texts[row]) for row in rows}
        joined = "\0".join(normal.get(row, text) for row, text in enumerate(texts))
        found = found.with_characters_of("\0".join(normal.values()))
    for character, folded, _ in found.characters:
        if folded != character:
            joined = joined.replace(character, folded)
    return joined.split("\0")


class _Character(NamedTuple):
    character: str
    folded: str  # what stands for it among folded words
    composes: bool  # whether NFC may change it, or what is before it


class _Found(NamedTuple):
    """The characters beyond ASCII of a text: what there are, and where each stands."""

    characters: list[_Character]
    places: Offsets
    kinds: Offsets  # for each place an index into the characters

    def with_characters_of(self, text: str) -> _Found:
        """With the characters of another text as well, which have no place."""
        more = [*self.characters, *_beyond_ascii(text).characters]
        return self._replace(characters=list(dict.fromkeys(more)))


def _beyond_ascii(text: str) -> _Found:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    places = np.flatnonzero(points > 127)
    distinct, kinds = np.unique(points[places], return_inverse=True)
    return _Found([_character(point) for point in distinct.tolist()], places, kinds)


@cache
def _character(point: int) -> _Character:
    character = chr(point)
    folded = "".join(c if c.isalnum() else " " for c in character.casefold())
    # Nothing composes with what is before it but marks and the later letters of Hangul.
    is_mark = unicodedata.category(character).startswith("M") or 0x1100 <= point <= 0x11FF
    return _Character(
        character, folded, is_mark or unicodedata.normalize("NFC", character) != character
    )


def _hash_bytes(buffer: npt.NDArray[np.uint8], starts: Offsets, lengths: Offsets) -> Hashes:
    eights: Hashes = np.ndarray(
        (buffer.size - 7,), np.uint64, buffer.data, strides=(1,)
    )  # the eight bytes from each byte on
    hashes = _mix((eights[starts] & _MASKS[np.minimum(lengths, 8)]) + _GOLDEN)
    longer = np.flatnonzero(lengths > 8)
    done = 8
    while longer.size:
        left = np.minimum(lengths[longer] - done, 8)
        chunk = eights[starts[longer] + done] & _MASKS[left]
        hashes[longer] = _mix(hashes[longer] ^ chunk)
        done += 8
        longer = longer[lengths[longer] > done]
    return hashes


def _hash_characters(texts: Sequence[str]) -> _Tokens:
    parts = [" ".join(words(text)) for text in texts]
    lengths = np.fromiter(map(len, parts), np.int64, len(parts))
    raw = "".join(parts).encode("utf-32-le", "surrogatepass")
    points = np.frombuffer(raw, np.uint32).astype(np.uint64)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    return _Tokens(_mix(points + _GOLDEN), offsets)


def _mix(values: Hashes) -> Hashes:
    """Splitmix64's finaliser: each bit of the input changes half of the output."""
    values = (values ^ (values >> np.uint64(30))) * _FACTOR
    values ^= values >> np.uint64(27)
    values *= _FACTOR2
    return values ^ (values >> np.uint64(31))


def _hash_runs(tokens: _Tokens) -> Hashes:
    """One hash of all tokens of each text, in their order."""
    lengths = np.diff(tokens.offsets)
    place = np.arange(tokens.hashes.size) - np.repeat(tokens.offsets[:-1], lengths)
    placed = _mix(tokens.hashes + place.astype(np.uint64) * _GOLDEN)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(placed)])
    return _mix(sums[tokens.offsets[1:]] - sums[tokens.offsets[:-1]] + lengths.astype(np.uint64))


def _join(tokens: _Tokens, whole: Hashes, size: int) -> _Tokens:
    """Runs of `size` tokens; the whole of a text that has fewer."""
    lengths = np.diff(tokens.offsets)
    counts = np.where(lengths > 0, np.maximum(lengths - size + 1, 1), 0)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    first = np.arange(offsets[-1]) + np.repeat(tokens.offsets[:-1] - offsets[:-1], counts)
    joined = np.zeros(first.size, np.uint64)
    padded = np.concatenate([tokens.hashes, np.zeros(size, np.uint64)])
    for step in range(size):
        joined += _mix(padded[first + step] + np.uint64(step * int(_GOLDEN) % 2**64))
    short = np.flatnonzero((lengths > 0) & (lengths < size))
    joined[offsets[short]] = whole[short]
    return _Tokens(_mix(joined), offsets)


def _distinct(tokens: _Tokens) -> tuple[Hashes, Offsets]:
    """Each text's hashes without repeats, sorted, as 48 bits."""
    rows = np.arange(tokens.offsets.size - 1, dtype=np.uint64) << BITS
    keys = np.repeat(rows, np.diff(tokens.offsets)) | (tokens.hashes >> (np.uint64(64) - BITS))
    # The texts follow one another already, and NumPy is five times faster on a few hundred numbers.
    for start, end in pairwise([*tokens.offsets[:-1:_SORTED].tolist(), keys.size]):
        keys[start:end].sort()
    keys = keys[np.flatnonzero(np.diff(keys, prepend=~keys[:1]))]
    counts = np.bincount((keys >> BITS).astype(np.int64), minlength=rows.size)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    return keys & ((np.uint64(1) << BITS) - np.uint64(1)), offsets


def _table() -> npt.NDArray[np.uint8]:
    """For each byte the one it counts as; 0 where it is in no word."""
    table = np.zeros(256, np.uint8)
    for byte in range(128):
        character = chr(byte)
        if words(character):
            table[byte] = ord(fold(character))
    table[128:] = np.arange(128, 256)
    return table


_TABLE = _table()
_MASKS = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)
