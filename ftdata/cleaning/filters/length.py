"""Finds conversations that are too short or too long, counted in characters."""

from __future__ import annotations

import numpy as np

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.finding import Finding
from ftdata.settings_cleaning import Cleaning


def find_lengths(conversations: Conversations, options: Cleaning) -> list[Finding | None]:
    """`prompt_too_short`, `response_too_short` or `conversation_too_long`.

    Lengths are code points of the normalised texts: of all user messages, of all assistant
    messages with their tool calls, and of everything.
    """
    texts = np.asarray([len(text or "") for text in conversations.contents], dtype=np.int64)
    calls = np.asarray([len(text or "") for text in conversations.tool_calls], dtype=np.int64)
    roles = np.asarray(conversations.roles, dtype=np.str_)
    prompts = conversations.per_conversation(np.where(roles == "user", texts, 0))
    replies = conversations.per_conversation(np.where(roles == "assistant", texts + calls, 0))
    totals = conversations.per_conversation(texts + calls)
    return [
        _judge(prompt, reply, total, options)
        for prompt, reply, total in zip(
            prompts.tolist(), replies.tolist(), totals.tolist(), strict=True
        )
    ]


def _judge(prompt: int, reply: int, total: int, options: Cleaning) -> Finding | None:
    if prompt < options.min_prompt_chars:
        return Finding("prompt_too_short", f"{prompt} characters, under {options.min_prompt_chars}")
    if reply < options.min_response_chars:
        detail = f"{reply} characters, under {options.min_response_chars}"
        return Finding("response_too_short", detail)
    if total > options.max_chars:
        return Finding("conversation_too_long", f"{total} characters, over {options.max_chars}")
    return None
