"""Dagster's own history after an erasure: runs that showed something erased are deleted.

What a run shows of a partition holds redacted beginnings of rows and their ids. Dagster deletes
whole runs; what the deleted ones say of other partitions is reported again, as numbers alone.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import dagster as dg

from ftdata.defs.ranges import RANGE_END, RANGE_START
from ftdata.keys import PartitionKey
from ftdata.tables import STAGES

_PAGE = 1_000
_ENDED = [
    dg.DagsterRunStatus.SUCCESS,
    dg.DagsterRunStatus.FAILURE,
    dg.DagsterRunStatus.CANCELED,
]
_FAILED = [dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
_PARTITION = "dagster/partition"
_Fetch = Callable[..., dg.EventRecordsResult]


def forget_runs(instance: dg.DagsterInstance, keys: Collection[PartitionKey]) -> int:
    """Delete the runs that built these partitions before they were last built; returns how many.

    The runs of every dataset and report but the last go too, and failed ones over these partitions.
    A run that has not ended stays.
    """
    names = sorted(map(str, keys))
    assets = sorted(instance.get_asset_keys())
    old = set[str]()
    for asset in assets:
        is_partitioned = asset.to_user_string() in STAGES
        old |= _earlier_runs(instance, asset, names if is_partitioned else None)
    old |= {
        run.run_id
        for run in instance.get_runs(dg.RunsFilter(statuses=_FAILED))
        if any(_is_over(run.tags, key) for key in keys)
    }
    ended = instance.get_runs(dg.RunsFilter(run_ids=sorted(old), statuses=_ENDED)) if old else ()
    gone = [run.run_id for run in ended]
    for asset in assets if gone else ():
        _report_again(instance, asset, set(gone))
    for run_id in gone:
        instance.delete_run(run_id)
    return len(gone)


def _earlier_runs(
    instance: dg.DagsterInstance, asset: dg.AssetKey, partitions: Sequence[str] | None
) -> set[str]:
    """Runs with an event of the asset that is not the last materialisation of its partition."""
    wanted = dg.AssetRecordsFilter(asset, asset_partitions=partitions)
    last = set[str | None]()
    runs = set[str]()
    for record in _records(instance.fetch_materializations, wanted):
        if record.partition_key in last:
            runs.add(record.run_id)
        last.add(record.partition_key)
    runs.update(record.run_id for record in _records(instance.fetch_observations, wanted))
    return runs


def _report_again(instance: dg.DagsterInstance, asset: dg.AssetKey, gone: set[str]) -> None:
    """Report what would be unknown without these runs: the last materialisation of partitions."""
    wanted = dg.AssetRecordsFilter(asset)
    seen = set[str | None]()
    again: list[dg.AssetMaterialization] = []
    for record in _records(instance.fetch_materializations, wanted):
        if record.partition_key not in seen and record.run_id in gone:
            found = record.asset_materialization
            if found is not None:
                again.append(_numbers_of(found))
        seen.add(record.partition_key)
    for one in reversed(again):  # in the order in which they came
        instance.report_runless_asset_event(one)


def _numbers_of(event: dg.AssetMaterialization) -> dg.AssetMaterialization:
    """What keeps a partition current for Dagster: versions in its tags, and counts."""
    numbers = {
        name: value
        for name, value in event.metadata.items()
        if isinstance(value, dg.IntMetadataValue | dg.FloatMetadataValue)
    }
    return dg.AssetMaterialization(
        asset_key=event.asset_key, partition=event.partition, metadata=numbers, tags=event.tags
    )


def _records(fetch: _Fetch, wanted: dg.AssetRecordsFilter) -> Iterator[dg.EventLogRecord]:
    """All records, the newest first."""
    cursor, more = None, True
    while more:
        page = fetch(wanted, limit=_PAGE, cursor=cursor)
        yield from page.records
        cursor, more = page.cursor, page.has_more


def _is_over(tags: Mapping[str, Any], key: PartitionKey) -> bool:
    """Whether a run's tags name the partition, or a range whose days hold it."""
    if tags.get(_PARTITION) == str(key):
        return True
    ends = [str(tags.get(name, "")).partition("|")[0] for name in (RANGE_START, RANGE_END)]
    return all(ends) and ends[0] <= key.date <= ends[1]
