"""What must hold of `documents`: no file lost, sections that say something and stand alone."""

from __future__ import annotations

from ftdata.settings import Settings
from ftdata.validation.rules.rule import Rule, absent, at_least, at_most
from ftdata.validation.rules.shared import IN_THEIR_PARTITION, unique_ids


def documents_rules(settings: Settings) -> tuple[Rule, ...]:
    """The stage's own rules; `rules_for` puts those of every stage before them."""
    return (
        Rule(
            "no_document_lost",
            "Every file of the partition has a section, or a drop that says why it has none.",
            at_most("lost_files", 0),
            over="partitions",
        ),
        Rule(
            "rejections_are_rare",
            "The share of files that could not be read is under the limit of the settings.",
            at_most("rejected_share", settings.documents.max_rejected_share),
            over="partitions",
        ),
        unique_ids("sections"),
        IN_THEIR_PARTITION,
        Rule(
            "sections_have_text",
            "Every section has text.",
            at_least("words", 1),
        ),
        Rule(
            "sections_stand_alone",
            "No section points to something that is not in it: `as described above`.",
            absent("points_outside"),
            severity="warning",
        ),
    )
