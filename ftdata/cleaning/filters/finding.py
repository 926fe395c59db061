"""What a filter is, and what it says about a conversation."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ftdata.cleaning.conversations import Conversations
from ftdata.settings_cleaning import Action, Cleaning


class Finding(NamedTuple):
    """A reason (snake_case) and a detail that holds no text of the conversation."""

    reason: str
    detail: str | None = None


def always_drop(options: Cleaning) -> Action:
    """The action of filters whose bounds are the settings: what is outside of them goes."""
    del options
    return "drop"


class Filter(NamedTuple):
    """Looks at all conversations of a partition; what it finds is dropped or flagged.

    `find` takes the normalised `Conversations` and returns one `Finding` or None for each;
    `action` says what the settings make of its findings. A flag is named after the reason.
    """

    find: Callable[[Conversations, Cleaning], list[Finding | None]]
    action: Callable[[Cleaning], Action] = always_drop
