"""Which of an example's messages a variant may change, and the example with one of them changed."""

from __future__ import annotations

from collections.abc import Sequence

from ftdata.token_count import Message


def trained_prompts(messages: Sequence[Message]) -> list[int]:
    """Places of the user messages that trained replies answer, in order."""
    places: list[int] = []
    last_user = None
    for i, message in enumerate(messages):
        if message["role"] == "user":
            last_user = i
        elif message["weight"] == 1 and last_user is not None and places[-1:] != [last_user]:
            places.append(last_user)
    return places


def last_trained_prompt(messages: Sequence[Message]) -> int | None:
    """Place of the user message that the last trained reply answers; None where there is none."""
    return next(reversed(trained_prompts(messages)), None)


def with_content(messages: Sequence[Message], place: int, content: str) -> list[Message]:
    """The messages with another content at `place`."""
    return [
        {**message, "content": content} if i == place else message
        for i, message in enumerate(messages)
    ]


def plain(role: str, content: str, weight: int | None = None) -> Message:
    """A message without tool calls; `weight` is that of an assistant's."""
    return {
        "role": role, "content": content, "weight": weight,
        "tool_calls": None, "tool_call_id": None, "name": None,
    }  # fmt: skip
