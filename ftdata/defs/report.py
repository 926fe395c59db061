"""The asset dataset_report: what the newest dataset is like. Its checks warn and block nothing."""

import datetime as dt
from collections.abc import Iterator

import dagster as dg

from ftdata.defs.dataset import ON_CHANGE
from ftdata.defs.partition_runs import mistakes_as_failures
from ftdata.defs.report_metadata import check_metadata, report_metadata
from ftdata.defs.report_steps import report_version, write_report
from ftdata.project import Project
from ftdata.reporting.rules import RULES

_SPECS = [
    dg.AssetCheckSpec(rule.name, asset="dataset_report", description=rule.claim) for rule in RULES
]


def report_asset(project: Project) -> dg.AssetsDefinition:
    """One unpartitioned asset behind `dataset`; the day it is made on is its age's measure."""

    @dg.asset(
        deps=["dataset"],
        code_version=report_version(project.settings),
        automation_condition=ON_CHANGE if project.settings.automation.dataset_on_change else None,
        check_specs=_SPECS,
        description="What the newest dataset is like: statistics by split and over time, warnings"
        " with what to do about each, drift against older data and the version before.",
        group_name="ftdata",
        kinds={"json"},
    )
    def dataset_report(
        project: dg.ResourceParam[Project],
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        with mistakes_as_failures():
            reported = write_report(project, dt.datetime.now(tz=dt.UTC).date())
        for warning in reported.report.warnings:
            yield dg.AssetCheckResult(
                asset_key="dataset_report", check_name=warning.name, passed=warning.passed,
                severity=dg.AssetCheckSeverity.WARN, metadata=check_metadata(warning),
            )  # fmt: skip
        yield dg.MaterializeResult(metadata=report_metadata(reported))

    return dataset_report
