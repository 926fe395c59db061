"""The data is not old."""

from __future__ import annotations

import datetime as dt

from ftdata.reporting.rules.rule import Found, Judged, Rule, at_most


def _recent(judged: Judged) -> Found:
    dates = [period.date for period in judged.statistics.periods if period.splits]
    most = judged.options.max_age_days
    if not dates:
        return at_most(None, most)
    newest = max(dates)
    age = judged.today - dt.date.fromisoformat(newest)
    return at_most(age.days, most, f"newest partition {newest}, today {judged.today}")


NEWEST_PARTITION_IS_RECENT = Rule(
    "newest_partition_is_recent",
    "The newest partition is at most `report.max_age_days` days old.",
    "Add newer raw files: what users ask and what is right to answer have moved on.",
    _recent,
)
