"""`ftdata build`: materialise what is missing or stale, then the dataset, in this process.

The runs are Dagster runs like any other: they stand in the instance's history with their events,
metadata and checks, and the web UI shows them.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import sqlalchemy.event
from sqlalchemy.engine import Engine

from ftdata.definitions import definitions_for
from ftdata.defs.dataset_steps import DatasetState, dataset_state
from ftdata.defs.jobs import build_partitions, refresh_dataset
from ftdata.defs.ranges import Range, cover
from ftdata.defs.steps import current_status
from ftdata.freshness import PartitionStatus
from ftdata.ingest.inventory import Inventory, RawProblem, scan_raw
from ftdata.keys import PartitionKey
from ftdata.project import Project

RANGE_START = "dagster/asset_partition_range_start"
RANGE_END = "dagster/asset_partition_range_end"
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class BuildReport:
    """What a build did."""

    built: tuple[PartitionKey, ...]
    unbuilt: tuple[PartitionKey, ...]  # failed or blocked, in canonical order
    messages: tuple[str, ...]  # why, one for each failure
    problems: tuple[RawProblem, ...]  # files in the raw folder that belong to no partition
    gone: tuple[PartitionKey, ...]  # taken out of the dataset, for their raw files are gone
    dataset: DatasetState
    refreshed: bool  # whether the dataset was assembled anew

    @property
    def succeeded(self) -> bool:
        """Nothing failed, nothing is blocked, and there is a dataset."""
        return not self.unbuilt and not self.messages and self.dataset.version is not None


def _spare_disk(connection: object, _record: object) -> None:
    # Dagster commits each event by itself, thousands in a build. Without waiting for the disk at
    # each one a build takes half the time; a power cut may cost the last events, never the file.
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=NORMAL").close()


@contextmanager
def open_instance(root: Path) -> Iterator[dg.DagsterInstance]:
    """The instance of DAGSTER_HOME, or of the project folder's dagster.yaml."""
    if not sqlalchemy.event.contains(Engine, "connect", _spare_disk):
        sqlalchemy.event.listen(Engine, "connect", _spare_disk)
    if os.environ.get("DAGSTER_HOME"):
        with dg.DagsterInstance.get() as instance:
            yield instance
    else:
        with dg.DagsterInstance.from_config(str(root)) as instance:
            yield instance


def register_sources(instance: dg.DagsterInstance, inventory: Inventory) -> list[str]:
    """Make every source that has partitions a dynamic partition; returns the registered order."""
    known = list(instance.get_dynamic_partitions("sources"))
    new = sorted({key.source for key in inventory.partitions} - set(known))
    if new:
        instance.add_dynamic_partitions("sources", new)
    return known + new


def partition_statuses(
    project: Project, inventory: Inventory
) -> dict[PartitionKey, PartitionStatus]:
    """State of every partition that has raw files."""
    return {key: current_status(project, key, files) for key, files in inventory.partitions.items()}


def build(project: Project, instance: dg.DagsterInstance) -> BuildReport:
    """Build every partition that is not current, then the dataset if anything changed.

    A partition that fails does not hold up the others: what is left of its range is run again
    without it.
    """
    inventory = scan_raw(project.store.data, project.settings)
    sources = register_sources(instance, inventory)
    before = partition_statuses(project, inventory)
    pending = {key for key, status in before.items() if not status.is_current}
    stuck = {key for key in pending if before[key].is_blocked}
    messages: list[str] = []
    wanted = pending - stuck
    while wanted:
        for chosen in cover(wanted, set(before) - wanted, sources):
            messages += _run_range(project, instance, chosen)
        after = partition_statuses(project, inventory)
        left = {key for key in wanted if not after[key].is_current}
        stuck |= {key for key in left if _cannot_go_on(after[key])}
        wanted = left - stuck if left - stuck != wanted else set()
    statuses = partition_statuses(project, inventory)
    unbuilt = tuple(sorted(key for key in statuses if not statuses[key].is_current))
    state, refreshed = dataset_state(project, inventory), False
    gone = state.gone
    if not state.is_current:
        messages += _run(project, instance, refresh_dataset.name, {})
        state, refreshed = dataset_state(project, inventory), True
    return BuildReport(
        built=tuple(sorted(pending - set(unbuilt))),
        unbuilt=unbuilt,
        messages=tuple(dict.fromkeys(messages)),
        problems=inventory.problems,
        gone=gone,
        dataset=state,
        refreshed=refreshed,
    )


def _cannot_go_on(status: PartitionStatus) -> bool:
    return status.is_blocked or status.states["raw_logs"] != "current"


def _run_range(project: Project, instance: dg.DagsterInstance, chosen: Range) -> list[str]:
    tags = {RANGE_START: str(chosen.first), RANGE_END: str(chosen.last)}
    return _run(project, instance, build_partitions.name, tags)


def _run(
    project: Project, instance: dg.DagsterInstance, job: str, tags: dict[str, str]
) -> list[str]:
    """Run a job here; returns why it failed, if it did."""
    definition = definitions_for(project).resolve_job_def(job)
    result = definition.execute_in_process(
        instance=instance, tags=tags, run_config=_QUIET, raise_on_error=False
    )
    return [message for event in result.all_events for message in _failure(event)]


def _failure(event: dg.DagsterEvent) -> list[str]:
    if not event.is_step_failure:
        return []
    data = event.step_failure_data
    if data.user_failure_data is not None and data.user_failure_data.description:
        return data.user_failure_data.description.splitlines()
    error = data.error
    while error is not None and error.cause is not None:
        error = error.cause
    return [error.message.strip() if error is not None else f"{event.step_key} failed"]
