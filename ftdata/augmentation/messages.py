"""Which of an example's messages a variant may change, and the messages that it has instead."""

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


def with_turn(messages: Sequence[Message], place: int, prompt: str, reply: str) -> list[Message]:
    """The messages with another prompt at `place`, and another reply behind it."""
    return with_content(with_content(messages, place, prompt), place + 1, reply)


def new_turn(prompt: str, reply: str) -> list[Message]:
    """A prompt and its reply, which is trained on."""
    return [_plain("user", prompt, None), _plain("assistant", reply, 1)]


def said(messages: Sequence[Message]) -> str:
    """All that messages say, without who says it."""
    return "\n\n".join(message["content"] or "" for message in messages)


def _plain(role: str, content: str, weight: int | None) -> Message:
    return {
        "role": role, "content": content, "weight": weight,
        "tool_calls": None, "tool_call_id": None, "name": None,
    }  # fmt: skip
