"""Covering a set of partitions by ranges that hold nothing else that would be built again.

A Dagster run takes a rectangle of dates × sources (in the order in which sources were
registered). Each run costs start-up, so few large rectangles are better than many small ones.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ftdata.keys import PartitionKey

RANGE_START = "dagster/asset_partition_range_start"  # Dagster's tags of a run over a range
RANGE_END = "dagster/asset_partition_range_end"


@dataclass(frozen=True)
class Range:
    """A rectangle from `first` to `last`, both included, as Dagster's range tags write it."""

    first: PartitionKey
    last: PartitionKey


def cover(
    wanted: Collection[PartitionKey], others: Collection[PartitionKey], sources: Sequence[str]
) -> list[Range]:
    """Ranges that hold all of `wanted` and none of `others`.

    `sources` is the registered order. One rectangle where that works, else for each source the
    longest runs of dates.
    """
    if not wanted:
        return []
    order = {source: at for at, source in enumerate(sources)}
    whole = _bounds(wanted, order)
    if not any(_holds(whole, key, order) for key in others):
        return [whole]
    ranges: list[Range] = []
    for source in sorted({key.source for key in wanted}, key=order.__getitem__):
        ranges += _runs_of_dates(
            sorted(key for key in wanted if key.source == source),
            {key.date for key in others if key.source == source},
        )
    return ranges


def _bounds(keys: Collection[PartitionKey], order: dict[str, int]) -> Range:
    names = sorted({key.source for key in keys}, key=order.__getitem__)
    dates = sorted({key.date for key in keys})
    return Range(
        PartitionKey(date=dates[0], source=names[0]), PartitionKey(date=dates[-1], source=names[-1])
    )


def _holds(whole: Range, key: PartitionKey, order: dict[str, int]) -> bool:
    return (
        whole.first.date <= key.date <= whole.last.date
        and order[whole.first.source] <= order.get(key.source, -1) <= order[whole.last.source]
    )


def _runs_of_dates(keys: Sequence[PartitionKey], others: Collection[str]) -> list[Range]:
    ranges = [Range(keys[0], keys[0])]
    for key in keys[1:]:
        last = ranges[-1]
        if any(last.last.date < date < key.date for date in others):
            ranges.append(Range(key, key))
        else:
            ranges[-1] = Range(last.first, key)
    return ranges
