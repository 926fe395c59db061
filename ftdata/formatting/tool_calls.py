"""Tool calls of a conversation: their arguments as JSON text, and each result under its call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from ftdata import jsonl
from ftdata.token_count import Message


def parse_calls(text: str) -> list[dict[str, Any]] | None:
    """The tool calls of a message's `tool_calls` as OpenAI's rows have them.

    `[{"id":1,"index":0,"function":{"name":"f","arguments":{"a":1}}}]` becomes
    `[{"id":"1","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}}]`. None where
    the text is no list of calls of functions, each with an id and a name.
    """
    listed = _parse_list(text)
    calls = [_canonical_call(call) for call in listed or ()]
    known = [call for call in calls if call is not None]
    return known if listed is not None and len(known) == len(calls) else None


def parse_tools(text: str) -> list[dict[str, Any]] | None:
    """The tools on offer as OpenAI's rows have them.

    `[{"name":"f"}]`, the older form, becomes `[{"type":"function","function":{"name":"f"}}]`. None
    where the text is no list of functions, each with a name.
    """
    listed = _parse_list(text)
    tools = [_canonical_tool(tool) for tool in listed or ()]
    known = [tool for tool in tools if tool is not None]
    return known if listed is not None and len(known) == len(tools) else None


def as_text(values: Sequence[dict[str, Any]], text: str) -> str | None:
    """The values as JSON: `text` itself where it says the same; None where there are none."""
    if not values:
        return None
    return text if orjson.loads(text) == values else jsonl.dumps(values).decode()


def _parse_list(text: str) -> list[Any] | None:
    try:
        values = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return values if isinstance(values, list) else None


def _canonical_call(call: object) -> dict[str, Any] | None:
    if not isinstance(call, dict) or call.get("type") not in ("function", None):
        return None
    identity, function = call.get("id"), _named(call.get("function"))
    if isinstance(identity, int) and not isinstance(identity, bool):
        identity = str(identity)
    if function is None or not (isinstance(identity, str) and identity):
        return None
    arguments = function.get("arguments")
    if not isinstance(arguments, str):
        arguments = jsonl.dumps({} if arguments is None else arguments).decode()
    named = {"name": function["name"], "arguments": arguments}
    return {"id": identity, "type": "function", "function": named}


def _canonical_tool(tool: object) -> dict[str, Any] | None:
    if not isinstance(tool, dict) or tool.get("type") not in ("function", None):
        return None
    function = _named(tool.get("function", tool))
    if function is None:
        return None
    kinds = {"name": str, "description": str, "parameters": dict, "strict": bool}
    known = {k: v for k, v in function.items() if isinstance(v, kinds.get(k, ()))}
    return {"type": "function", "function": known}


def _named(function: object) -> dict[str, Any] | None:
    """The function, if it is an object with a name."""
    if not isinstance(function, dict):
        return None
    name = function.get("name")
    return function if isinstance(name, str) and name else None


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
