"""What must hold of `generated_examples`: answers from the document, and varied instructions."""

from __future__ import annotations

from ftdata.settings import Settings
from ftdata.validation.rules.rule import Rule, absent, at_most
from ftdata.validation.rules.shared import IN_THEIR_PARTITION, both_sides, unique_ids


def generated_examples_rules(settings: Settings) -> tuple[Rule, ...]:
    """The stage's own rules; `rules_for` puts those of every stage before them."""
    return (
        Rule(
            "answers_are_grounded",
            "Every answer with places is made of pieces of its section, letter for letter.",
            absent("not_in_document"),
        ),
        unique_ids("examples"),
        IN_THEIR_PARTITION,
        both_sides("example", "critical"),
        Rule(
            "prompts_stand_alone",
            "No prompt points to something that is not in it: `as described above`.",
            absent("points_outside"),
            severity="warning",
        ),
        Rule(
            "kinds_are_varied",
            "No instruction kind is a larger share of the examples than the settings allow.",
            at_most("largest_kind_share", settings.generation.max_kind_share),
            over="partitions",
            severity="warning",
        ),
    )
