"""Rows of messages as Hugging Face's chat templates take them, for the trainers built on those.

A template reads `tool_calls[].function.arguments` as an object: it would encode a text a second
time. Every message has a `content`: loaders write the word "None" (NeMo Automodel) or stop
(LLaMA-Factory) where it is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from ftdata.release.examples import Example, Message
from ftdata.release.exports.arguments import with_parsed_arguments
from ftdata.release.exports.exporter import Problem, Reading, Row
from ftdata.release.exports.messages import message_problems, read_messages, tools_problems

ROLES = ("system", "user", "assistant", "tool")
KEYS = frozenset(
    ("role", "content", "name", "tool_calls", "tool_call_id", "reasoning_content", "thinking")
)


def template_row(messages: Sequence[Message], example: Example, weighted: bool = False) -> Row:
    """`messages`, and `tools` where some are on offer."""
    return with_tools({"messages": [template_message(m, weighted) for m in messages]}, example)


def with_tools(row: Row, example: Example) -> Row:
    """The row with the tools that the example has on offer, if any."""
    return {**row, "tools": example.tools} if example.tools else row


def template_message(message: Message, weighted: bool = False) -> dict[str, Any]:
    """The message; an assistant's with its weight where `weighted`.

    `developer` becomes `system`: few templates know that word of OpenAI's.
    """
    row: dict[str, Any] = {
        "role": "system" if message.role == "developer" else message.role,
        "content": message.content or "",
    }
    if message.tool_calls:
        row["tool_calls"] = [with_parsed_arguments(call) for call in message.tool_calls]
    if message.tool_call_id is not None:
        row["tool_call_id"] = message.tool_call_id
    if message.name is not None:
        row["name"] = message.name
    if weighted and message.role == "assistant":
        row["weight"] = int(message.is_trained)
    return row


def until_last_trained(messages: Sequence[Message]) -> Sequence[Message]:
    """The messages up to the last that is trained on: what follows is not learnt from."""
    trained = [place for place, message in enumerate(messages) if message.is_trained]
    return messages[: trained[-1] + 1] if trained else ()


def prompts_of_trained(example: Example) -> Iterator[tuple[Sequence[Message], Message]]:
    """What was said before each message that is trained on, and that message."""
    for place, message in enumerate(example.messages):
        if message.is_trained:
            yield example.messages[:place], message


def template_problems(
    row: Any,  # noqa: ANN401  (JSON of any shape)
    keys: frozenset[str] = KEYS,
) -> Iterator[Problem]:
    """What is wrong with a row of `messages` and perhaps `tools`; other columns are not looked at.

    `keys` are those that a message may have.
    """
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write one with messages")
        return
    messages = row.get("messages")
    yield from list_problems(messages, "messages", keys)
    yield from offered_problems(row.get("tools"))
    if not isinstance(messages, list):
        return
    if not any(isinstance(m, dict) and m.get("role") == "assistant" for m in messages):
        yield Problem("nothing_trained", "messages", "holds no reply of the assistant: add one")


def list_problems(
    messages: object, at: str, keys: frozenset[str] = KEYS, roles: tuple[str, ...] = ROLES
) -> Iterator[Problem]:
    """As `message_problems`, with arguments as objects, and a system message at the start alone."""
    yield from message_problems(messages, at, roles=roles, arguments=dict, keys=keys)
    for place, message in enumerate(messages if isinstance(messages, list) else ()):
        if place and isinstance(message, dict) and message.get("role") == "system":
            text = "is system after the start: many chat templates refuse that or leave it out"
            yield Problem("system_place", f"{at}[{place}].role", text, "warning")


def reply_problems(messages: object, at: str) -> Iterator[Problem]:
    """What is wrong with a list of messages to be said: it starts with the assistant's."""
    yield from list_problems(messages, at)
    first = messages[0] if isinstance(messages, list) and messages else None
    if isinstance(first, dict) and first.get("role") != "assistant":
        yield Problem("reply_role", f"{at}[0].role", "is not assistant: the prompt ends before it")


def offered_problems(tools: object) -> Iterator[Problem]:
    """What is wrong with the tools on offer: a list, or its JSON text."""
    if isinstance(tools, str):
        try:
            tools = orjson.loads(tools) if tools else None
        except orjson.JSONDecodeError:
            yield Problem("tools_no_json", "tools", "is a text but no JSON: write a list")
            return
    yield from tools_problems(tools)


def read_template(row: Row) -> Reading:
    """The conversation of a row of `messages`, with arguments as texts."""
    return Reading(read_list(row["messages"]), read_tools(row))


def read_list(messages: Iterable[dict[str, Any]]) -> list[Message]:
    """Messages, arguments as texts; no content beside calls where it is empty."""
    return [
        message._replace(content=None) if message.tool_calls and not message.content else message
        for message in read_messages(list(messages))
    ]


def read_tools(row: Row) -> list[dict[str, Any]] | None:
    """The tools on offer, None where there are none."""
    tools = row.get("tools")
    return (orjson.loads(tools) if isinstance(tools, str) and tools else tools) or None
