"""Exact set-similarity self-join: every pair of sets with a Jaccard at or over a threshold.

For sets x and y with |x| ≥ |y| and Jaccard t or more, the overlap is at least t·|x| and at least
t/(1+t)·(|x|+|y|) ≥ 2t/(1+t)·|y|. In any common order of the tokens x and y therefore share one of

    the first |x| - ⌈t·|x|⌉ + 1 tokens of x  and  the first |y| - ⌈2t/(1+t)·|y|⌉ + 1 of y

(Bayardo, Ma, Srikant 2007; Xiao et al. 2008, PPJoin). With the rarest tokens first these prefixes
meet seldom. Pairs that meet are held against three upper bounds of the overlap, cheapest first:
sizes, what is left behind the first common token, and the counts of tokens in 32 buckets. What
passes is counted exactly, so that nothing is missed and nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

_BLOCK = 1 << 20  # candidate pairs, and tokens compared, at a time: bounds the memory
_BUCKETS = 32
_SLACK = 1e-9  # the filters only bound: they must not lose a pair to rounding


@dataclass(frozen=True, eq=False)
class SimilarSets:
    """What `similar_pairs` finds among n sets."""

    first: Ints  # for each set the first one equal to it; -1 for sets too small to compare
    left: Ints  # pairs of unequal sets, each the first of its equals: left < right,
    right: Ints  # sorted by left, then right


@dataclass(frozen=True, eq=False)
class _Ranked:
    """The sets from small to large, their tokens replaced by ranks, rarest first."""

    rows: Ints  # place in the caller's order
    offsets: Ints
    keys: Ints  # place * width + rank: ascending over all sets
    width: int  # number of distinct tokens
    buckets: npt.NDArray[Any]  # sets x 32: tokens per bucket

    @property
    def sizes(self) -> Ints:
        return np.diff(self.offsets)


@dataclass(frozen=True, eq=False)
class _Entries:
    """Tokens of prefixes: the place of the set each is in, and how many of its tokens follow."""

    owner: Ints
    behind: Ints


def similar_pairs(
    offsets: Ints, values: npt.NDArray[np.uint64], threshold: float, min_words: int
) -> SimilarSets:
    """All pairs of sets whose Jaccard is at or over `threshold` (0 < threshold ≤ 1).

    Set i is `values[offsets[i]:offsets[i + 1]]`, sorted and distinct. Sets of fewer than
    `min_words` (1 or more) are compared with nothing. Equal sets are found first and stand as one
    in the pairs: n copies of a template give n equals of one first set, and not n² pairs.
    """
    first = equal_sets(offsets, values, min_words)
    distinct = np.flatnonzero(first == np.arange(first.size))
    ranked = _rank(offsets, values, distinct)
    found = [_verified(ranked, *block, threshold) for block in _candidates(ranked, threshold)]
    rows = ranked.rows[np.concatenate([np.empty((2, 0), np.int64), *found], axis=1)]
    keys = _distinct(rows.min(axis=0) * first.size + rows.max(axis=0))
    count = max(first.size, 1)
    return SimilarSets(first=first, left=keys // count, right=keys % count)


def spread(starts: Ints, lengths: Ints) -> Ints:
    """The ranges start, start + 1, … of the given lengths, one after the other."""
    ends = np.cumsum(lengths)
    shift = np.repeat(starts - ends + lengths, lengths)
    return np.arange(ends[-1] if ends.size else 0) + shift


def equal_sets(offsets: Ints, values: npt.NDArray[np.uint64], min_words: int) -> Ints:
    """For each set the first one equal to it; -1 for sets of fewer than `min_words`."""
    known: dict[bytes, int] = {}
    found = [
        known.setdefault(values[start:end].tobytes(), row) if end - start >= min_words else -1
        for row, (start, end) in enumerate(pairwise(offsets.tolist()))
    ]
    return np.array(found, np.int64)


def _rank(offsets: Ints, values: npt.NDArray[np.uint64], chosen: Ints) -> _Ranked:
    rows = chosen[np.argsort(np.diff(offsets)[chosen], kind="stable")]
    lengths = np.diff(offsets)[rows]
    values = values[spread(offsets[rows], lengths)]
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    known, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    rank = np.empty(known.size, np.int64)
    rank[np.argsort(counts, kind="stable")] = np.arange(known.size)
    owner = np.repeat(np.arange(rows.size), lengths)
    width = max(known.size, 1)
    keys = np.sort(owner * width + rank[inverse])
    bucket = owner * _BUCKETS + keys % width % _BUCKETS
    filled = np.bincount(bucket, minlength=rows.size * _BUCKETS)
    small = filled.astype(np.min_scalar_type(filled.max(initial=0)))
    return _Ranked(rows, offsets, keys, width, small.reshape(rows.size, _BUCKETS))


def _candidates(ranked: _Ranked, threshold: float) -> Iterator[tuple[Ints, Ints]]:
    """Blocks of (larger, smaller) sets that share a prefix token and pass the bounds."""
    sizes, count = ranked.sizes, ranked.rows.size
    exact = threshold - _SLACK
    probes, tokens = _prefixes(ranked, sizes - np.ceil(exact * sizes) + 1)
    index, marks = _prefixes(ranked, sizes - np.ceil(2 * exact / (1 + exact) * sizes) + 1)
    keys = marks * count + index.owner
    order = np.argsort(keys)
    keys, index = keys[order], _Entries(index.owner[order], index.behind[order])
    smallest = np.searchsorted(sizes, exact * sizes)
    low = np.searchsorted(keys, tokens * count + smallest[probes.owner])
    fan = np.searchsorted(keys, tokens * count + probes.owner) - low
    for start, end in _blocks(fan):
        at = np.repeat(np.arange(start, end), fan[start:end])
        to = spread(low[start:end], fan[start:end])
        large, small = probes.owner[at], index.owner[to]
        least = exact / (1 + exact) * (sizes[large] + sizes[small])
        near = 1 + np.minimum(probes.behind[at], index.behind[to]) >= least
        pairs = _distinct(large[near] * count + small[near])
        yield pairs // count, pairs % count


def _distinct(keys: Ints) -> Ints:
    """As np.unique, which hashes in newer NumPy and is several times slower on these."""
    keys = np.sort(keys)
    return keys[np.flatnonzero(np.diff(keys, prepend=-1))]


def _prefixes(ranked: _Ranked, lengths: npt.NDArray[np.float64]) -> tuple[_Entries, Ints]:
    """The first tokens of each set, as many as `lengths` says: where they stand, and their rank."""
    wanted = lengths.astype(np.int64)
    at = spread(ranked.offsets[:-1], wanted)
    owner = np.repeat(np.arange(ranked.rows.size), wanted)
    return _Entries(owner, ranked.offsets[owner + 1] - at - 1), ranked.keys[at] % ranked.width


def _verified(ranked: _Ranked, large: Ints, small: Ints, threshold: float) -> Ints:
    """The pairs (2 x n) whose Jaccard reaches the threshold, their words counted."""
    sizes = ranked.sizes
    total = sizes[large] + sizes[small]
    least = (threshold - _SLACK) / (1 + threshold) * total
    shared = np.minimum(ranked.buckets[large], ranked.buckets[small]).sum(axis=1, dtype=np.int64)
    passed = np.flatnonzero(shared >= least)
    found = []
    for start, end in _blocks(sizes[small[passed]]):
        part = passed[start:end]
        overlap = _overlaps(ranked, large[part], small[part])
        found.append(part[overlap / (total[part] - overlap) >= threshold])
    kept = np.concatenate([np.empty(0, np.int64), *found])
    return np.stack([large[kept], small[kept]])


def _overlaps(ranked: _Ranked, large: Ints, small: Ints) -> Ints:
    """Number of common tokens of each pair: those of the smaller set looked up in the larger."""
    lengths = ranked.sizes[small]
    tokens = ranked.keys[spread(ranked.offsets[small], lengths)] % ranked.width
    pair = np.repeat(np.arange(large.size), lengths)
    wanted = large[pair] * ranked.width + tokens
    at = np.searchsorted(ranked.keys, wanted).clip(max=ranked.keys.size - 1)
    hits = pair[ranked.keys[at] == wanted]
    return np.bincount(hits, minlength=large.size)


def _blocks(weights: Ints) -> Iterator[tuple[int, int]]:
    """Consecutive ranges of about `_BLOCK` weight in all, or of one item that weighs more."""
    ends = np.cumsum(weights)
    start = 0
    while start < ends.size:
        before = ends[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(ends, before + _BLOCK, side="right")))
        yield start, end
        start = end
