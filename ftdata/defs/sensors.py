"""Sensors: the watchers of raw files and of batches, and what evaluates automation conditions."""

import time

import dagster as dg

from ftdata.defs.batches import Ready, can_ask, ready_partitions, waiting_partitions
from ftdata.defs.jobs import build_partitions, refresh_dataset
from ftdata.defs.partitions import SOURCES
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import current_status
from ftdata.defs.watching import Look, look, text_state
from ftdata.errors import ProviderError
from ftdata.llm.batch_client import OpenAIBatches
from ftdata.project import Project
from ftdata.settings import Automation


def _default_status(options: Automation) -> dg.DefaultSensorStatus:
    return dg.DefaultSensorStatus.RUNNING if options.running else dg.DefaultSensorStatus.STOPPED


def raw_files_sensor(project: Project) -> dg.SensorDefinition:
    """Launch one run for each partition whose raw files are new or changed and have settled."""
    options = project.settings.automation

    @dg.sensor(
        name="raw_files",
        jobs=[build_partitions, refresh_dataset],
        minimum_interval_seconds=options.watch_seconds,
        default_status=_default_status(options),
        description="Watches data/raw: new sources, new and changed files, files taken away.",
    )
    def raw_files(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        inventory = look_at_raw(project)
        for problem in inventory.problems:
            context.log.warning(f"{problem.path}: {problem.message}")
        seen = look(
            inventory,
            context.cursor,
            now=time.time(),
            settle_seconds=options.settle_seconds,
            is_built=lambda key, files: current_status(project, key, files).is_current,
        )
        known = set(context.instance.get_dynamic_partitions("sources"))
        new = sorted({key.source for key, _ in seen.launches} - known)
        return dg.SensorResult(
            run_requests=_requests(seen),
            dynamic_partitions_requests=[SOURCES.build_add_request(new)] if new else [],
            cursor=seen.cursor,
        )

    return raw_files


def finish_batches_sensor(project: Project) -> dg.SensorDefinition:
    """Launch one run for each partition whose batches have all ended, from its stage on."""
    options = project.settings.automation

    @dg.sensor(
        name="finish_batches",
        jobs=[build_partitions],
        minimum_interval_seconds=options.watch_seconds,
        default_status=_default_status(options),
        description="Watches the provider's batches: a partition goes on once its own have ended.",
    )
    def finish_batches(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        del context
        if not waiting_partitions(project):
            return dg.SkipReason("no partition waits for a batch")
        if not can_ask():
            return dg.SkipReason("OPENAI_API_KEY is not set here: the provider cannot be asked")
        try:
            ready = ready_partitions(project, lambda: OpenAIBatches.open(project.settings.llm))
        except ProviderError as error:
            return dg.SkipReason(str(error))
        return dg.SensorResult(run_requests=[_finishing(one) for one in ready])

    return finish_batches


def automation_sensor(options: Automation) -> dg.AutomationConditionSensorDefinition:
    """Evaluates the conditions of the dataset and its report where automation is on."""
    return dg.AutomationConditionSensorDefinition(
        name="automation",
        target=dg.AssetSelection.assets("dataset", "dataset_report", "review_sample"),
        default_status=_default_status(options),
    )


def _finishing(ready: Ready) -> dg.RunRequest:
    return dg.RunRequest(
        run_key=f"{ready.key}:{text_state(','.join(ready.batches))}",
        partition_key=str(ready.key),
        job_name=build_partitions.name,
        asset_selection=[dg.AssetKey(stage) for stage in ready.stages],
    )


def _requests(seen: Look) -> list[dg.RunRequest]:
    requests = [
        dg.RunRequest(
            run_key=f"{key}:{state}", partition_key=str(key), job_name=build_partitions.name
        )
        for key, state in seen.launches
    ]
    if seen.gone:
        gone = ",".join(str(key) for key in seen.gone)
        requests.append(
            dg.RunRequest(
                run_key=f"gone:{gone}:{text_state(seen.cursor)}", job_name=refresh_dataset.name
            )
        )
    return requests
