"""Which setting decides that a row is dropped for a reason. No Dagster here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from ftdata.settings import Settings, dedup_of

_DEDUP = {
    "exact_duplicate": "cleaning.dedup.key",
    "near_duplicate": "cleaning.dedup.threshold",
    "semantic_duplicate": "cleaning.dedup.semantic_threshold",
}
SETTING_OF: Mapping[str, str] = {
    # raw_logs
    "before_window": "extraction.start",
    "after_window": "extraction.end",
    "unrated": "extraction.keep_unrated",
    "low_rating": "extraction.min_rating",
    "prompt_too_long": "extraction.max_prompt_chars",
    "response_too_long": "extraction.max_response_chars",
    "line_too_long": "extraction.max_line_bytes",
    "missing_field": "sources.{source}.fields",
    # documents and generated_examples
    "too_large": "documents.max_file_bytes",
    "kind_share": "generation.max_kind_share",
    # cleaned
    "prompt_too_short": "cleaning.min_prompt_chars",
    "response_too_short": "cleaning.min_response_chars",
    "conversation_too_long": "cleaning.max_chars",
    "pattern": "cleaning.drop_patterns",
    "placeholder_answer": "cleaning.placeholder.action",
    "echo": "cleaning.echo.action",
    "repetition": "cleaning.repetition.action",
    "truncated": "cleaning.truncation.action",
    "encoding_damage": "cleaning.encoding.action",
    "markup_left": "cleaning.markup.action",
    "language_mismatch": "cleaning.language.mismatch",
    "language_not_kept": "cleaning.language.keep",
    "refusal_cap": "cleaning.refusals.max_share",
    "control_tokens": "cleaning.control_tokens.action",
    "role_marks": "cleaning.control_tokens.action",
    "personal_data": "cleaning.pii.modes",
    **_DEDUP,
    # formatted
    "nothing_to_train": "formatting.min_trained_rating",
    "too_many_tokens": "formatting.max_tokens",
    # validated_splits and dataset
    "low_judgement": "judge.min_score",
    "rejected_preferred": "judge.action",
    "derived_outside_train": "splits.derived_in_validation",
    "bridges_splits": "splits.leak_threshold",
    "contaminated": "dataset.contamination.action",
    "superseded": "sources.{source}.snapshot",
}
_BY_BEGINNING = {
    "toxicity_": "cleaning.toxicity.action",
    "injection_": "cleaning.injection.action",
}


def deciding_setting(
    settings: Settings, source: str, reason: str, detail: str | None
) -> str | None:
    """`cleaning.max_chars (20000)`: the setting, and its value where it is one word or number.

    None for a reason that no setting decides, such as `bad_json`. A filter of the owner's own is
    told by the detail, which names it.
    """
    if detail in settings.cleaning.custom_filters:
        return "cleaning.custom_filters"
    named = SETTING_OF.get(reason)
    for beginning, name in _BY_BEGINNING.items():
        if reason.startswith(beginning):
            named = name
    if named is None:
        return None
    value = _value(settings, source, named)
    return named.format(source=source) + _shown(value)


def _shown(value: object) -> str:
    """The value as the settings file has it; nothing of lists, which may be long or personal."""
    if isinstance(value, bool):
        return f" ({str(value).lower()})"
    return f" ({value})" if isinstance(value, str | int | float | dt.datetime) else ""


def _value(settings: Settings, source: str, named: str) -> object:
    """The present value; of duplicates that of the source, which may have one of its own."""
    section, _, name = named.rpartition(".")
    if section == "cleaning.dedup":
        return getattr(dedup_of(settings, source), name)
    if section == "sources.{source}":
        own = settings.sources.get(source)
        return getattr(own, name) if own is not None else None
    value: object = settings
    for part in named.split("."):
        value = getattr(value, part)
    return value
