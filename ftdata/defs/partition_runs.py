"""Runs over partitions: one or a range, built one by one, so that memory does not grow with it.

A mistake of the user's fails the run with its own message. In a range the other partitions are
built and recorded all the same.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import dagster as dg

from ftdata.defs.estimate import estimate
from ftdata.defs.metadata import partition_metadata
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import build_stage, chain_of, forget_other_kind
from ftdata.errors import BatchPendingError, FtdataError, PartitionError, fault_of
from ftdata.ingest.inventory import Inventory, RawFile
from ftdata.keys import PartitionKey, SourceKind
from ftdata.message_words import place_of
from ftdata.project import OpenChat, Project
from ftdata.storage import StoredPartition, content_hash
from ftdata.tables import CHAINS, PRIVATE_STAGES, STAGES, Stage, StageResult

PAID_TAG = "ftdata/paid"  # runs that carry the same are paid for together
LOG_EVERY = 10  # partitions of a range: every line is an event that Dagster stores


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


def with_raw_files(keys: Sequence[PartitionKey], inventory: Inventory) -> list[PartitionKey]:
    """Those of the keys that have raw files. Raises PartitionError where none has."""
    found = [key for key in keys if key in inventory.partitions]
    if not found:
        first = keys[0]
        place = place_of(inventory.sources.get(first.source), first.source, first.date)
        raise PartitionError(
            f"no raw files for {', '.join(str(key) for key in keys[:3])}: put {place}"
            " below the data folder"
        )
    return found


def require_stage(
    stage: Stage, key: PartitionKey, kind: SourceKind, selected: Collection[str]
) -> None:
    """Raise PartitionError where a run's assets do not fit the kind of the partition's source.

    A run over all assets passes over those of the other kinds; one that has none of its own kind's
    first stages was meant otherwise.
    """
    chain = CHAINS[kind]
    if stage in chain or any(own in selected for own in chain if own in PRIVATE_STAGES):
        return
    kinds = " or ".join(other for other, stages in CHAINS.items() if stage in stages)
    raise PartitionError(
        f"{key} has no {stage}, which is of {kinds}: its source, {key.source}, is of kind {kind}."
        f" Select {','.join(chain)} instead"
    )


def paid_by(context: dg.AssetExecutionContext, project: Project, llm: OpenChat) -> Project:
    """The project as this run uses it: its model, and the run that what it asks is paid for by.

    The runs of one backfill, and those of one `ftdata build`, are paid for together.
    """
    tags = context.run.tags
    run = tags.get(PAID_TAG) or tags.get("dagster/backfill") or context.run.run_id
    return replace(project, open_chat=llm, run=run)


def estimate_stage(context: dg.AssetExecutionContext, project: Project, stage: Stage) -> None:
    """Tell what the stage would ask of the model for the run's partitions; nothing is built."""
    with mistakes_as_failures():
        inventory = look_at_raw(project)
        keys = with_raw_files(selected_keys(context.partition_keys), inventory)
        found = estimate(project, keys, [stage])
    for line in found.lines:
        cost = "unknown: no price" if line.cost is None else round(line.cost, 6)
        told = {
            "requests": line.requests,
            "answered from the cache": line.cached,
            "prompt tokens, about": line.expected.prompt,
            "completion tokens, about": line.expected.completion,
            "cost, about": cost,
        }
        context.log.info(f"dry run: {stage} of {line.source}: {told}")
        metadata = {"dry_run": True, **told}
        context.log_event(dg.AssetObservation(asset_key=stage, metadata=metadata))
    if not found.lines:
        context.log.info(f"dry run: {stage} asks no model, as the settings stand")


@dataclass
class _Done:
    """What became of the partitions of a run."""

    built: list[StoredPartition] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    pending: dict[PartitionKey, str] = field(default_factory=dict)  # what each waits for


def materialize_stage(
    context: dg.AssetExecutionContext, project: Project, stage: Stage
) -> dg.MaterializeResult[None] | None:
    """Build the stage for every partition of the run and report each by itself.

    None where a partition waits for a batch: the others are recorded, and what comes after the
    stage is skipped in this run.
    """
    with mistakes_as_failures():
        inventory = look_at_raw(project)
        files = inventory.partitions
        selected = selected_keys(context.partition_keys)
        found = with_raw_files(selected, inventory)
        keys = [key for key in found if stage in chain_of(project, key, files[key])]
        if not keys:
            kind = inventory.sources[found[0].source]
            require_stage(stage, found[0], kind, _selected_stages(context))
        done = _build_all(context, project, stage, {key: files[key] for key in keys})
    if done.failures or done.pending:
        _record_built(context, done.built)
    if done.failures:
        raise dg.Failure(description="\n".join(done.failures), allow_retries=False)
    if done.pending:
        return None
    for key in sorted(set(selected) - set(keys)):
        _note_nothing(context, stage, key, has_files=key in files)
    version = content_hash("".join(record.output for record in done.built).encode())
    return dg.MaterializeResult(data_version=dg.DataVersion(version))


def _build_all(
    context: dg.AssetExecutionContext,
    project: Project,
    stage: Stage,
    files: Mapping[PartitionKey, Sequence[RawFile]],
) -> _Done:
    done = _Done()
    project.progress.start(stage, len(files))
    for key in files:
        try:
            record, result = _build(context, project, stage, key, files[key])
        except BatchPendingError as error:
            done.pending[key] = str(error)
            _note_pending(context, stage, key, str(error))
            continue
        except Exception as error:  # noqa: BLE001 - told at the end; the others come first
            done.failures.append(f"{key}: {_told(error)}")
            continue
        done.built.append(record)
        context.add_asset_metadata(
            partition_metadata(record, result, project.settings.cleaning.pii),
            asset_key=stage,
            partition_key=str(key),
        )
        if len(done.built) % LOG_EVERY == 0 or len(files) < LOG_EVERY:
            context.log.info(_line(record, len(done.built), len(files)))
        project.progress.advance(stage, str(key))
    project.progress.finish(stage)
    return done


def _note_pending(
    context: dg.AssetExecutionContext, stage: Stage, key: PartitionKey, told: str
) -> None:
    """Nothing is wrong, and nothing is built: the partition stays missing."""
    context.log.info(f"{key}: {stage} waits: {told}")
    note = {"waits for a batch": told}
    context.log_event(dg.AssetObservation(asset_key=stage, partition=str(key), metadata=note))


def _selected_stages(context: dg.AssetExecutionContext) -> list[str]:
    chosen = context.run.asset_selection  # nothing where the run is of a whole job
    return [key.to_user_string() for key in chosen] if chosen else list(STAGES)


def _build(
    context: dg.AssetExecutionContext,
    project: Project,
    stage: Stage,
    key: PartitionKey,
    files: Sequence[RawFile],
) -> tuple[StoredPartition, StageResult]:
    """Build one partition's stage; with its first one, what another kind left there goes."""
    built = build_stage(project, stage, key, files)
    if stage == chain_of(project, key, files)[0]:
        gone = forget_other_kind(project, key, files)
        if gone:
            told = f"{key}: its source was of another kind before: {', '.join(gone)} taken away"
            context.log.info(told)
    return built


def _note_nothing(
    context: dg.AssetExecutionContext, stage: Stage, key: PartitionKey, *, has_files: bool
) -> None:
    note = f"its source has no {stage}" if has_files else "no raw files on this day"
    nothing = {"rows_in": 0, "note": f"{note}: nothing is built"}
    context.add_asset_metadata(nothing, asset_key=stage, partition_key=str(key))


def _told(error: Exception) -> str:
    """A mistake's own message; of a fault of ours its kind and place, for its text may quote."""
    if isinstance(error, FtdataError):
        return str(error)
    return f"{fault_of(error)}: this is a fault of ftdata, please report it"


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
