"""What a partition's rows repeat of earlier partitions: candidates of the index, verified."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ftdata.cleaning.dedup.fingerprints import Fingerprints
from ftdata.cleaning.dedup.pairs import Rows, verify
from ftdata.cleaning.dedup.signatures import Numbers, band_keys, choose_bands
from ftdata.settings_dedup import Dedup

Read = Callable[[int], Fingerprints | None]
"""Gives the fingerprints of a partition by its number; None where it was built again since."""


@dataclass(frozen=True, eq=False)
class Repeats:
    """Rows that repeat one of an earlier partition, each with the earliest that it repeats."""

    rows: Rows  # of the partition, ascending
    partitions: Rows  # number of the earlier partition
    others: Rows  # row of that partition
    similarity: npt.NDArray[np.float64]  # Jaccard; 1 where the texts are the same


def index_scheme(options: Dedup) -> str:
    """Names how band keys are made: only keys of one scheme can be compared."""
    number, height = choose_bands(options.threshold)
    return f"{options.key} {options.shingle_size} {options.shingle} {number}x{height}"


def index_bands(fingerprints: Fingerprints, options: Dedup) -> Numbers:
    """The band keys of n rows, n x b; those of a row without words are all 0."""
    bands = choose_bands(options.threshold)
    keys = np.zeros((len(fingerprints), bands.number), np.uint32)
    rows = np.flatnonzero(fingerprints.sets.sizes)
    keys[rows] = band_keys(fingerprints.sets.take(rows), bands).T
    return keys


def find_repeats(
    fingerprints: Fingerprints, query: Rows, partition: Rows, row: Rows, read: Read, options: Dedup
) -> Repeats:
    """Those of the candidate pairs that are duplicates, the first of each row.

    Pair i is row `query[i]` of these fingerprints and row `row[i]` of the partition numbered
    `partition[i]`; they are ordered by query, then canonically.
    """
    theirs, places = _read_rows(partition, row, read)
    there = np.flatnonzero((places >= 0) & (fingerprints.sets.sizes[query] > 0))
    query, partition, row, places = query[there], partition[there], row[there], places[there]
    both = Fingerprints.concat([fingerprints, theirs])
    others = places + len(fingerprints)
    same = np.flatnonzero(both.texts[query] == both.texts[others])
    sizes = both.sets.sizes
    enough = np.minimum(sizes[query], sizes[others]) >= options.min_words
    least = np.where(enough, options.threshold, 2.0)
    near = verify(both.sets, query, others, least)
    number = len(both)
    pairs = query * number + others
    similar = np.searchsorted(np.sort(pairs), near.left * number + near.right)
    found = np.concatenate([same, np.argsort(pairs, kind="stable")[similar]])
    degree = np.concatenate([np.ones(same.size), near.similarity])
    # Of a row's matches the one that comes first among its candidates; exact ones first of all.
    order = np.lexsort((np.arange(found.size), found))
    found, degree = found[order], degree[order]
    _, first = np.unique(query[found], return_index=True)
    chosen = found[first]
    return Repeats(query[chosen], partition[chosen], row[chosen], degree[first])


def _read_rows(partition: Rows, row: Rows, read: Read) -> tuple[Fingerprints, Rows]:
    """The candidates' fingerprints, and where each stands among them; -1 where it is gone."""
    places = np.full(partition.size, -1)
    parts = []
    count = 0
    for number in np.unique(partition).tolist():
        whole = read(number)
        if whole is None:
            continue
        at = np.flatnonzero(partition == number)
        rows, inverse = np.unique(row[at], return_inverse=True)
        parts.append(whole.take(rows))
        places[at] = count + inverse
        count += rows.size
    return Fingerprints.concat(parts), places
