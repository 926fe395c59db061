"""The rules that several stages have, each said of the stage's own unit."""

from __future__ import annotations

from ftdata.settings import Checks
from ftdata.validation.rules.rule import Rule, Severity, at_most, equal, matching, unique

IN_THEIR_PARTITION = Rule(
    "rows_belong_to_their_partition",
    "Source and date of every row are those of the partition.",
    equal("place", "partition"),
)


def few_drops(limits: Checks, of: str) -> Rule:
    """The stage does not drop most of what it reads; what was quarantined has a rule of its own."""
    return Rule(
        "drops_are_few",
        f"The share of {of} dropped is not suspicious.",
        at_most("drop_share", limits.max_drop_share),
        over="partitions",
        severity="warning",
    )


def unique_ids(of: str) -> Rule:
    """No id stands twice."""
    return Rule("ids_are_unique", f"No two {of} of a partition have the same id.", unique("id"))


def both_sides(of: str, severity: Severity) -> Rule:
    """Somebody asks and somebody answers."""
    return Rule(
        "both_sides_speak",
        f"Every {of} has a message of the user and one of the assistant.",
        matching("roles", "^(?=.*u)(?=.*a)", "a user and an assistant in roles"),
        severity=severity,
    )
