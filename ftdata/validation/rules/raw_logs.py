"""What must hold of `raw_logs`: nothing used twice, everything in its place, little malformed."""

from __future__ import annotations

from ftdata.settings import Settings
from ftdata.validation.rules.rule import Rule, at_most, one_of
from ftdata.validation.rules.shared import IN_THEIR_PARTITION, both_sides, few_drops, unique_ids


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
        unique_ids("conversations"),
        Rule(
            "records_are_used_once",
            "No record stands in two conversations, or twice in one.",
            one_of("repeated_records", [0]),
        ),
        IN_THEIR_PARTITION,
        both_sides("conversation", "warning"),
    )
