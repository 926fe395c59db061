"""Finds conversations in which one of the two sides never speaks."""

from __future__ import annotations

import numpy as np

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.finding import Finding
from ftdata.settings_cleaning import Cleaning

_NO_USER = Finding("no_user_message")
_NO_REPLY = Finding("no_reply")


def find_missing_roles(conversations: Conversations, options: Cleaning) -> list[Finding | None]:
    """`no_user_message` without a user message, `no_reply` without an assistant message."""
    del options
    roles = np.asarray(conversations.roles, dtype=np.str_)
    asked = conversations.per_conversation((roles == "user").astype(np.int64)) > 0
    answered = conversations.per_conversation((roles == "assistant").astype(np.int64)) > 0
    return [
        None if user and reply else _NO_REPLY if user else _NO_USER
        for user, reply in zip(asked.tolist(), answered.tolist(), strict=True)
    ]
