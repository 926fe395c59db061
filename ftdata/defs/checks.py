"""Asset checks of the partitioned stages: one for each rule of `validation.rules`, by one factory.

A run over a range validates the partitions in chunks, and each partition gets its own evaluation.
Blocking rules that fail are noted in the store too, so that a later run cannot build on what
failed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import dagster as dg
import pyarrow as pa

from ftdata.cleaning.control_tokens import tokens_left
from ftdata.cleaning.dedup.fingerprints import distinct_texts
from ftdata.cleaning.pii.claimed import claimed_left
from ftdata.cleaning.pii.paths import private_paths
from ftdata.defs.partition_runs import mistakes_as_failures, selected_keys
from ftdata.defs.partitions import source_date_partitions
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.rejections import TOO_MANY, explain_rejected
from ftdata.defs.steps import chain_of
from ftdata.defs.table_types import conforms, table_type
from ftdata.errors import PartitionError
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.settings import dedup_of
from ftdata.storage import StoredPartition
from ftdata.tables import FIRST_STAGES, PRIVATE_STAGES, STAGES, Stage, empty
from ftdata.validation.frames import PartitionFrames, partition_frames
from ftdata.validation.rules import Rule, rules_for
from ftdata.validation.suites import RuleResult, validate

TYPE_CHECK = "columns_have_their_types"
_SEVERITY = {
    "critical": dg.AssetCheckSeverity.ERROR,
    "warning": dg.AssetCheckSeverity.WARN,
    "info": dg.AssetCheckSeverity.WARN,
}


@dataclass(frozen=True)
class Outcome:
    """What one check says of one partition."""

    check: str
    partition: PartitionKey
    passed: bool
    severity: dg.AssetCheckSeverity
    metadata: dict[str, str | int | float]


def stage_checks(project: Project) -> list[dg.AssetChecksDefinition]:
    """The checks of every partitioned stage."""
    return [_checks_of(project, stage) for stage in STAGES]


def _checks_of(project: Project, stage: Stage) -> dg.AssetChecksDefinition:
    rules = rules_for(stage, project.settings)
    texts = {rule.name: (rule.description, rule.blocking) for rule in rules}
    texts[TYPE_CHECK] = (f"The table is a {table_type(stage).key}, by dagster-pandas.", True)
    partitions = source_date_partitions(project.settings)
    specs = [
        dg.AssetCheckSpec(
            name, asset=stage, description=text, blocking=blocking, partitions_def=partitions
        )
        for name, (text, blocking) in texts.items()
    ]

    @dg.multi_asset_check(name=f"{stage}_checks", specs=specs, can_subset=True)
    def checks(
        context: dg.AssetCheckExecutionContext, project: dg.ResourceParam[Project]
    ) -> Iterator[dg.AssetCheckResult]:
        chosen = {key.name for key in context.selected_asset_check_keys}
        with mistakes_as_failures():
            keys = selected_keys(context.op_execution_context.partition_keys)
            built = _built(project, stage, keys)
            if not built:
                note = {"note": f"the source has no {stage}: there is nothing to check"}
                yield from (
                    dg.AssetCheckResult(
                        asset_key=stage, check_name=name, passed=True, metadata=note
                    )
                    for name in sorted(chosen)
                )
                return
            outcomes = _judge(project, stage, [r for r in rules if r.name in chosen], built)
            if len(chosen) == len(specs):
                _note_failures(project, stage, built, outcomes)
        _tell_rejected(context, project, stage, outcomes)
        for name in sorted(chosen):
            of_check = [outcome for outcome in outcomes if outcome.check == name]
            if len(keys) > 1:
                _log_each(context, stage, of_check)
            yield _summary(stage, name, of_check)

    return checks


def _built(project: Project, stage: Stage, keys: Sequence[PartitionKey]) -> list[StoredPartition]:
    """Those of the partitions that are built; none where their sources are of another kind.

    Raises PartitionError where none is built.
    """
    found = [project.store.read_record(stage, key) for key in keys]
    built = [record for record in found if record is not None]
    if not built and not _are_of_another_kind(project, stage, keys):
        raise PartitionError(f"{stage} of {keys[0]} is not built: materialise it first")
    return built


def _are_of_another_kind(project: Project, stage: Stage, keys: Sequence[PartitionKey]) -> bool:
    """By what is built of the partitions, or else, as where a first stage waits, by their files."""
    others = [first for first in FIRST_STAGES if first != stage]
    if stage in PRIVATE_STAGES and any(
        project.store.read_record(o, k) for o in others for k in keys
    ):
        return True
    files = look_at_raw(project).partitions
    return any(stage not in chain_of(project, key, files[key]) for key in keys if key in files)


def _judge(
    project: Project, stage: Stage, rules: Sequence[Rule], records: Sequence[StoredPartition]
) -> list[Outcome]:
    """Every rule's outcome for every partition, and the type check's."""
    typed: list[Outcome] = []
    options = project.settings.cleaning

    def frames() -> Iterator[PartitionFrames]:
        for record in records:
            key = record.key
            table = project.store.read_table(stage, key)
            passed, text = conforms(stage, table)
            observed = {"rows": table.num_rows, "observed": text or "as documented"}
            typed.append(
                Outcome(TYPE_CHECK, key, passed, dg.AssetCheckSeverity.ERROR, {**observed})
            )
            yield partition_frames(
                record,
                table,
                project.store.read_drops(stage, key),
                pii_left=partial(claimed_left, options=options.pii),
                tokens_left=partial(tokens_left, options=options.control_tokens),
                dedup_texts=partial(distinct_texts, options=dedup_of(project.settings, key.source)),
                sections=_sections(project, record),
                private_paths=lambda paths: private_paths(empty("raw_logs"), paths, options.pii),
            )

    return [_outcome(result) for result in validate(stage, rules, frames())] + typed


def _sections(project: Project, record: StoredPartition) -> pa.Table | None:
    """What generated examples were made of, where it is still there."""
    output = record.inputs.get("documents")
    return project.store.read_output("documents", record.key, output) if output else None


def _tell_rejected(
    context: dg.AssetCheckExecutionContext,
    project: Project,
    stage: Stage,
    outcomes: Sequence[Outcome],
) -> None:
    """Into the run's log: a check's own result has no room for a list of files."""
    for outcome in outcomes:
        if outcome.check == TOO_MANY and not outcome.passed:
            record = project.store.existing_record(stage, outcome.partition)
            told = explain_rejected(project, record)
            context.log.error(f"{outcome.partition}: {told}")


def _outcome(result: RuleResult) -> Outcome:
    shown: dict[str, str | int | float] = {
        "expected": result.expected,
        "observed": result.observed,
        "severity": result.rule.severity,
    }
    if not result.passed:
        shown |= {"unexpected": result.unexpected, "samples": ", ".join(result.samples)}
    severity = _SEVERITY[result.rule.severity]
    return Outcome(result.rule.name, result.partition, result.passed, severity, shown)


def _note_failures(
    project: Project,
    stage: Stage,
    records: Sequence[StoredPartition],
    outcomes: Sequence[Outcome],
) -> None:
    failed: dict[PartitionKey, list[str]] = {record.key: [] for record in records}
    for outcome in outcomes:
        if not outcome.passed and outcome.severity == dg.AssetCheckSeverity.ERROR:
            failed[outcome.partition].append(outcome.check)
    for record in records:
        project.store.set_failed_checks(stage, record.key, failed[record.key], record.output)


def _log_each(
    context: dg.AssetCheckExecutionContext, stage: Stage, outcomes: Sequence[Outcome]
) -> None:
    # One result for a run over many partitions would be stored without a partition.
    for outcome in outcomes:
        evaluation = dg.AssetCheckEvaluation(
            asset_key=dg.AssetKey(stage),
            check_name=outcome.check,
            passed=outcome.passed,
            severity=outcome.severity,
            metadata=outcome.metadata,
            partition=str(outcome.partition),
        )
        # Its signature leaves evaluations out; that they are stored is pinned by a test.
        context.op_execution_context.log_event(evaluation)  # type: ignore[arg-type]


def _summary(stage: Stage, name: str, outcomes: Sequence[Outcome]) -> dg.AssetCheckResult:
    failed = [outcome for outcome in outcomes if not outcome.passed]
    metadata: dict[str, str | int | float] = {}
    if len(outcomes) > 1:
        shown = ", ".join(str(outcome.partition) for outcome in failed[:10])
        metadata = {"partitions": len(outcomes), "failed": len(failed), "partitions failed": shown}
    if failed or len(outcomes) == 1:
        metadata = {**(failed or outcomes)[0].metadata, **metadata}
    worst = failed[0].severity if failed else dg.AssetCheckSeverity.ERROR
    return dg.AssetCheckResult(
        asset_key=stage, check_name=name, passed=not failed, severity=worst, metadata=metadata
    )
