"""Refuses conversations in which a user or the assistant says nothing."""

from __future__ import annotations

import numpy as np

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.refusal import Refusal
from ftdata.settings import Cleaning

_SPEAKERS = ("user", "assistant")


def refuse_empty_messages(conversations: Conversations, options: Cleaning) -> list[Refusal | None]:
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
        Refusal("empty_message", f"{count} without text") if count else None
        for count in counts.tolist()
    ]
