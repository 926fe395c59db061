"""For each row the earliest row that stays and is similar: candidates from buckets, then verified.

Rows are taken in order, and each is compared only with earlier rows that stay, so that a cluster of
thousands of repeats costs one comparison a row. A bucket of thousands of rows that are *not*
similar (a template with one word changed) would cost the square; there the candidates come from an
index of each set's rarest words instead: sets A and B with Jaccard t or more share at least one of
the |A| - ⌈t·|A|⌉ + 1 rarest words of A and of as many of B (Chaudhuri, Ganti, Kaushik 2006: prefix
filter). That loses no pair.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ftdata.cleaning.dedup.signatures import Offsets, Words, band_height, find_buckets, sign

_LARGE = 64  # rows in a bucket from which the rarest words are the cheaper way
Indices = npt.NDArray[np.int64]


def find_earliest(
    words: Words, offsets: Offsets, rows: Indices, threshold: float
) -> dict[int, tuple[int, float]]:
    """Row → (earliest similar row that stays, Jaccard), for each of `rows` that has one.

    `rows` are ascending indices of non-empty word sets. A pair at the threshold is missed with a
    probability under 0.01, one at 0.05 over it with less than 0.0005; none is found falsely.
    """
    chosen, bounds = _select(words, offsets, rows)
    buckets = find_buckets(sign(chosen, bounds), band_height(threshold))
    candidates = np.flatnonzero((buckets >= 0).any(axis=1))
    if not len(candidates):
        return {}
    chosen, bounds = _select(chosen, bounds, candidates)
    rivals = _Rivals(chosen, bounds, buckets[candidates], threshold)
    found: dict[int, tuple[int, float]] = {}
    meeting: dict[int, list[int]] = {}
    for row, keys in enumerate(_keys(chosen, bounds, buckets[candidates], threshold)):
        earlier = sorted({kept for key in keys for kept in meeting.get(key, ())})
        match = rivals.first_similar(row, earlier)
        if match is None:
            for key in keys:
                meeting.setdefault(key, []).append(row)
        else:
            kept, jaccard = match
            found[int(rows[candidates[row]])] = (int(rows[candidates[kept]]), jaccard)
    return found


class _Rivals:
    """Compares rows; the word sets of those that stay are remembered, as they come up again."""

    def __init__(self, words: Words, offsets: Offsets, buckets: Indices, threshold: float) -> None:
        self._words = words
        self._offsets = offsets
        self._sizes = np.diff(offsets).tolist()
        self._buckets = buckets
        self._threshold = threshold
        self._kept: dict[int, frozenset[int]] = {}

    def first_similar(self, row: int, earlier: list[int]) -> tuple[int, float] | None:
        """The first of the rows in `earlier` that is similar to `row`, and their Jaccard."""
        size = self._sizes[row]
        mine: frozenset[int] | None = None
        for other in earlier:
            size_other = self._sizes[other]
            if min(size, size_other) < self._threshold * max(size, size_other) - 1e-9:
                continue
            mine = mine or self._read(row)
            common = len(mine & self._remember(other))
            jaccard = common / (size + size_other - common)
            if jaccard >= self._threshold and self._meet(row, other):
                return other, jaccard
        return None

    def _meet(self, row: int, other: int) -> bool:
        """Whether the rows share a bucket.

        Rare words bring together rows that do not; to count them would make the fate of two rows
        depend on how many others there are.
        """
        mine, theirs = self._buckets[row], self._buckets[other]
        return bool(((mine == theirs) & (mine >= 0)).any())

    def _read(self, row: int) -> frozenset[int]:
        return frozenset(self._words[self._offsets[row] : self._offsets[row + 1]].tolist())

    def _remember(self, row: int) -> frozenset[int]:
        if row not in self._kept:
            self._kept[row] = self._read(row)
        return self._kept[row]


def _keys(
    words: Words, offsets: Offsets, buckets: Indices, threshold: float
) -> Iterator[list[int]]:
    """For each row what it meets others by: its small buckets, and its rarest words for the large.

    Words are numbered below -1, so that they are no buckets.
    """
    in_large = np.isin(buckets, _large_buckets(buckets))
    prefixes = _rarest_words(words, offsets, np.flatnonzero(in_large.any(axis=1)), threshold)
    for row, places in enumerate(np.where(in_large, -1, buckets).tolist()):
        yield [place for place in places if place >= 0] + prefixes.get(row, [])


def _select(words: Words, offsets: Offsets, rows: Indices) -> tuple[Words, Offsets]:
    """The word sets of some rows, one after another, and their offsets."""
    lengths = offsets[rows + 1] - offsets[rows]
    bounds = np.concatenate(([0], np.cumsum(lengths)))
    shift = np.repeat(offsets[rows] - bounds[:-1], lengths)
    return words[np.arange(bounds[-1]) + shift], bounds


def _large_buckets(buckets: Indices) -> Indices:
    numbers, counts = np.unique(buckets[buckets >= 0], return_counts=True)
    return numbers[counts >= _LARGE]


def _rarest_words(
    words: Words, offsets: Offsets, rows: Indices, threshold: float
) -> dict[int, list[int]]:
    """Row → its rarest words, for some rows.

    Rare is what few of these rows hold; among equals the smaller hash comes first, so that the
    order is the same for all.
    """
    chosen, bounds = _select(words, offsets, rows)
    _, number, counts = np.unique(chosen, return_inverse=True, return_counts=True)
    order = np.argsort(np.argsort(counts, kind="stable"), kind="stable")[number]
    return dict(zip(rows.tolist(), _prefixes(order, bounds, threshold), strict=True))


def _prefixes(order: Indices, bounds: Offsets, threshold: float) -> Iterator[list[int]]:
    for start, end in pairwise(bounds.tolist()):
        needed = math.ceil(threshold * (end - start) - 1e-9)
        rarest = np.sort(order[start:end])[: end - start - needed + 1]
        yield (-2 - rarest).tolist()
