"""Vectors of examples to compare: of their words, or those that were embedded."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Vectors = npt.NDArray[np.float32]
"""One row an example, of length 1; of zeros where there is nothing to compare."""

DIMENSIONS = 64
_BUCKETS = 1 << 16
_BLOCK = 8_192  # examples at a time
_SEED = 20_250_301


def word_vectors(words: pa.ChunkedArray) -> Vectors:
    """TF-IDF of hashed word sets (list<uint64>), projected to `DIMENSIONS`.

    A word counts log((n + 1) / examples that have it), and 0 where that is below: words whose hash
    falls into one bucket are one word. Each bucket has a random direction, the same each time: the
    cosine of two examples' vectors is that of their TF-IDF vectors, give or take 1/√DIMENSIONS
    (Johnson and Lindenstrauss 1984).
    """
    lists = words.combine_chunks()
    lengths = np.asarray(lists.value_lengths().fill_null(0), np.int64)
    buckets = (np.asarray(lists.flatten(), np.uint64) % np.uint64(_BUCKETS)).astype(np.int64)
    known = np.bincount(buckets, minlength=_BUCKETS)
    # Two words of one bucket may be more than there are examples.
    weights = np.log((len(lists) + 1) / np.clip(known, 1, len(lists) + 1)).astype(np.float32)
    directions = np.random.default_rng(_SEED).standard_normal((_BUCKETS, DIMENSIONS), np.float32)
    directions *= weights[:, None]
    starts = np.concatenate(([0], np.cumsum(lengths)))
    vectors = np.zeros((len(lists), DIMENSIONS), np.float32)
    for first in range(0, len(lists), _BLOCK):
        rows = np.flatnonzero(lengths[first : first + _BLOCK]) + first
        if rows.size:
            inside = buckets[starts[first] : starts[min(first + _BLOCK, len(lists))]]
            at = starts[rows] - starts[first]
            vectors[rows] = np.add.reduceat(directions[inside], at, axis=0)
    return _of_length_one(vectors)


def embedded_vectors(column: pa.ChunkedArray) -> Vectors | None:
    """Vectors that were stored as one signed byte a value; None where an example has none."""
    stored = column.combine_chunks()
    if stored.null_count or not len(stored):
        return None
    flat = np.frombuffer(b"".join(stored.to_pylist()), np.int8)
    return _of_length_one(flat.reshape(len(stored), -1).astype(np.float32))


def _of_length_one(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, np.float32(1e-12))).astype(np.float32)
    return scaled
