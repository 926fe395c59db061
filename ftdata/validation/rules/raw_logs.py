"""What must hold of `raw_logs`: nothing used twice, everything in its place, little malformed."""

from __future__ import annotations

from ftdata.settings import Settings
from ftdata.validation.rules.drops import few_drops
from ftdata.validation.rules.rule import Rule, at_most, equal, matching, one_of, unique


def raw_logs_rules(settings: Settings) -> tuple[Rule, ...]:
    """The stage's own rules; `rules_for` puts those of every stage before them."""
    return (
        Rule(
            "quarantine_is_rare",
            "The share of malformed records is under the limit of the settings.",
            at_most("quarantine_share", settings.extraction.max_quarantine_share),
            over="partitions",
        ),
        few_drops(settings.checks, "records"),
        Rule(
            "ids_are_unique",
            "No two conversations of a partition have the same id.",
            unique("id"),
        ),
        Rule(
            "records_are_used_once",
            "No record stands in two conversations, or twice in one.",
            one_of("repeated_records", [0]),
        ),
        Rule(
            "rows_belong_to_their_partition",
            "Source and date of every row are those of the partition.",
            equal("place", "partition"),
        ),
        Rule(
            "both_sides_speak",
            "Every conversation has a message of the user and one of the assistant.",
            matching("roles", "^(?=.*u)(?=.*a)", "a user and an assistant in roles"),
            severity="warning",
        ),
    )
