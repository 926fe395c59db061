"""There are as many examples as the goal takes, and no more than still help it."""

from __future__ import annotations

from ftdata.reporting.rules.rule import Found, Judged, Rule, at_least, at_most
from ftdata.settings_report import GOAL_SIZES


def _enough(judged: Judged) -> Found:
    least, _ = GOAL_SIZES[judged.options.goal]
    return at_least(judged.statistics.parts["train"].examples, least, _goal(judged))


def _not_too_many(judged: Judged) -> Found:
    _, most = GOAL_SIZES[judged.options.goal]
    return at_most(judged.statistics.parts["train"].examples, most, _goal(judged))


def _goal(judged: Judged) -> str:
    goal = judged.options.goal
    least, most = GOAL_SIZES[goal]
    return f"{goal}: {least:,} to {most:,} examples in train"


ENOUGH_FOR_THE_GOAL = Rule(
    "enough_examples_for_the_goal",
    "The train split has as many examples as `report.goal` takes.",
    "Add logs, documents or expert-written examples, or derive variants"
    " (`augmentation.max_share`); or name another `report.goal`.",
    _enough,
)
NO_MORE_THAN_THE_GOAL_NEEDS = Rule(
    "no_more_examples_than_the_goal_needs",
    "The train split has no more examples than still help `report.goal`.",
    "More of the same adds cost and little else: keep the best (`extraction.min_rating`), or name"
    " a `report.goal` that takes more.",
    _not_too_many,
)
