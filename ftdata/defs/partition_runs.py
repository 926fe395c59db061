"""Runs over partitions: one or a range, built one by one, so that memory does not grow with it.

A mistake of the user's fails the run with its own message. In a range the other partitions are
built and recorded all the same.
"""

import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from ftdata.defs.metadata import partition_metadata
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import build_stage, chain_of
from ftdata.errors import FtdataError, PartitionError
from ftdata.ingest.inventory import RawFile
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.storage import StoredPartition, content_hash
from ftdata.tables import Stage

LOG_EVERY = 10  # partitions of a range: every line is an event that Dagster stores
Files = Mapping[PartitionKey, Sequence[RawFile]]


@contextmanager
def mistakes_as_failures() -> Iterator[None]:
    """Show a user's mistake as the failure's description, without a traceback."""
    try:
        yield
    except FtdataError as error:
        raise dg.Failure(description=str(error), allow_retries=False) from None


def selected_keys(partition_keys: Sequence[str]) -> list[PartitionKey]:
    """The run's partitions in canonical order. Raises PartitionError where there are none."""
    if not partition_keys:
        raise PartitionError(
            "the selection holds no partition. In a range such as `2025-03-01|a...2025-03-02|b`"
            " sources count in the order in which they were registered: swap the two sources"
            " (`ftdata sources` lists them), or name one source on both ends."
        )
    return sorted(PartitionKey.parse(key) for key in partition_keys)


def with_raw_files(keys: Sequence[PartitionKey], files: Files) -> list[PartitionKey]:
    """Those of the keys that have raw files. Raises PartitionError where none has."""
    found = [key for key in keys if key in files]
    if not found:
        first = keys[0]
        raise PartitionError(
            f"no raw files for {', '.join(str(key) for key in keys[:3])}: put records at"
            f" raw/{first.source}/{first.date}.jsonl below the data folder"
        )
    return found


def materialize_stage(
    context: dg.AssetExecutionContext, project: Project, stage: Stage
) -> dg.MaterializeResult[None]:
    """Build the stage for every partition of the run and report each by itself."""
    built: list[StoredPartition] = []
    failures: list[str] = []
    with mistakes_as_failures():
        files = look_at_raw(project).partitions
        selected = selected_keys(context.partition_keys)
        found = with_raw_files(selected, files)
        keys = [key for key in found if stage in chain_of(project, key, files[key])]
        project.progress.start(stage, len(keys))
        for key in keys:
            try:
                record, result = build_stage(project, stage, key, files[key])
            except Exception as error:  # noqa: BLE001 - told at the end; the others come first
                failures.append(f"{key}: {_told(error)}")
                continue
            built.append(record)
            context.add_asset_metadata(
                partition_metadata(record, result, project.settings.cleaning.pii),
                asset_key=stage,
                partition_key=str(key),
            )
            if len(built) % LOG_EVERY == 0 or len(keys) < LOG_EVERY:
                context.log.info(_line(record, len(built), len(keys)))
            project.progress.advance(stage, str(key))
        project.progress.finish(stage)
    if failures:
        _record_built(context, built)
        raise dg.Failure(description="\n".join(failures), allow_retries=False)
    for key in sorted(set(selected) - set(keys)):
        note = "no raw files on this day" if key not in files else f"its source has no {stage}"
        nothing = {"rows_in": 0, "note": f"{note}: nothing is built"}
        context.add_asset_metadata(nothing, asset_key=stage, partition_key=str(key))
    version = content_hash("".join(record.output for record in built).encode())
    return dg.MaterializeResult(data_version=dg.DataVersion(version))


def _told(error: Exception) -> str:
    """A mistake's own message; of a fault of ours its kind and place, for its text may quote."""
    if isinstance(error, FtdataError):
        return str(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"{type(error).__name__} at {where}: this is a fault of ftdata, please report it"


def _line(record: StoredPartition, done: int, total: int) -> str:
    return (
        f"{done} of {total}: {record.key}: {record.rows_in} in, {record.rows_out} out,"
        f" {record.rows_dropped} dropped, {record.rows_quarantined} quarantined"
    )


def _record_built(context: dg.AssetExecutionContext, built: Sequence[StoredPartition]) -> None:
    # A failed step records nothing by itself, and these partitions are built.
    for record in built:
        context.log_event(
            dg.AssetMaterialization(asset_key=record.stage, partition=str(record.key))
        )
