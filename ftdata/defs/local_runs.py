"""Dagster runs in this process: why one failed, and what killed builds left behind."""

import re
from collections.abc import Iterator, Sequence

import dagster as dg

from ftdata.defs.location import definitions_for
from ftdata.defs.partition_runs import PAID_TAG
from ftdata.project import Project
from ftdata.storage import content_hash

# Runs of `ftdata build` carry it, with a hash of the data folder they work on.
BUILD_TAG = "ftdata/build"
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
# Its text names the checks alone: which partition failed them, and why, is in the store.
_CHECKS_FAILED = "DagsterAssetCheckFailedError"
_LINES = re.compile(r"\n(?! )")  # a line that is indented belongs to the one before
_INTERRUPTS = (KeyboardInterrupt.__name__, dg.DagsterExecutionInterruptedError.__name__)
_UNENDED = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def run_job(
    project: Project,
    instance: dg.DagsterInstance,
    job: str,
    tags: dict[str, str],
    assets: Sequence[str],
) -> list[str]:
    """Run these assets of a job here, with their checks; returns why it failed, if it did.

    Checks of partitions that failed are not told here: they are noted in the store.
    Raises KeyboardInterrupt where the user interrupted it: Dagster would count that as a failure.
    """
    definition = definitions_for(project).resolve_job_def(job)
    result = definition.execute_in_process(
        instance=instance,
        tags={**tags, BUILD_TAG: _folder_tag(project), PAID_TAG: project.run},
        run_config=_QUIET,
        raise_on_error=False,
        asset_selection=[dg.AssetKey(name) for name in assets],
    )
    return [message for event in result.all_events for message in _failure(event)]


def end_dead_runs(project: Project, instance: dg.DagsterInstance) -> None:
    """Mark the runs of killed builds as failed: they would show, and count, as running for ever.

    Only the one build that may work on the data folder can say that the others are dead.
    """
    wanted = dg.RunsFilter(tags={BUILD_TAG: _folder_tag(project)}, statuses=_UNENDED)
    for run in instance.get_runs(wanted):
        instance.report_run_failed(run, "its `ftdata build` was killed")


def _folder_tag(project: Project) -> str:
    return content_hash(str(project.store.data).encode())


def _failure(event: dg.DagsterEvent) -> Iterator[str]:
    if not event.is_step_failure:
        return
    data = event.step_failure_data
    if data.user_failure_data is not None and data.user_failure_data.description:
        yield from _LINES.split(data.user_failure_data.description)
        return
    error = data.error
    while error is not None:
        if error.cls_name in _INTERRUPTS:
            raise KeyboardInterrupt
        if error.cause is None:
            break
        error = error.cause
    if error is None:
        yield f"{event.step_key} failed"
    elif error.cls_name != _CHECKS_FAILED:
        yield error.message.strip()
