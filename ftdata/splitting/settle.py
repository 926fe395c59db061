"""Settles groups and splits over all partitions: each newcomer against what stands before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ftdata.keys import PartitionKey
from ftdata.settings_splits import Splits
from ftdata.splitting.groups import UnionFind, split_facts
from ftdata.splitting.guard import STRICTEST, too_close_to_test
from ftdata.splitting.links import (
    ABSENT,
    COLUMNS,
    KINDS,
    ORIGINAL,
    Kind,
    link_examples,
    parent_rows,
)
from ftdata.splitting.precedence import take_pinned_first
from ftdata.tables import drops_table


@dataclass(frozen=True, eq=False)
class SettleInput:
    """One partition's `validated_splits` table, in canonical order, and which rows take part."""

    key: PartitionKey
    table: pa.Table  # links.COLUMNS and split; others are not read
    keep: npt.NDArray[np.bool_]  # false for rows already dropped, as duplicates


@dataclass(frozen=True, eq=False)
class SettledPartition:
    """What became of a partition's rows, in their order."""

    key: PartitionKey
    keep: npt.NDArray[np.bool_]  # false for rows dropped before, and for those dropped here
    split: npt.NDArray[np.object_]  # str; None where not kept
    group_id: npt.NDArray[np.object_]  # str; None where not kept


@dataclass(frozen=True, eq=False)
class Settled:
    """The outcome for all partitions, in canonical order."""

    partitions: tuple[SettledPartition, ...]
    drops: pa.Table  # tables.DROPS: the rows dropped here, with the stage `dataset`
    facts: dict[str, Any]  # train, validation, test, groups, largest_group


class _Tied(NamedTuple):
    """A group that a newcomer is tied to, or the side that its own pin gives it."""

    root: int
    split: str | None
    kind: Kind | None  # None for the pin


class _Drop(NamedTuple):
    row: int
    reason: str
    detail: str


def settle_splits(
    partitions: Iterable[SettleInput], options: Splits, pinned: Mapping[str, str]
) -> Settled:
    """The final split and group of every example, decided in the canonical order.

    Partitions are taken by date and source, whatever their order here, and their rows as they
    stand. Each row that takes part is compared by the five ties with the rows retained before it:

    - tied to no side yet, it shares the fate of what it is tied to in its partition;
    - tied to groups of one split, it joins them;
    - tied to groups of two splits, it is dropped: `bridges_splits`;
    - derived from what is not retained, it is dropped: `parent_dropped`;
    - derived, and in a group outside train, it is dropped: `derived_outside_train`, unless
      `derived_in_validation` is set.

    After a partition, each group without a split takes the one that its earliest member has in
    `split`. So a later partition changes no earlier row's split and drops none; it can only merge
    groups of one split, which then carry the id of the earliest member of all.

    Where `leak_threshold` is above `guard.STRICTEST`, what is too close to a test example leaves.

    `pinned` gives splits to examples by id. Those that are here come before all others, in the
    canonical order among themselves, each with its side given; the rules are the same. So what is
    pinned keeps its split whatever stands beside it, unless a tie (of a lower threshold) leads to
    another pinned example on another side: then the later of the two is dropped. "Before" and
    "earliest" are meant in this order.
    """
    ordered = sorted(partitions, key=lambda part: part.key)
    columns = [*COLUMNS, "split"]
    tables = [part.table.select(columns).filter(pa.array(part.keep)) for part in ordered]
    if not tables:
        return Settled(partitions=(), drops=drops_table([]), facts=split_facts([], []))
    table = pa.concat_tables(tables).combine_chunks()
    order = take_pinned_first(table.column("id"), pinned)
    if order.pinned:
        table = table.take(pa.array(order.rows))
    walk = _Walk(table, order.pins, options)
    ends = np.cumsum([table.num_rows for table in tables]).tolist()
    places = order.places
    spans = [places[start:end] for start, end in pairwise([0, *ends])]
    walk.take_partition(range(order.pinned))
    for span in spans:
        walk.take_partition(span[span >= order.pinned].tolist())
    if options.leak_threshold > STRICTEST:
        walk.guard_test(table)
    settled = zip(ordered, spans, strict=True)
    retained = list(walk.retained())
    return Settled(
        partitions=tuple(walk.outcome(part, span.tolist()) for part, span in settled),
        drops=walk.drops(),
        facts=split_facts([split for split, _ in retained], [group for _, group in retained]),
    )


class _Walk:
    """What stands so far: groups, their sides, and who can be met in each bucket."""

    def __init__(self, table: pa.Table, pins: Sequence[str | None], options: Splits) -> None:
        links = link_examples(table, options.leak_threshold)
        self._derived_anywhere = options.derived_in_validation
        self._ids: list[str] = table.column("id").to_pylist()
        self._given: list[str] = table.column("split").to_pylist()
        self._pins = pins
        self._parent_ids: list[str | None] = table.column("parent_id").to_pylist()
        self._parents: list[int] = parent_rows(table).tolist()
        self._links = links
        self._sets = UnionFind(table.num_rows)
        self._sides: dict[int, str] = {}  # by root; absent while undecided
        self._standing: dict[int, list[int]] = {}  # bucket → a member of each group that is there
        self._pending: dict[int, list[int]] = {}  # the same for variants of the open partition
        self._torn: dict[int, list[int]] = {}  # bucket → two of its members on different sides
        self._retained = [False] * table.num_rows
        self._drops: list[_Drop] = []

    def take_partition(self, rows: Sequence[int]) -> None:
        """Take the rows in order, then give a side to every group that has none."""
        for row in rows:
            drop = self._take(row)
            if drop is not None:
                self._drops.append(drop)
        kept = [row for row in rows if self._retained[row]]
        for row in kept:
            root = self._sets.find(row)
            self._sides.setdefault(root, self._given[root])
        self._pending.clear()
        for row in kept:
            if self._parents[row] == ORIGINAL:
                continue
            root = self._sets.find(row)
            if self._bars(row, self._sides[root]):
                self._retained[row] = False
                self._drops.append(self._outside_train(row, root))
            else:
                self._stand(row, self._standing)

    def guard_test(self, table: pa.Table) -> None:
        """Drop what is too close to a test example though it is tied to none."""
        rows = [row for row, stays in enumerate(self._retained) if stays]
        splits = [self._sides[self._sets.find(row)] for row in rows]
        for at, reason, detail in too_close_to_test(table.take(pa.array(rows, pa.int64())), splits):
            self._retained[rows[at]] = False
            self._drops.append(_Drop(rows[at], reason, detail))

    def outcome(self, part: SettleInput, rows: Sequence[int]) -> SettledPartition:
        """The partition's rows with their side, those that took no part included."""
        keep = part.keep.copy()
        keep[part.keep] = [self._retained[row] for row in rows]
        split, group_id = np.full((2, keep.size), None, dtype=np.object_)
        roots = [self._sets.find(row) for row in rows if self._retained[row]]
        split[keep] = [self._sides[root] for root in roots]
        group_id[keep] = [self._ids[root] for root in roots]
        return SettledPartition(key=part.key, keep=keep, split=split, group_id=group_id)

    def retained(self) -> Iterator[tuple[str, int]]:
        """Split and group of each row retained."""
        for row, stays in enumerate(self._retained):
            if stays:
                root = self._sets.find(row)
                yield self._sides[root], root

    def drops(self) -> pa.Table:
        """The rows dropped, in order."""
        return drops_table(
            [
                {
                    "record_id": self._ids[drop.row],
                    "stage": "dataset",
                    "reason": drop.reason,
                    "detail": drop.detail,
                }
                for drop in sorted(self._drops)
            ]
        )

    def _take(self, row: int) -> _Drop | None:
        """Join the row to what it is tied to, or say why it is dropped."""
        parent = self._parents[row]
        if parent == ABSENT or (parent != ORIGINAL and not self._retained[parent]):
            return _Drop(row, "parent_dropped", f"of {self._parent_ids[row]}")
        tied: list[int] = []
        pin = self._pins[row]
        side = _Tied(row, pin, None) if pin is not None else None
        for tie in self._ties(row):
            if tie.split is not None:
                if side is not None and tie.split != side.split:
                    return _Drop(row, "bridges_splits", f"{self._name(side)}, {self._name(tie)}")
                side = side or tie
            tied.append(tie.root)
        if side is not None and self._bars(row, side.split):
            return self._outside_train(row, next(root for root in tied if root in self._sides))
        root = row
        for other in tied:
            root = self._sets.union(root, other)
        if side is not None and side.split is not None:
            self._sides[root] = side.split
        self._retained[row] = True
        self._stand(row, self._standing if parent == ORIGINAL else self._pending)
        return None

    def _ties(self, row: int) -> Iterator[_Tied]:
        """The groups the row is tied to, each once, with the first reason."""
        seen: set[int] = set()
        looks = self._links.looks
        kinds = self._links.kinds[looks.starts[row] : looks.starts[row + 1]].tolist()
        for bucket, kind in zip(looks.run(row), kinds, strict=True):
            for root in self._roots(bucket):
                if root not in seen:
                    seen.add(root)
                    yield _Tied(root, self._sides.get(root), KINDS[kind])

    def _roots(self, bucket: int) -> list[int]:
        """Groups met in a bucket; of one with two sides only two, for they settle it."""
        torn = self._torn.get(bucket)
        members = torn or self._standing.get(bucket, [])
        found = [self._sets.find(member) for member in members]
        if torn is None and len(found) > 1:
            found = list(dict.fromkeys(found))
            self._standing[bucket] = found  # groups that have merged are met once from now on
            self._look_torn(bucket, found)
        if bucket in self._pending:
            found = [*found, *map(self._sets.find, self._pending[bucket])]
        return found

    def _look_torn(self, bucket: int, roots: Sequence[int]) -> None:
        """Remember two groups of different sides: whoever looks here is tied to both for good."""
        sides: dict[str, int] = {}
        for root in roots:
            if root in self._sides:
                sides.setdefault(self._sides[root], root)
            if len(sides) > 1:
                self._torn[bucket] = list(sides.values())
                return

    def _stand(self, row: int, places: dict[int, list[int]]) -> None:
        root = self._sets.find(row)
        for bucket in self._links.stands.run(row):
            members = places.setdefault(bucket, [])
            if not members or self._sets.find(members[-1]) != root:
                members.append(row)

    def _bars(self, row: int, split: str | None) -> bool:
        derived = self._parents[row] != ORIGINAL
        return derived and split != "train" and not self._derived_anywhere

    def _outside_train(self, row: int, root: int) -> _Drop:
        detail = f"its group {self._ids[root]} is in {self._sides[root]}"
        return _Drop(row, "derived_outside_train", detail)

    def _name(self, tie: _Tied) -> str:
        if tie.kind is None:
            return f"pinned to {tie.split}"
        return f"{tie.split} by {tie.kind} with {self._ids[tie.root]}"
