"""Tool calls of a conversation: their arguments as JSON text, and each result under its call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from ftdata import jsonl
from ftdata.token_count import Message


def parse_calls(text: str) -> list[dict[str, Any]] | None:
    """The tool calls of a message's `tool_calls`; None where it holds no list of objects."""
    try:
        calls = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(calls, list) or not all(isinstance(call, dict) for call in calls):
        return None
    return calls


def with_text_arguments(text: str, calls: Sequence[dict[str, Any]]) -> str | None:
    """`text` with every call's arguments as a JSON string, as OpenAI's rows have them.

    `[{"function":{"name":"f","arguments":{"a":1}}}]` becomes
    `[{"function":{"name":"f","arguments":"{\\"a\\":1}"}}]`. None where there are no calls.
    """
    functions = [call["function"] for call in calls if isinstance(call.get("function"), dict)]
    changed = False
    for function in functions:
        if not isinstance(function.get("arguments", ""), str):
            function["arguments"] = jsonl.dumps(function["arguments"]).decode()
            changed = True
    if not calls:
        return None
    return jsonl.dumps(calls).decode() if changed else text


def find_loose_tool_message(messages: Sequence[Message]) -> tuple[str, str] | None:
    """Drop reason and detail of the first result or call that stands alone; None where none does.

    Chat APIs refuse a conversation in which a result answers no earlier call
    (`orphan_tool_result`), or in which somebody speaks while a call has no result yet
    (`unanswered_tool_call`). A call at the end may wait: it is what the model learns to say.
    """
    called: set[str] = set()
    waiting: dict[str, None] = {}
    for place, message in enumerate(messages):
        if message["role"] == "tool":
            if message["tool_call_id"] not in called:
                return "orphan_tool_result", f"message {place} answers no earlier call"
            waiting.pop(message["tool_call_id"], None)
            continue
        if waiting:
            return "unanswered_tool_call", f"message {place} comes before the result"
        for call in parse_calls(message["tool_calls"] or "[]") or ():
            called.add(str(call.get("id")))
            waiting[str(call.get("id"))] = None
    return None
