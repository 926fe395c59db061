"""For each row the earliest row that stays and is similar.

Rows are taken in order, and each is compared only with earlier rows that stay, so that a cluster of
thousands of repeats costs one comparison a row. The pairs of small buckets are verified together
beforehand. A bucket of many rows that are *not* similar (a template with one word changed) would
cost the square; there the candidates come from an index of each set's rarest shingles instead: sets
A and B with Jaccard t or more share at least one of the |A| - ⌈t·|A|⌉ + 1 rarest shingles of A and
of as many of B (Chaudhuri, Ganti, Kaushik 2006: prefix filter; Xiao et al. 2008: position filter).
That loses no pair.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from ftdata.cleaning.dedup.pairs import Candidates, Pairs, Rows, find_candidates, verify
from ftdata.cleaning.dedup.shingles import Offsets, Sets, gather
from ftdata.cleaning.dedup.signatures import Numbers, band_keys, choose_bands

Found = dict[int, tuple[int, float]]

_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")


def find_earliest(sets: Sets, thresholds: npt.NDArray[np.float64]) -> Found:
    """Row → (earliest similar row that stays, Jaccard), for each row that has one.

    No set is empty; a row's threshold counts against the rows before it. A pair at the least of
    the thresholds is missed with a probability under 0.005, one at 0.05 over it with less than
    0.0005; none is found falsely.
    """
    keys, candidates, pairs = find_similar(sets, thresholds)
    rows = np.flatnonzero(candidates.in_large.any(axis=0))
    if not rows.size:
        return _first_kept(pairs)
    crowd = _Crowd(sets, rows, np.where(candidates.in_large, keys, 0), thresholds)
    return _first_kept_in_crowd(pairs, crowd)


def find_similar(
    sets: Sets, thresholds: npt.NDArray[np.float64]
) -> tuple[Numbers, Candidates, Pairs]:
    """The band keys, the candidates, and the pairs of small buckets that are similar."""
    bands = choose_bands(float(thresholds.min(initial=1)))
    keys = band_keys(sets, bands)
    candidates = find_candidates(keys)
    left, right = candidates.left, candidates.right
    return keys, candidates, verify(sets, left, right, thresholds[right])


def _first_kept(pairs: Pairs) -> Found:
    found: Found = {}
    columns = (column.tolist() for column in pairs)
    for left, right, similarity in zip(*columns, strict=True):
        if right not in found and left not in found:
            found[right] = left, similarity
    return found


def _first_kept_in_crowd(pairs: Pairs, crowd: _Crowd) -> Found:
    """The same, where some rows stand in large buckets too: taken in order with the pairs."""
    found: Found = {}
    lefts, similarities = pairs.left.tolist(), pairs.similarity.tolist()
    concerned = np.union1d(pairs.right, crowd.rows)
    starts, ends = (np.searchsorted(pairs.right, concerned, side).tolist() for side in _SIDES)
    in_crowd = np.isin(concerned, crowd.rows).tolist()
    for row, start, end, crowded in zip(concerned.tolist(), starts, ends, in_crowd, strict=True):
        match = None
        for at in range(start, end):
            if lefts[at] not in found:
                match = lefts[at], similarities[at]
                break
        met = crowd.first_similar(row) if crowded else None
        if met is not None and (match is None or met[0] < match[0]):
            match = met
        if match is not None:
            found[row] = match
        elif crowded:
            crowd.keep(row)
    return found


class _Crowd:
    """Rows of large buckets: those kept so far, found by their rarest shingles."""

    def __init__(
        self,
        sets: Sets,
        rows: Rows,
        large_keys: Numbers,
        thresholds: npt.NDArray[np.float64],
    ) -> None:
        """`large_keys`, b x n, holds 0 where a row is in no large bucket of a band."""
        self.rows = rows
        self._all = sets
        self._keys = large_keys
        self._thresholds = thresholds
        self._prefixes = _rarest(sets, rows, float(thresholds.min()))
        self._sizes = dict(zip(rows.tolist(), sets.sizes[rows].tolist(), strict=True))
        # Shingle → (what is left of a set from it on, size of the set) → those kept.
        self._meeting: dict[int, dict[tuple[int, int], list[int]]] = {}
        self._sets: dict[int, frozenset[int]] = {}

    def keep(self, row: int) -> None:
        """Let later rows be compared with this one."""
        size = self._sizes[row]
        for at, place in enumerate(self._prefixes[row]):
            self._meeting.setdefault(place, {}).setdefault((size - at, size), []).append(row)

    def first_similar(self, row: int) -> tuple[int, float] | None:
        """The first row kept that is similar and shares a large bucket, and their Jaccard."""
        earlier = sorted(self._met_by(row))
        if not earlier:
            return None
        mine, threshold = self._read(row), self._thresholds[row]
        for other in earlier:
            theirs = self._remember(other)
            common = len(mine & theirs)
            jaccard = common / (len(mine) + len(theirs) - common)
            if jaccard >= threshold and self._meet(row, other):
                return other, jaccard
        return None

    def _met_by(self, row: int) -> set[int]:
        """Rows kept that may be similar.

        Behind the first shingle that two sets share, in the order of rarity, they can share no more
        than what is left of either: that tells the rows of a template apart by a few comparisons.
        """
        size, ratio = self._sizes[row], self._thresholds[row] / (1 + self._thresholds[row])
        found: set[int] = set()
        for at, place in enumerate(self._prefixes[row]):
            for (left, other), rows in self._meeting.get(place, {}).items():
                if min(size - at, left) >= ratio * (size + other) - 1e-9:
                    found.update(rows)
        return found

    def _meet(self, row: int, other: int) -> bool:
        """Whether the rows share a large bucket.

        Rare shingles bring together rows that do not; to count them would make the fate of two
        rows depend on how many others there are.
        """
        mine = self._keys[:, row]
        return bool(((mine == self._keys[:, other]) & (mine > 0)).any())

    def _read(self, row: int) -> frozenset[int]:
        start, end = self._all.starts[row], self._all.ends[row]
        return frozenset(self._all.hashes[start:end].tolist())

    def _remember(self, row: int) -> frozenset[int]:
        if row not in self._sets:
            self._sets[row] = self._read(row)
        return self._sets[row]


def _rarest(sets: Sets, rows: Rows, threshold: float) -> dict[int, tuple[int, ...]]:
    """Row → its rarest shingles, for some rows.

    Rare is what few of these rows hold; among equals the smaller hash comes first, so that the
    order is the same for all.
    """
    chosen, bounds = gather(sets.take(rows))
    _, number, counts = np.unique(chosen, return_inverse=True, return_counts=True)
    order = np.argsort(np.argsort(counts, kind="stable"), kind="stable")[number]
    return dict(zip(rows.tolist(), _prefixes(order, bounds, threshold), strict=True))


def _prefixes(order: Rows, bounds: Offsets, threshold: float) -> Iterator[tuple[int, ...]]:
    for start, end in pairwise(bounds.tolist()):
        needed = math.ceil(threshold * (end - start) - 1e-9)
        yield tuple(np.sort(order[start:end])[: end - start - needed + 1].tolist())
