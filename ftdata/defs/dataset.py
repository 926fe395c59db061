"""The dataset asset. Its checks are its gate: a version that fails one is not published."""

from collections.abc import Iterator

import dagster as dg

from ftdata.defs.dataset_checks import SPECS, Gate, check_results
from ftdata.defs.dataset_metadata import dataset_metadata
from ftdata.defs.dataset_steps import assemble
from ftdata.defs.partition_runs import mistakes_as_failures
from ftdata.defs.steps import project_tokenizer
from ftdata.freshness import stage_version
from ftdata.project import Project

# Partition runs refresh the dataset. Not `eager()` as it is: that waits for every day of every
# source, and most days have no raw files.
ON_CHANGE = dg.AutomationCondition.eager().without(~dg.AutomationCondition.any_deps_missing())


def dataset_asset(project: Project) -> dg.AssetsDefinition:
    """One unpartitioned asset; `dataset_report` stands behind it."""
    name = project_tokenizer(project).name

    @dg.asset(
        deps=["validated_splits"],
        code_version=stage_version("dataset", project.settings, tokenizer=name),
        automation_condition=ON_CHANGE if project.settings.automation.dataset_on_change else None,
        check_specs=SPECS,
        description="Every current partition in one dataset: duplicates and splits settled over"
        " all of them, train, validation and test files, exports, card and manifest.",
        group_name="ftdata",
        kinds={"jsonl", "parquet"},
    )
    def dataset(
        context: dg.AssetExecutionContext, project: dg.ResourceParam[Project]
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        gate = Gate(project)
        with mistakes_as_failures():
            assembled = assemble(project, gate)
        yield from check_results(project, assembled, gate)
        if not assembled.release.is_published:
            raise dg.Failure(
                f"dataset failed {', '.join(gate.failed)}, so the newest one is still the one"
                " before: the check's samples in the web UI name the rows"
            )
        version = dg.DataVersion(assembled.release.version)
        yield dg.MaterializeResult(metadata=dataset_metadata(assembled), data_version=version)
        context.log.info(f"dataset {assembled.release.version} is the newest")

    return dataset
