"""Every rule applied to a version's statistics."""

from __future__ import annotations

import datetime as dt

from ftdata.reporting.drift import compare
from ftdata.reporting.rules import RULES
from ftdata.reporting.rules.rule import Judged
from ftdata.reporting.statistics import DatasetWarning, Profile, Report, Statistics
from ftdata.settings_report import Report as ReportOptions


def judge(
    statistics: Statistics,
    previous: tuple[str, Profile] | None,
    options: ReportOptions,
    today: dt.date,
) -> Report:
    """The statistics with a warning for each rule, passed or not.

    `previous` is the name of the version before and its profile, None where there is none.
    """
    since = None
    if previous is not None:
        since = compare("version", (statistics.version, statistics.profile), previous)
    judged = Judged(statistics, since, options, today)
    warnings = []
    for rule in RULES:
        found = rule.judge(judged)
        warnings.append(
            DatasetWarning(
                name=rule.name, claim=rule.claim, passed=found.passed, observed=found.observed,
                threshold=found.threshold, advice=rule.advice, samples=found.samples,
            )
        )  # fmt: skip
    return Report(statistics, tuple(warnings), since, today.isoformat())
