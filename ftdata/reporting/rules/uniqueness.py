"""Prompts and completions differ from each other."""

from __future__ import annotations

from ftdata.reporting.rules.rule import MIN_JUDGED, Found, Judged, Rule, at_least
from ftdata.reporting.statistics import UniqueWhat


def _distinct(judged: Judged, what: UniqueWhat, least: float) -> Found:
    found = judged.statistics.parts["all"].uniqueness[what]
    if found.total < MIN_JUDGED:
        return at_least(None, least)
    return at_least(found.share, least, f"{found.distinct:,} of {found.total:,} {what} differ")


PROMPTS_ARE_DISTINCT = Rule(
    "prompts_are_distinct",
    "Of the prompts, the share of `report.min_distinct_prompts` or more differ in their words.",
    "Drop repeated prompts (`cleaning.dedup.key: prompt`), or collect more varied ones: what is"
    " asked again and again is learned by heart.",
    lambda judged: _distinct(judged, "prompts", judged.options.min_distinct_prompts),
)
COMPLETIONS_ARE_DISTINCT = Rule(
    "completions_are_distinct",
    "Of the completions, the share of `report.min_distinct_completions` or more differ in their"
    " words.",
    "Drop repeated completions (`cleaning.dedup.key: completion`), unless they are labels: then"
    " lower the threshold.",
    lambda judged: _distinct(judged, "completions", judged.options.min_distinct_completions),
)
