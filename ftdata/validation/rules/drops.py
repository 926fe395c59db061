"""The rule of the stages that choose: they do not drop most of what they read."""

from __future__ import annotations

from ftdata.settings import Checks
from ftdata.validation.rules.rule import Rule, at_most


def few_drops(limits: Checks, of: str) -> Rule:
    """`of` names the stage's unit; what was quarantined has a rule of its own."""
    return Rule(
        "drops_are_few",
        f"The share of {of} dropped is not suspicious.",
        at_most("drop_share", limits.max_drop_share),
        over="partitions",
        severity="warning",
    )
