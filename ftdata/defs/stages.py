"""The partitioned assets, from raw logs to splits. Their work is in the stage packages."""

from collections.abc import Iterator

import dagster as dg
from pydantic import Field

from ftdata.defs.partition_runs import estimate_stage, materialize_stage, paid_by
from ftdata.defs.partitions import source_date_partitions
from ftdata.defs.steps import project_tokenizer
from ftdata.defs.table_types import column_schema
from ftdata.freshness import stage_version, upstream
from ftdata.project import OpenChat, Project
from ftdata.tables import CHAINS, STAGES, Stage

DESCRIPTIONS: dict[Stage, str] = {
    "documents": "Documents of the partition's snapshot as titled sections that keep their"
    " structure and can be understood alone. Files that cannot be read are quarantined: private.",
    "generated_examples": "Instructions that the sections answer, with answers taken from them word"
    " for word, each with its place in the document. Not redacted yet: private.",
    "raw_logs": "Records of the partition's raw files, joined into conversations. Malformed lines"
    " are quarantined with file, line and reason. A copy of what the owner put there: private.",
    "cleaned": "Conversations normalised, filtered, redacted, and without duplicates.",
    "formatted": "Canonical chat examples: system prompt, turns, weights, tokens and tags.",
    "augmented": "Examples and the variants derived from them, each with its parent.",
    "validated_splits": "Examples in their groups, dealt to train, validation and test.",
}


class StageConfig(dg.Config):
    """How one run of a stage is meant."""

    dry_run: bool = Field(
        False,
        description="Build nothing: say what would be asked of the model, and what it would cost.",
    )


def stage_assets(project: Project) -> list[dg.AssetsDefinition]:
    """One asset for each stage, in order."""
    return [_stage_asset(project, stage) for stage in STAGES]


def _stage_asset(project: Project, stage: Stage) -> dg.AssetsDefinition:
    kinds = [kind for kind, chain in CHAINS.items() if stage in chain]
    before = [found for kind in kinds if (found := upstream(stage, kind)) is not None]

    @dg.asset(
        name=stage,
        deps=list(dict.fromkeys(before)),
        partitions_def=source_date_partitions(project.settings),
        backfill_policy=dg.BackfillPolicy.single_run(),
        code_version=stage_version(
            stage, project.settings, tokenizer=project_tokenizer(project).name
        ),
        description=DESCRIPTIONS[stage],
        group_name="ftdata",
        kinds={"parquet", "pandas"},
        metadata={"dagster/column_schema": column_schema(stage)},
        output_required=False,
    )
    def asset(
        context: dg.AssetExecutionContext,
        config: StageConfig,
        project: dg.ResourceParam[Project],
        llm: dg.ResourceParam[OpenChat],
    ) -> Iterator[dg.MaterializeResult[None]]:
        own = paid_by(context, project, llm)
        if config.dry_run:
            estimate_stage(context, own, stage)
        elif (result := materialize_stage(context, own, stage)) is not None:
            yield result

    return asset
