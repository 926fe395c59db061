"""The filters, in the order in which they are asked: the first that refuses names the reason.

To add one: write a function in its own file here that takes the normalised `Conversations` and the
`Cleaning` options and returns one `Refusal` or None per conversation; add it to `FILTERS`; mirror
it by one test in `ftdata_tests/cleaning/filters/`. A filter sees texts before redaction, so its
detail must not quote them.
"""

from __future__ import annotations

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.empty_message import refuse_empty_messages
from ftdata.cleaning.filters.length import refuse_lengths
from ftdata.cleaning.filters.patterns import refuse_patterns
from ftdata.cleaning.filters.refusal import Filter, Refusal
from ftdata.cleaning.filters.roles import refuse_missing_roles
from ftdata.settings import Cleaning

FILTERS: tuple[Filter, ...] = (
    refuse_missing_roles,
    refuse_empty_messages,
    refuse_lengths,
    refuse_patterns,
)


def refuse(conversations: Conversations, options: Cleaning) -> list[Refusal | None]:
    """The first refusal of each conversation, None where every filter lets it through."""
    verdicts = [apply(conversations, options) for apply in FILTERS]
    return [
        next((verdict for verdict in row if verdict), None) for row in zip(*verdicts, strict=True)
    ]
