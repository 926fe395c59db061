"""What must hold of `augmented`: variants that are few, new and traceable."""

from __future__ import annotations

from ftdata.settings import Settings
from ftdata.validation.rules.rule import Rule, absent, at_most, matching
from ftdata.validation.rules.shared import unique_ids

# The form alone: an augmenter that is added is known without being listed here.
_PROVENANCE = r"^(?:log|[a-z][a-z0-9_]*/\S+)$"


def augmented_rules(settings: Settings) -> tuple[Rule, ...]:
    """The stage's own rules; `rules_for` puts those of every stage before them."""
    return (
        unique_ids("examples"),
        Rule(
            "variants_have_a_parent",
            "Every derived variant names an original of its partition as its parent.",
            absent("orphan"),
        ),
        Rule(
            "variants_differ_from_their_parent",
            "No derived variant says the same as its parent.",
            absent("copy_of"),
        ),
        Rule(
            "rejected_differs_from_chosen",
            "The rejected reply of a preference pair is another than the chosen one.",
            absent("rejected_as_chosen"),
        ),
        Rule(
            "variants_are_few",
            "The share of derived examples is under the limit of the settings.",
            at_most("derived_share", settings.augmentation.max_share),
            over="partitions",
        ),
        Rule(
            "provenance_is_known",
            "Every example says that it comes from the log, or which augmenter and generator made"
            " it.",
            matching("provenance", _PROVENANCE, "provenance is log or augmenter/generator"),
        ),
    )
