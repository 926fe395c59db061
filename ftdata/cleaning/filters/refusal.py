"""What a filter says about a conversation it does not let through."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ftdata.cleaning.conversations import Conversations
from ftdata.settings import Cleaning


class Refusal(NamedTuple):
    """A drop reason (snake_case) and a detail that holds no text of the conversation."""

    reason: str
    detail: str | None = None


Filter = Callable[[Conversations, Cleaning], list[Refusal | None]]
