"""What must hold of `formatted`: examples that a trainer accepts."""

from __future__ import annotations

import re

from ftdata.settings import Settings
from ftdata.tagging.values import domain_names
from ftdata.validation.rules.rule import Rule, absent, at_least, at_most, matching, one_of
from ftdata.validation.rules.shared import few_drops

# s, u, a, t for system, user, assistant, tool. An assistant may greet first, and two messages of
# one role may follow each other where they could not be joined (names, tool calls).
_ORDER = r"^s?(?=.*u)(?:[ua]|(?<=[at])t)*a$"


def formatted_rules(settings: Settings) -> tuple[Rule, ...]:
    """The stage's own rules; `rules_for` puts those of every stage before them."""
    strata = settings.splits.strata
    return (
        few_drops(settings.checks, "examples"),
        Rule(
            "roles_are_in_order",
            "At most one system message, and it is first; a user speaks; tools follow the"
            " assistant; the assistant has the last word.",
            matching("roles", _ORDER, f"roles match {_ORDER}"),
        ),
        Rule(
            "something_is_trained",
            "Every example has a token to train on.",
            at_least("trained_tokens", 1),
        ),
        Rule(
            "examples_fit_the_token_limit",
            "No example has more tokens than the settings allow.",
            at_most("tokens", settings.formatting.max_tokens),
        ),
        Rule(
            "examples_are_long_enough",
            "No example is suspiciously short.",
            at_least("tokens", settings.checks.min_tokens),
            severity="warning",
        ),
        *([_tagged(strata)] if strata else []),
        Rule(
            "tags_are_in_their_sets",
            "Every example has a task type, a complexity and a tone, each one of those that there"
            " are, and every tag says where it comes from.",
            absent("odd_tag"),
        ),
        Rule(
            "domains_are_known",
            "Every example has a domain: one of the settings, or of the usual ones.",
            one_of("domain", domain_names(settings.formatting.domains)),
        ),
    )


def _tagged(strata: tuple[str, ...]) -> Rule:
    regex = "^" + "".join(rf"(?=.*\|{re.escape(name)}\|)" for name in strata)
    expected = f"{', '.join(strata)} among the tags of half of the rows"
    return Rule(
        "strata_tags_are_present",
        "At least half of the examples carry the tags over which the splits are spread.",
        matching("tags", regex, expected, mostly=0.5),
        severity="warning",
    )
