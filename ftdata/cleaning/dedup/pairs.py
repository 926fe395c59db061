"""Pairs of similar shingle sets: candidates that agree in a band, then verified one by one."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ftdata.cleaning.dedup.shingles import Hashes, Sets
from ftdata.cleaning.dedup.signatures import Numbers

LARGE = 64  # rows in a bucket from which its pairs are not listed: they grow with the square
_BLOCK = 1 << 14  # pairs verified at once
_MANY = 1 << 24  # pairs from which repeated ones are taken out before more are listed: 128 MB
Rows = npt.NDArray[np.int64]


class Pairs(NamedTuple):
    """Pairs of rows, left before right, and the Jaccard similarity of each."""

    left: Rows
    right: Rows
    similarity: npt.NDArray[np.float64]


class Candidates(NamedTuple):
    """What the band keys of n rows give."""

    left: Rows  # pairs that share a bucket of fewer than LARGE rows, each once
    right: Rows
    in_large: npt.NDArray[np.bool_]  # b x n: the row stands in a larger bucket of that band


def find_candidates(keys: Numbers) -> Candidates:
    """The candidate pairs among n rows by their band keys, b x n."""
    bands, count = keys.shape
    in_large = np.zeros(keys.shape, np.bool_)
    found: list[Rows] = [np.empty(0, np.int64)]
    for band in range(bands):
        rows = _sharing(keys[band])
        starts = np.flatnonzero(np.diff(keys[band, rows], prepend=~keys[band, rows[:1]]))
        sizes = np.diff(starts, append=rows.size)
        is_large = np.repeat(sizes >= LARGE, sizes)
        in_large[band, rows[is_large]] = True
        following = np.repeat(starts + sizes, sizes) - np.arange(rows.size)
        following[is_large] = 0
        pairs = _within(rows, following, count)
        if band:
            # Most of those that agreed in the band before are listed already: fewer to sort.
            before = keys[band - 1]
            pairs = pairs[before[pairs // count] != before[pairs % count]]
        found.append(pairs)
        if sum(map(len, found)) > _MANY:
            found = [_distinct(found)]
    pairs = _distinct(found)
    return Candidates(pairs // max(count, 1), pairs % max(count, 1), in_large)


def verify(sets: Sets, left: Rows, right: Rows, least: npt.NDArray[np.float64]) -> Pairs:
    """Those pairs of shingle sets whose Jaccard similarity is exactly `least` or more."""
    sizes = sets.sizes
    first, second = sizes[left], sizes[right]
    rows = np.flatnonzero(np.minimum(first, second) >= least * np.maximum(first, second) - 1e-9)
    total = first[rows] + second[rows]
    # Pairs of about the same size are done together, as one step takes in all that are not done.
    order = np.argsort(np.minimum(total, 0xFFFF).astype(np.uint16), kind="stable")
    rows, total = rows[order], total[order]
    overlap = np.zeros(rows.size, np.int64)
    for start in range(0, rows.size, _BLOCK):
        chosen = rows[start : start + _BLOCK]
        ours, theirs = sets.take(left[chosen]), sets.take(right[chosen])
        overlap[start : start + _BLOCK] = _overlaps(sets.hashes, ours, theirs)
    jaccard = overlap / np.maximum(total - overlap, 1)
    similar = np.flatnonzero((overlap > 0) & (jaccard >= least[rows]))
    rows, jaccard = rows[similar], jaccard[similar]
    order = np.argsort(right[rows] * sizes.size + left[rows])
    return Pairs(left[rows[order]], right[rows[order]], jaccard[order])


def order_of(values: npt.NDArray[np.unsignedinteger[Any]]) -> Rows:
    """The stable order of n numbers.

    NumPy sorts 16 bits by counting: two or four such sorts are several times faster than one.
    """
    parts = values.view(np.uint16).reshape(values.size, values.itemsize // 2)
    order = np.argsort(parts[:, 0], kind="stable")
    for part in parts.T[1:]:
        order = order[np.argsort(part[order], kind="stable")]
    return order


def _sharing(keys: Numbers) -> Rows:
    """Rows whose key another row has as well, sorted by key, then row."""
    order = order_of(keys)
    alike = np.diff(keys[order]) == 0
    same = np.zeros(keys.size, np.bool_)
    same[1:] = alike
    same[:-1] |= alike
    return order[same]


def _within(rows: Rows, following: Rows, count: int) -> Rows:
    """All pairs within buckets, each as `left * count + right`.

    `following` says how many rows there are from each one to the end of its bucket.
    """
    found = [np.empty(0, np.int64)]
    at = np.flatnonzero(following > 1)
    step = 1
    while at.size:
        found.append(rows[at] * count + rows[at + step])
        step += 1
        at = at[following[at] > step]
    return np.concatenate(found)


def _distinct(pairs: list[Rows]) -> Rows:
    """As np.unique, which hashes in newer NumPy and is slower on these."""
    together = np.sort(np.concatenate(pairs))
    return together[np.flatnonzero(np.diff(together, prepend=-1))]


def _overlaps(hashes: Hashes, left: Sets, right: Sets) -> Rows:
    """Shingles that the sets of each pair share: both are walked in step, all pairs at once."""
    counts = np.zeros(left.starts.size, np.int64)
    pairs = np.arange(left.starts.size)
    at, to, at_end, to_end = left.starts, right.starts, left.ends, right.ends
    while pairs.size:
        first, second = hashes[at], hashes[to]
        counts[pairs] += first == second
        at = at + (first <= second)
        to = to + (second <= first)
        going = (at < at_end) & (to < to_end)
        if not going.all():
            pairs, at, to = pairs[going], at[going], to[going]
            at_end, to_end = at_end[going], to_end[going]
    return counts
