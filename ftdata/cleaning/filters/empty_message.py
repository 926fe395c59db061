"""Finds conversations in which a user or the assistant says nothing."""

from __future__ import annotations

import numpy as np

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.finding import Finding
from ftdata.settings_cleaning import Cleaning

_SPEAKERS = ("user", "assistant")


def find_empty_messages(conversations: Conversations, options: Cleaning) -> list[Finding | None]:
    """`empty_message` where a user or assistant message has neither text nor tool calls."""
    del options
    empty = [
        role in _SPEAKERS and (calls or "[]") == "[]" and not (content or "").strip()
        for role, content, calls in zip(
            conversations.roles, conversations.contents, conversations.tool_calls, strict=True
        )
    ]
    counts = conversations.per_conversation(np.asarray(empty, dtype=np.int64))
    return [
        Finding("empty_message", f"{count} without text") if count else None
        for count in counts.tolist()
    ]
