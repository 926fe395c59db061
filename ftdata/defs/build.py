"""`ftdata build`: materialise what is missing or stale, then the dataset, in this process.

The runs are Dagster runs like any other: they stand in the instance's history with their events,
metadata and checks, and the web UI shows them.
"""

import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import dagster as dg
import sqlalchemy.event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from yaml import YAMLError

from ftdata.defs.batches import WaitingPartition, waiting_partitions
from ftdata.defs.dataset_steps import DatasetState, dataset_state
from ftdata.defs.duplicate_index import mend_if_needed
from ftdata.defs.erased_runs import forget_runs
from ftdata.defs.erasing import Progressed, bring_to_end, take_out_reviews
from ftdata.defs.jobs import build_partitions, refresh_dataset
from ftdata.defs.local_runs import end_dead_runs, run_job
from ftdata.defs.ranges import RANGE_END, RANGE_START, cover
from ftdata.defs.raw_files import look_at_raw, partition_statuses
from ftdata.defs.rejections import Rejected, explain_failure, rejections
from ftdata.defs.report_steps import is_reported, read_failed
from ftdata.defs.review_steps import is_paged
from ftdata.errors import UsageError
from ftdata.freshness import PartitionStatus
from ftdata.ingest.inventory import Inventory, RawProblem
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.release.read import require_pinned
from ftdata.tables import CHAINS

_UNPARTITIONED = ("dataset", "dataset_report", "review_sample")


@dataclass(frozen=True)
class BuildReport:
    """What a build did."""

    partitions: int  # that have raw files
    built: tuple[PartitionKey, ...]
    unbuilt: tuple[PartitionKey, ...]  # failed or blocked, in canonical order
    waiting: tuple[WaitingPartition, ...]  # for batches; they are not among the unbuilt
    messages: tuple[str, ...]  # why, one for each failure
    problems: tuple[RawProblem, ...]  # files in the raw folder that belong to no partition
    gone: tuple[PartitionKey, ...]  # taken out of the dataset, for their raw files are gone
    rejected: tuple[Rejected, ...]  # of each source what could not be read
    dataset: DatasetState
    refreshed: bool  # whether the dataset was assembled anew
    warnings: tuple[str, ...] = ()  # names of the report's claims that do not hold
    erasures: Progressed | None = None  # that had not come to their end before

    @property
    def succeeded(self) -> bool:
        """Nothing failed, nothing is blocked, and there is a dataset or will be."""
        is_there = self.dataset.version is not None or bool(self.waiting)
        return not self.unbuilt and not self.messages and is_there


def _spare_disk(connection: object, _record: object) -> None:
    # Dagster commits each event by itself, thousands in a build. Without waiting for the disk at
    # each one a build takes half the time; a power cut may cost the last events, never the file.
    # What is deleted is overwritten, so that an erasure leaves no bytes of it in there.
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=NORMAL").close()
        connection.execute("PRAGMA secure_delete=ON").close()


@contextmanager
def open_instance(root: Path) -> Iterator[dg.DagsterInstance]:
    """The instance of DAGSTER_HOME, or of the project folder's dagster.yaml."""
    if not sqlalchemy.event.contains(Engine, "connect", _spare_disk):
        sqlalchemy.event.listen(Engine, "connect", _spare_disk)
    home = os.environ.get("DAGSTER_HOME")
    with ExitStack() as stack:
        try:
            opened = dg.DagsterInstance.get() if home else _instance_of(root)
            instance = stack.enter_context(opened)
        except (dg.DagsterError, SQLAlchemyError, YAMLError) as error:
            named = f"DAGSTER_HOME={home}" if home else str(root / "dagster.yaml")
            raise UsageError(
                f"{named}: no Dagster instance can be opened there: {error}"
            ) from error
        yield instance


def _instance_of(root: Path) -> dg.DagsterInstance:
    # A folder without dagster.yaml is served by the one that `ftdata init` writes.
    folder = root if (root / "dagster.yaml").exists() else files("ftdata").joinpath("templates")
    return dg.DagsterInstance.from_config(str(folder))


def register_sources(instance: dg.DagsterInstance, inventory: Inventory) -> list[str]:
    """Make every source that has partitions a dynamic partition; returns the registered order."""
    known = list(instance.get_dynamic_partitions("sources"))
    new = sorted({key.source for key in inventory.partitions} - set(known))
    if new:
        instance.add_dynamic_partitions("sources", new)
    return known + new


def build(
    project: Project,
    instance: dg.DagsterInstance,
    only: Collection[PartitionKey] | None = None,
) -> BuildReport:
    """Build every partition that is not current, then dataset and report if anything changed.

    With `only` no other partition is built. A partition that fails does not hold up the others:
    what is left of its range is run again without it. Raises ReleaseError where `splits.pin` names
    no version.
    """
    require_pinned(project.store.data, project.settings.splits.pin)
    end_dead_runs(project, instance)
    reviews = take_out_reviews(project)
    inventory = look_at_raw(project)
    before = partition_statuses(project, inventory)
    mend_if_needed(project)
    chosen = before.keys() if only is None else before.keys() & only
    pending = {key for key in chosen if not before[key].is_current}
    wanted = {key: before[key] for key in sorted(pending) if not before[key].is_blocked}
    messages = _run_on(project, instance, inventory, before, wanted)
    statuses = partition_statuses(project, inventory) if pending else before
    behind = {key for key in chosen if not statuses[key].is_current}
    waiting = _waiting(project, statuses)
    unbuilt = tuple(sorted(behind - {one.key for one in waiting}))
    messages += _untold(project, [statuses[key] for key in unbuilt], messages)
    state = dataset_state(project, inventory)
    gone, is_any_built = state.gone, any("validated_splits" in s.records for s in statuses.values())
    stale = _stale(project, state, is_any_built)
    if stale:
        messages += run_job(project, instance, refresh_dataset.name, {}, stale)
        state = dataset_state(project, inventory)
    return BuildReport(
        partitions=len(before),
        built=tuple(sorted(pending - behind)),
        unbuilt=unbuilt,
        waiting=waiting,
        messages=tuple(dict.fromkeys(messages)),
        problems=inventory.problems,
        gone=gone,
        rejected=rejections(project, statuses.values()),
        dataset=state,
        refreshed=stale == _UNPARTITIONED and state.is_current,
        warnings=read_failed(state.release) if state.release is not None else (),
        erasures=bring_to_end(
            project, statuses, state, lambda keys: forget_runs(instance, keys), reviews
        ),
    )


def _stale(project: Project, state: DatasetState, is_any_built: bool) -> tuple[str, ...]:
    """Which of dataset, report and review page are to be made anew."""
    if not state.is_current:
        return _UNPARTITIONED if is_any_built or state.release is not None else ()
    if state.release is None:
        return ()
    there = {
        "dataset_report": is_reported(project, state.release),
        "review_sample": is_paged(project, state.release),
    }
    return tuple(name for name, is_there in there.items() if not is_there)


def _run_on(
    project: Project,
    instance: dg.DagsterInstance,
    inventory: Inventory,
    before: Mapping[PartitionKey, PartitionStatus],
    wanted: Mapping[PartitionKey, PartitionStatus],
) -> list[str]:
    """Run partitions as long as that brings any of them further; returns what failed."""
    messages: list[str] = []
    sources = register_sources(instance, inventory)
    while wanted:
        messages += _run_all(project, instance, wanted, set(before) - set(wanted), sources)
        after = partition_statuses(project, inventory)
        waiting = {one.key for one in _waiting(project, after)}
        left = {key for key in wanted if not after[key].is_current} - waiting
        wanted = _worth_another_run(wanted, {key: after[key] for key in sorted(left)})
    return messages


def _waiting(
    project: Project, statuses: Mapping[PartitionKey, PartitionStatus]
) -> tuple[WaitingPartition, ...]:
    """Those whose next stage waits for a batch: what failed before it is no waiting."""
    return tuple(
        one
        for one in waiting_partitions(project)
        if one.key in statuses and statuses[one.key].first_stale == one.stage
    )


def _untold(
    project: Project, unbuilt: Sequence[PartitionStatus], messages: Sequence[str]
) -> Iterator[str]:
    """Why partitions are not built of which the failures of runs say nothing: checks failed."""
    for status in unbuilt:
        if not any(message.startswith(f"{status.key}: ") for message in messages):
            yield explain_failure(project, status)


def _run_all(
    project: Project,
    instance: dg.DagsterInstance,
    wanted: Mapping[PartitionKey, PartitionStatus],
    others: Collection[PartitionKey],
    sources: Sequence[str],
) -> list[str]:
    """Run each partition from its first stage that is not current on; returns what failed."""
    messages = []
    for chain in dict.fromkeys(CHAINS.values()):
        for at, stage in enumerate(chain):
            group = {
                key
                for key, status in wanted.items()
                if status.first_stale == stage and tuple(status.states) == chain
            }
            for chosen in cover(group, {*others, *wanted} - group, sources):
                tags = {RANGE_START: str(chosen.first), RANGE_END: str(chosen.last)}
                messages += run_job(project, instance, build_partitions.name, tags, chain[at:])
    return messages


def _worth_another_run(
    before: Mapping[PartitionKey, PartitionStatus], left: Mapping[PartitionKey, PartitionStatus]
) -> dict[PartitionKey, PartitionStatus]:
    """What a failed run left behind and was not itself the reason.

    A step that fails for one partition ends the run for all: those that came furthest go on
    without the ones that did not.
    """
    furthest = max((status.progress for status in left.values()), default=0)
    going = {
        key: status
        for key, status in left.items()
        if status.progress == furthest and not status.is_blocked
    }
    moved = any(status.progress != before[key].progress for key, status in going.items())
    return going if moved or len(going) < len(before) else {}
