"""The filters, in the order in which they are asked: the first that drops names the reason.

To add one: write a function in its own file here that takes the normalised `Conversations` and the
`Cleaning` options and returns one `Finding` or None per conversation; add it to `FILTERS` with its
action; mirror it by one test in `ftdata_tests/cleaning/filters/`. A filter sees texts before
redaction, so its detail must not quote them.
"""

from __future__ import annotations

from ftdata.cleaning.filters.custom import find_custom
from ftdata.cleaning.filters.echo import echo_action, find_echoes
from ftdata.cleaning.filters.empty_message import find_empty_messages
from ftdata.cleaning.filters.encoding import encoding_action, find_encoding_damage
from ftdata.cleaning.filters.finding import Filter
from ftdata.cleaning.filters.injection import find_injections, injection_action
from ftdata.cleaning.filters.language import (
    find_language_mismatches,
    find_unwanted_languages,
    language_action,
)
from ftdata.cleaning.filters.length import find_lengths
from ftdata.cleaning.filters.markup import find_markup, markup_action
from ftdata.cleaning.filters.patterns import find_patterns
from ftdata.cleaning.filters.placeholder import find_placeholders, placeholder_action
from ftdata.cleaning.filters.repetition import find_repetition, repetition_action
from ftdata.cleaning.filters.roles import find_missing_roles
from ftdata.cleaning.filters.toxicity import find_toxicity, toxicity_action
from ftdata.cleaning.filters.truncation import find_truncation, truncation_action

FILTERS: tuple[Filter, ...] = (
    Filter(find_missing_roles),
    Filter(find_empty_messages),
    Filter(find_lengths),
    Filter(find_patterns),
    Filter(find_custom),
    Filter(find_placeholders, placeholder_action),
    Filter(find_echoes, echo_action),
    Filter(find_repetition, repetition_action),
    Filter(find_truncation, truncation_action),
    Filter(find_encoding_damage, encoding_action),
    Filter(find_markup, markup_action),
    Filter(find_unwanted_languages),
    Filter(find_language_mismatches, language_action),
    Filter(find_toxicity, toxicity_action),
    Filter(find_injections, injection_action),
)
