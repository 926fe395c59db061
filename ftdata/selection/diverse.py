"""Chooses examples that stand for all others: k-centre and facility location.

Both are greedy: k-centre is within twice the best radius (Gonzalez 1985), facility location within
1 - 1/e of the best sum (Nemhauser, Wolsey and Fisher 1978), for the similarities it looks at.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from ftdata.selection.vectors import Vectors

Ints = npt.NDArray[np.int64]

_NEIGHBOURS = 24, 128  # least and most of each example, that facility location looks at
_CELL = 512  # rows of a cell, on average
_PROBED = 4  # cells in which they are looked for
_ROUNDS = 6  # of k-means
_BLOCK = 2_048  # rows at a time, and fewer where they are compared with very many:
_PAIRS = 1 << 24  # similarities at a time


class Chosen(NamedTuple):
    """Rows in the order in which they were chosen, and each row's nearest chosen one."""

    rows: list[int]
    nearest: Ints
    similarity: npt.NDArray[np.float32]  # cosine to that one


def choose(vectors: Vectors, size: int, method: Literal["k_center", "facility_location"]) -> Chosen:
    """`size` rows of the vectors. Earlier rows win where nothing else decides."""
    find = _k_center if method == "k_center" else _facility_location
    rows = find(vectors, size)
    return Chosen(rows, *nearest_of(vectors, rows))


def nearest_of(vectors: Vectors, rows: Sequence[int]) -> tuple[Ints, npt.NDArray[np.float32]]:
    """For each row the nearest of `rows`, and the cosine of the two."""
    centres = vectors[list(rows)]
    nearest = np.zeros(len(vectors), np.int64)
    similarity = np.zeros(len(vectors), np.float32)
    for block in _blocks(len(vectors), len(rows)):
        found = vectors[block] @ centres.T
        best = found.argmax(axis=1)
        nearest[block] = np.asarray(rows)[best]
        similarity[block] = found[np.arange(len(found)), best]
    return nearest, similarity


def _blocks(count: int, others: int) -> list[slice]:
    step = max(1, min(_BLOCK, _PAIRS // others))
    return [slice(first, first + step) for first in range(0, count, step)]


def _k_center(vectors: Vectors, size: int) -> list[int]:
    """Farthest first: each is the one least like all those before it."""
    rows = [0]
    closest = vectors @ vectors[0]
    closest[0] = np.inf
    while len(rows) < size:
        row = int(closest.argmin())
        rows.append(row)
        np.maximum(closest, vectors @ vectors[row], out=closest)
        closest[row] = np.inf
    return rows


def _facility_location(vectors: Vectors, size: int) -> list[int]:
    """Each adds most to the sum over all rows of the similarity to the nearest chosen one.

    Lazy: what a row would add never grows, so that a row is looked at anew only when it leads.
    """
    least, most = _NEIGHBOURS
    width = min(max(4 * len(vectors) // size, least), most, len(vectors))
    neighbours, likeness = _near(vectors, width)
    starts, ends, values = _reversed(neighbours, likeness)
    best = np.zeros(len(vectors), np.float32)
    gains = np.add.reduceat(np.append(values, np.float32(0)), starts[:-1])
    gains[starts[1:] == starts[:-1]] = 0
    heap = [(-float(gain), row, 0) for row, gain in enumerate(gains)]
    heapq.heapify(heap)
    rows: list[int] = []
    while len(rows) < size:
        _, row, seen = heapq.heappop(heap)
        here = slice(starts[row], starts[row + 1])
        added = np.maximum(values[here] - best[ends[here]], 0)
        if seen == len(rows) or not heap or float(-added.sum()) <= heap[0][0]:
            np.maximum.at(best, ends[here], values[here])
            rows.append(row)
        else:
            heapq.heappush(heap, (-float(added.sum()), row, len(rows)))
    return rows


def _reversed(neighbours: Ints, likeness: npt.NDArray[np.float32]) -> tuple[Ints, Ints, Vectors]:
    """For each row those that have it among their neighbours, and how like they are."""
    count, width = neighbours.shape
    owners = np.repeat(np.arange(count), width)
    flat, values = neighbours.ravel(), np.maximum(likeness.ravel(), 0)
    order = np.argsort(flat, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(flat, minlength=count))))
    return starts, owners[order], values[order]


def _near(vectors: Vectors, width: int) -> tuple[Ints, npt.NDArray[np.float32]]:
    """About the nearest rows of each row (itself the first), looked for in the cells beside it."""
    centres = _centres(vectors, max(1, len(vectors) // _CELL))
    own = _cells_of(vectors, centres)
    beside = np.argsort(-(centres @ centres.T), axis=1, kind="stable")[:, :_PROBED]
    members = [np.flatnonzero(own == cell) for cell in range(len(centres))]
    found = np.tile(np.arange(len(vectors))[:, None], (1, width))
    likeness = np.full((len(vectors), width), -1, np.float32)
    for rows, cells in zip(members, beside.tolist(), strict=True):
        others = np.sort(np.concatenate([members[cell] for cell in cells]))
        for block in _blocks(rows.size, max(1, others.size)):
            here = rows[block]
            _fill(found, likeness, here, others, vectors[here] @ vectors[others].T)
    likeness[:, 0] = 1
    return found, likeness


def _fill(
    found: Ints,
    likeness: npt.NDArray[np.float32],
    rows: Ints,
    others: Ints,
    values: npt.NDArray[np.float32],
) -> None:
    """Note the nearest of `others` for each of the rows, beside the row itself."""
    values[rows[:, None] == others[None, :]] = -2  # itself
    most = min(found.shape[1] - 1, others.size - 1)
    if most < 1:
        return
    top = np.sort(np.argpartition(-values, most - 1, axis=1)[:, :most], axis=1)
    found[rows, 1 : most + 1] = others[top]
    likeness[rows, 1 : most + 1] = np.take_along_axis(values, top, axis=1)


def _centres(vectors: Vectors, cells: int) -> Vectors:
    """Centres of k-means on the sphere, begun with rows at even distances."""
    sample = vectors[:: max(1, len(vectors) // 50_000)]
    centres = sample[:: max(1, len(sample) // cells)][:cells].copy()
    for _ in range(_ROUNDS):
        sums = np.zeros_like(centres)
        np.add.at(sums, _cells_of(sample, centres), sample)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-12), centres)
    return centres.astype(np.float32)


def _cells_of(vectors: Vectors, centres: Vectors) -> Ints:
    """The centre nearest to each row."""
    blocks = _blocks(len(vectors), len(centres))
    return np.concatenate([(vectors[block] @ centres.T).argmax(axis=1) for block in blocks])
