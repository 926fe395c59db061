"""Asset checks of the partitioned stages: one for each rule of `validation.rules`, by one factory.

A run over a range validates the partitions in chunks, and each partition gets its own evaluation.
Blocking rules that fail are noted in the store too, so that a later run cannot build on what
failed.
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from ftdata.cleaning.dedup.fingerprints import dedup_texts
from ftdata.cleaning.pii.leftovers import pii_left
from ftdata.defs.partition_runs import mistakes_as_failures, selected_keys
from ftdata.defs.partitions import source_date_partitions
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.tables import STAGES, Stage
from ftdata.validation.frames import PartitionFrames, partition_frames
from ftdata.validation.rules import Rule, rules_for
from ftdata.validation.suites import RuleResult, validate

_SEVERITY = {
    "critical": dg.AssetCheckSeverity.ERROR,
    "warning": dg.AssetCheckSeverity.WARN,
    "info": dg.AssetCheckSeverity.WARN,
}


def stage_checks(project: Project) -> list[dg.AssetChecksDefinition]:
    """The checks of every partitioned stage."""
    return [_checks_of(project, stage) for stage in STAGES]


def _checks_of(project: Project, stage: Stage) -> dg.AssetChecksDefinition:
    rules = rules_for(stage, project.settings)
    partitions = source_date_partitions(project.settings)
    specs = [
        dg.AssetCheckSpec(
            name=rule.name,
            asset=stage,
            description=rule.description,
            blocking=rule.blocking,
            partitions_def=partitions,
        )
        for rule in rules
    ]

    @dg.multi_asset_check(name=f"{stage}_checks", specs=specs, can_subset=True)
    def checks(
        context: dg.AssetCheckExecutionContext, project: dg.ResourceParam[Project]
    ) -> Iterator[dg.AssetCheckResult]:
        chosen = {key.name for key in context.selected_asset_check_keys}
        yield from _evaluate(context, project, stage, [r for r in rules if r.name in chosen])

    return checks


def _evaluate(
    context: dg.AssetCheckExecutionContext, project: Project, stage: Stage, rules: Sequence[Rule]
) -> Iterator[dg.AssetCheckResult]:
    with mistakes_as_failures():
        keys = selected_keys(context.op_execution_context.partition_keys)
        built = [key for key in keys if project.store.read_record(stage, key) is not None]
        results = validate(stage, rules, (_frames(project, stage, key) for key in built))
    if len(rules) == len(rules_for(stage, project.settings)):
        _note_failures(project, stage, built, results)
    for rule in rules:
        of_rule = [result for result in results if result.rule.name == rule.name]
        if len(keys) > 1:
            _log_each(context, stage, of_rule)
        yield _summary(stage, rule, of_rule)


def _frames(project: Project, stage: Stage, key: PartitionKey) -> PartitionFrames:
    options = project.settings.cleaning
    return partition_frames(
        project.store.existing_record(stage, key),
        project.store.read_table(stage, key),
        project.store.read_drops(stage, key),
        pii_left=lambda texts: pii_left(texts, options.pii.entities),
        dedup_texts=lambda messages: dedup_texts(messages, options.dedup.key),
    )


def _note_failures(
    project: Project, stage: Stage, built: Sequence[PartitionKey], results: Sequence[RuleResult]
) -> None:
    failed: dict[PartitionKey, list[str]] = {key: [] for key in built}
    for result in results:
        if result.rule.blocking and not result.passed:
            failed[result.partition].append(result.rule.name)
    for key, names in failed.items():
        project.store.set_failed_checks(stage, key, names)


def _log_each(
    context: dg.AssetCheckExecutionContext, stage: Stage, results: Sequence[RuleResult]
) -> None:
    # One result for a run over many partitions would be stored without a partition.
    for result in results:
        context.op_execution_context.log_event(
            dg.AssetCheckEvaluation(
                asset_key=dg.AssetKey(stage),
                check_name=result.rule.name,
                passed=result.passed,
                severity=_SEVERITY[result.rule.severity],
                metadata=_metadata(result),
                partition=str(result.partition),
            )
        )


def _summary(stage: Stage, rule: Rule, results: Sequence[RuleResult]) -> dg.AssetCheckResult:
    failed = [result for result in results if not result.passed]
    if len(results) == 1:
        metadata = _metadata(results[0])
    else:
        shown = ", ".join(str(result.partition) for result in failed[:10])
        metadata = {"partitions": len(results), "failed": len(failed), "failed partitions": shown}
        metadata |= _metadata(failed[0]) if failed else {}
    return dg.AssetCheckResult(
        asset_key=stage,
        check_name=rule.name,
        passed=not failed,
        severity=_SEVERITY[rule.severity],
        metadata=metadata,
    )


def _metadata(result: RuleResult) -> dict[str, str | int | float]:
    shown: dict[str, str | int | float] = {
        "expected": result.expected,
        "observed": result.observed,
        "severity": result.rule.severity,
    }
    if not result.passed:
        shown |= {"unexpected": result.unexpected, "samples": ", ".join(result.samples)}
    return shown
