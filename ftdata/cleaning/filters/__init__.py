"""The filters, in the order in which they are asked: the first that drops names the reason.

To add one: write a function in its own file here that takes the normalised `Conversations` and the
`Cleaning` options and returns one `Finding` or None per conversation; add it to `FILTERS` with its
action; mirror it by one test in `ftdata_tests/cleaning/filters/`. A filter sees texts before
redaction, so its detail must not quote them.
"""

from __future__ import annotations

from ftdata.cleaning.filters.empty_message import find_empty_messages
from ftdata.cleaning.filters.finding import Filter
from ftdata.cleaning.filters.language import (
    find_language_mismatches,
    find_unwanted_languages,
    language_action,
)
from ftdata.cleaning.filters.length import find_lengths
from ftdata.cleaning.filters.patterns import find_patterns
from ftdata.cleaning.filters.roles import find_missing_roles

FILTERS: tuple[Filter, ...] = (
    Filter(find_missing_roles),
    Filter(find_empty_messages),
    Filter(find_lengths),
    Filter(find_patterns),
    Filter(find_unwanted_languages),
    Filter(find_language_mismatches, language_action),
)
