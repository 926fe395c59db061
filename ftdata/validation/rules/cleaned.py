"""What must hold of `cleaned`: private, without duplicates, of usual length."""

from __future__ import annotations

from ftdata.settings import Checks, Settings, dedup_of
from ftdata.settings_cleaning import Cleaning
from ftdata.validation.rules.rule import Rule, absent, at_least, at_most, unique
from ftdata.validation.rules.shared import few_drops

_PRIVATE = Rule(
    "no_personal_data_left",
    "No message, label, tool or id still holds what should have been redacted.",
    absent("pii_left"),
)
_UNTOKENED = Rule(
    "no_control_token_left",
    "No text holds a token of a chat template, which would end or begin a turn.",
    absent("token_left"),
)
_DISTINCT = Rule(
    "no_duplicate_left",
    "No two conversations of a partition compare as equal.",
    unique("text_key"),
)


def cleaned_rules(settings: Settings) -> tuple[Rule, ...]:
    """The stage's own rules; `rules_for` puts those of every stage before them."""
    options = settings.cleaning
    dedups = [options.dedup, *(dedup_of(settings, source) for source in settings.sources)]
    return (
        *([_PRIVATE] if options.pii.enabled else []),
        _UNTOKENED,
        *([_DISTINCT] if any(dedup.enabled for dedup in dedups) else []),
        *_lengths(options),
        *_shares(settings.checks),
    )


def _lengths(options: Cleaning) -> tuple[Rule, ...]:
    # Warnings: redaction comes after the length filter and may carry a text over a limit.
    return (
        Rule(
            "prompts_are_long_enough",
            "The user turns of a conversation have the length that the settings ask for.",
            at_least("prompt_chars", options.min_prompt_chars),
            severity="warning",
        ),
        Rule(
            "replies_are_long_enough",
            "The replies of a conversation have the length that the settings ask for.",
            at_least("reply_chars", options.min_response_chars),
            severity="warning",
        ),
        Rule(
            "conversations_are_short_enough",
            "No conversation is longer than the settings allow.",
            at_most("chars", options.max_chars),
            severity="warning",
        ),
    )


def _shares(limits: Checks) -> tuple[Rule, ...]:
    return (
        few_drops(limits, "conversations"),
        Rule(
            "duplicates_are_few",
            "The share of conversations that were duplicates is not suspicious.",
            at_most("duplicate_share", limits.max_duplicate_share),
            over="partitions",
            severity="warning",
        ),
    )
