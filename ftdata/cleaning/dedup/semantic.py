"""Texts that mean the same as an earlier one that stays: by the cosine of their embeddings.

Vectors are int8, so that a cosine is worked out in whole numbers and comes out the same on every
machine. No pair is missed: a row is compared with all earlier rows that stay, by a bound first.
Split a unit vector into its part p in a common subspace and the length r of the rest. Then for two
of them cos(x, y) <= p_x . p_y + r_x r_y (Cauchy-Schwarz), which is one product of short vectors; in
the subspace of the largest eigenvalues of the second moment few pairs that are not similar pass it.
Those that do are verified. The subspace decides what that costs, never what is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ftdata.cleaning.conversations import one_array

Vectors = npt.NDArray[np.int8]
Indices = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Found = dict[int, tuple[int, float]]

_SUBSPACE = 64
_SMALL = 2_048  # rows up to which whole vectors are compared: a subspace would not pay
_SAMPLE = 8_192  # rows the subspace is chosen by
_ROWS = 512  # compared at once …
_TILE = 8_192  # … with so many earlier ones: 16 MB
_PAIRS = 4_096  # verified at once
_SLACK = 1e-4  # on the bound, for the rounding of 32-bit floats: a hundred times what there is


def find_semantic(vectors: Vectors, rows: Indices, threshold: float) -> Found:
    """Row → (earliest row that stays and means the same, cosine), for each of `rows` that has one.

    `vectors` is n x d, row by row the embedding of a text, zeros for a text without one; `rows` are
    ascending indices into it, of what stays so far. The outcome depends on their order alone, not
    on how many there are at a time: rows are compared with rows that stay, as near-duplicates are.
    """
    chosen = rows[np.flatnonzero(vectors[rows].any(axis=1))]
    exact = _Cosines(vectors[chosen])
    bounds = _sketch(exact)
    kept = _Kept(bounds)
    found: Found = {}
    for start in range(0, len(chosen), _ROWS):
        block = np.arange(start, min(start + _ROWS, len(chosen)))
        matches = _match_kept(block, kept, bounds, exact, threshold)
        rest = block[~np.isin(block, list(matches))]
        matches |= _match_each_other(rest, bounds, exact, threshold)
        kept.add(rest[~np.isin(rest, list(matches))])
        for row, (other, cosine) in sorted(matches.items()):
            found[int(chosen[row])] = (int(chosen[other]), cosine)
    return found


def vector_column(vectors: Vectors) -> pa.BinaryArray:
    """The column `dedup_vector` of a table of n rows: d bytes each, null where all are zero."""
    return pa.array([row.tobytes() if row.any() else None for row in vectors], pa.binary())


def vectors_of_column(column: pa.ChunkedArray | pa.BinaryArray) -> Vectors:
    """The reverse of `vector_column`; n x 0 where all are null.

    Raises ValueError where vectors are of several lengths: they are of several models.
    """
    present = one_array(column.drop_null()).to_pylist()
    widths = {len(vector) for vector in present}
    if len(widths) > 1:
        raise ValueError(f"vectors of {sorted(widths)} numbers: they are of several models")
    vectors = np.zeros((len(column), max(widths, default=0)), dtype=np.int8)
    flat = np.frombuffer(b"".join(present), dtype=np.int8)
    vectors[~np.asarray(column.is_null())] = flat.reshape(len(present), -1) if present else 0
    return vectors


class _Cosines:
    """Exact cosines of pairs of rows."""

    def __init__(self, vectors: Vectors) -> None:
        self.vectors = vectors
        self.squares = np.empty(len(vectors), dtype=np.int64)
        for part in _parts(len(vectors), _PAIRS):
            block = vectors[part].astype(np.int32)
            self.squares[part] = np.einsum("ij,ij->i", block, block)

    def of(self, first: Indices, second: Indices) -> npt.NDArray[np.float64]:
        """Cosine of each pair: whole numbers up to the one root and the one division."""
        products = np.empty(len(first), dtype=np.int64)
        for part in _parts(len(first), _PAIRS):
            left = self.vectors[first[part]].astype(np.int32)
            products[part] = np.einsum("ij,ij->i", left, self.vectors[second[part]])
        return cast(
            "npt.NDArray[np.float64]",
            products / np.sqrt(self.squares[first] * self.squares[second]),
        )

    def units(self, rows: slice | Indices) -> Floats:
        """Rows as unit vectors, rounded."""
        lengths = np.sqrt(self.squares[rows].astype(np.float64))
        return cast("Floats", self.vectors[rows] / lengths[:, None].astype(np.float32))


class _Kept:
    """The rows that stay so far, in order, with what bounds their cosines side by side."""

    def __init__(self, bounds: Floats) -> None:
        self._bounds = bounds
        self._copies = np.empty_like(bounds)
        self._rows = np.empty(len(bounds), dtype=np.int64)
        self._count = 0

    def add(self, rows: Indices) -> None:
        end = self._count + len(rows)
        self._rows[self._count : end] = rows
        self._copies[self._count : end] = self._bounds[rows]
        self._count = end

    def tiles(self) -> Iterator[tuple[Indices, Floats]]:
        for part in _parts(self._count, _TILE):
            yield self._rows[part], self._copies[part]


def _sketch(exact: _Cosines) -> Floats:
    """n vectors whose products are nowhere under the cosines by more than the slack."""
    count, width = exact.vectors.shape
    if count <= _SMALL or width <= _SUBSPACE:
        return exact.units(slice(None))
    sample = exact.units(np.arange(0, count, -(-count // _SAMPLE)))
    _, basis = np.linalg.eigh(sample.T @ sample)
    basis = basis[:, -_SUBSPACE:]
    sketch = np.empty((count, _SUBSPACE + 1), dtype=np.float32)
    for part in _parts(count, _TILE):
        inside = exact.units(part) @ basis
        rest = 1 - np.square(inside, dtype=np.float64).sum(axis=1)
        sketch[part, :-1] = inside
        sketch[part, -1] = np.sqrt(np.maximum(rest, 0) + 1e-6)
    return sketch


def _match_kept(
    block: Indices, kept: _Kept, bounds: Floats, exact: _Cosines, threshold: float
) -> Found:
    """For each row of the block the earliest of the rows that stay already, where one is near."""
    matches: Found = {}
    for rows, copies in kept.tiles():
        near = bounds[block] @ copies.T >= threshold - _SLACK
        left, right = np.divmod(np.flatnonzero(near), len(rows))  # ten times faster than nonzero
        for row, other, cosine in _verified(block[left], rows[right], exact, threshold):
            matches.setdefault(row, (other, cosine))
        block = block[~np.isin(block, list(matches))] if matches else block
    return matches


def _match_each_other(rest: Indices, bounds: Floats, exact: _Cosines, threshold: float) -> Found:
    """The same within the rows that no earlier block holds a match of."""
    near = np.tril(bounds[rest] @ bounds[rest].T >= threshold - _SLACK, -1)
    left, right = np.nonzero(near)
    matches: Found = {}
    for row, other, cosine in _verified(rest[left], rest[right], exact, threshold):
        if row not in matches and other not in matches:
            matches[row] = (other, cosine)
    return matches


def _verified(
    first: Indices, second: Indices, exact: _Cosines, threshold: float
) -> Iterator[tuple[int, int, float]]:
    cosines = exact.of(first, second)
    near = np.flatnonzero(cosines >= threshold)
    yield from zip(first[near].tolist(), second[near].tolist(), cosines[near].tolist(), strict=True)


def _parts(count: int, size: int) -> Iterator[slice]:
    edges = [*range(0, count, size), count]
    return (slice(start, end) for start, end in pairwise(edges))
