"""The index as it was when it was opened: what other runs write meanwhile does not change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from ftdata.bands.format import I64, U32, U64
from ftdata.bands.look_up import MOST, Found, Numbering, find_records, make_buffer
from ftdata.bands.manifest import Member
from ftdata.bands.runs import RunFile
from ftdata.keys import PartitionKey

_PENDING = 8_000_000  # pairs gathered before repeated ones are dropped: 64 MB


@dataclass(frozen=True)
class Candidates:
    """Candidate pairs: row `query[i]` of the query, and row `row[i]` of an earlier partition.

    `partition[i]` is its index in `partitions`, which are in canonical order, each with the version
    that was indexed. Pairs are distinct and ordered by query, partition and row.
    """

    query: I64
    partition: I64
    row: I64
    partitions: tuple[tuple[PartitionKey, str], ...]


@dataclass(frozen=True)
class Snapshot:
    """The opened runs of one scheme."""

    files: tuple[RunFile, ...]

    def look_up(self, bands: npt.NDArray[np.uint32], before: PartitionKey) -> Candidates:
        """Every record of a partition before `before` that shares a band key with a query row.

        `bands` is rows x bands; a key stands for its own band only. Of a key that more than 256
        earlier records have, the earliest 256 are candidates. Raises IndexDamagedError, and
        ValueError where the index has another number of bands.
        """
        if any(file.run.bands != bands.shape[1] for file in self.files):
            raise ValueError(f"{bands.shape[1]} bands are looked up in an index of another number")
        earlier = _earlier(self.files, before)
        starts = np.cumsum([0, *(member.records for member, _, _ in earlier)])
        numberings = _numberings(self.files, earlier, starts)
        shift = np.uint64(int(starts[-1]).bit_length())
        codes: list[U64] = []
        buffer = make_buffer(len(bands))
        for band in range(bands.shape[1]):
            runs = zip(self.files, numberings, strict=True)
            codes.append(_look_up_band(runs, band, bands[:, band], shift, buffer))
            if sum(map(len, codes)) > _PENDING:
                codes = [_sort_distinct(codes)]
        found = _sort_distinct(codes)
        record = (found & ((np.uint64(1) << shift) - np.uint64(1))).astype(np.int64)
        return _candidates((found >> shift).astype(np.int64), record, earlier, starts)


_Earlier = Sequence[tuple[Member, int, int]]  # a partition, its run, its place there


def _earlier(files: Iterable[RunFile], before: PartitionKey) -> _Earlier:
    """The partitions that may be found, in canonical order."""
    end = (before.date, before.source)
    return sorted(
        (member, number, place)
        for number, file in enumerate(files)
        for place, member in enumerate(file.run.members)
        if member.live and member[:2] < end
    )


def _numberings(files: Sequence[RunFile], earlier: _Earlier, starts: I64) -> list[Numbering]:
    made = []
    for file in files:
        ends = np.cumsum([member.records for member in file.run.members])
        none = np.zeros(len(ends), np.int64)
        made.append(Numbering(ends, none, none.astype(np.bool_), 0))
    for start, (member, number, place) in zip(starts.tolist(), earlier, strict=False):
        one = made[number]
        one.shift[place] = start - (one.ends[place] - member.records)
        one.wanted[place] = True
    return [
        Numbering(one.ends, one.shift, one.wanted, int(one.ends[one.wanted].max(initial=0)))
        for one in made
    ]


def _look_up_band(
    runs: Iterable[tuple[RunFile, Numbering]],
    band: int,
    keys: U32,
    shift: np.uint64,
    buffer: U32,
) -> U64:
    """Pairs of query row and record, as `row << shift | record`."""
    # Sorted as one number: much quicker than argsort.
    packed = np.sort(
        keys.astype(np.uint64) << np.uint64(32) | np.arange(len(keys), dtype=np.uint64)
    )
    ascending, order = (packed >> np.uint64(32)).astype(np.uint32), packed.astype(np.uint32)
    starts = np.flatnonzero(np.diff(ascending, prepend=~ascending[:1]))
    found = [
        find_records(file, numbering, band, ascending[starts], buffer) for file, numbering in runs
    ]
    pairs = _keep_earliest(found)
    sizes = np.diff(starts, append=len(keys))[pairs.key]
    ahead = np.cumsum(sizes) - sizes
    within = np.arange(int(sizes.sum())) - np.repeat(ahead, sizes)
    rows = order[np.repeat(starts[pairs.key], sizes) + within]
    records = np.repeat(pairs.record, sizes)
    return cast("U64", (rows.astype(np.uint64) << shift) | records.astype(np.uint64))


def _keep_earliest(found: Sequence[Found]) -> Found:
    """The earliest 256 records of each key."""
    key = np.concatenate([part.key for part in found] or [np.empty(0, np.int64)])
    record = np.concatenate([part.record for part in found] or [np.empty(0, np.int64)])
    if not len(key) or np.bincount(key).max() <= MOST:
        return Found(key, record)
    order = np.lexsort((record, key))
    key, record = key[order], record[order]
    rank = np.arange(len(key)) - np.searchsorted(key, key, side="left")
    return Found(key[rank < MOST], record[rank < MOST])


def _sort_distinct(codes: Sequence[U64]) -> U64:
    # Not np.unique: from NumPy 2.3 on it hashes, and numbers as regular as these take it minutes.
    found = np.sort(np.concatenate([np.empty(0, np.uint64), *codes]))
    return cast("U64", found[np.diff(found, prepend=~found[:1]) != 0])


def _candidates(query: I64, record: I64, earlier: _Earlier, starts: I64) -> Candidates:
    place = np.searchsorted(starts[:-1], record, side="right") - 1
    used, partition = np.unique(place, return_inverse=True)
    members = [earlier[number][0] for number in used.tolist()]
    return Candidates(
        query=query,
        partition=partition.astype(np.int64),
        row=record - starts[place],
        partitions=tuple((member.key, member.version) for member in members),
    )
