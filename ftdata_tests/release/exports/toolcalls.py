"""Records with calls of tools: the shared dialogues about films, the shared function calls."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[4] / "shared" / "data"
FOLDER = SHARED / "toolcalls"
TYPES = {"dict": "object", "float": "number", "tuple": "array", "any": "string"}


def read(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(FOLDER / f"{name}.jsonl.gz", "rt", encoding="utf-8", newline="\n") as file:
        yield from map(json.loads, file)


def call(name: str, arguments: object, identity: str) -> dict[str, Any]:
    text = json.dumps(arguments, ensure_ascii=False)
    return {"id": identity, "type": "function", "function": {"name": name, "arguments": text}}


def dialogues(count: int) -> list[dict[str, Any]]:
    """Conversations about films with calls and their results, as records of the chat format."""
    with_calls = (
        row for row in read("taskmaster3_reward") if any("api" in turn for turn in row["context"])
    )
    return [_dialogue(row) for row in islice(with_calls, count)]


def _dialogue(row: dict[str, Any]) -> dict[str, Any]:
    messages: list[dict[str, Any]] = []
    tools = []
    for place, turn in enumerate([*row["context"], row["generation"]]):
        if "api" in turn:
            ((name, arguments),) = turn["api"].items()
            tools.append(name)
            asked = call(name, arguments, f"call_{place}")
            messages.append({"role": "assistant", "tool_calls": [asked]})
        elif "response" in turn:
            result = json.dumps(turn["response"], ensure_ascii=False)
            messages.append(
                {"role": "tool", "content": result, "tool_call_id": f"call_{place - 1}"}
            )
        else:
            role = "user" if turn["role"] == "user" else "assistant"
            messages.append({"role": role, "content": turn["text"]})
    start = next(at for at, message in enumerate(messages) if message["role"] == "user")
    offered = [_plain_tool(name) for name in dict.fromkeys(tools)]
    # The agent greets first; half of them begin with the user, as most targets want it.
    kept = messages[start:] if int(row["id"][-1], 36) % 2 else messages
    return _record(row["id"], kept, offered)


def _plain_tool(name: str) -> dict[str, Any]:
    parameters = {"type": "object", "properties": {}}
    return {"type": "function", "function": {"name": name, "parameters": parameters}}


def function_calls(count: int) -> list[dict[str, Any]]:
    """Questions with functions to answer them and the right call, as records of the chat format.

    Every fifth keeps a dot in the names of its functions, which OpenAI refuses.
    """
    rows = islice(read("bfcl_simple_python"), count)
    return [_question(row, keeps_dots=place % 5 == 0) for place, row in enumerate(rows)]


def _question(row: dict[str, Any], keeps_dots: bool) -> dict[str, Any]:
    ((name, choices),) = row["ground_truth"][0].items()
    arguments = {key: values[0] for key, values in choices.items() if values[0] != ""}
    tools = [
        {"type": "function", "function": {**one, "parameters": _schema(one["parameters"])}}
        for one in row["function"]
    ]
    if not keeps_dots:
        name = name.replace(".", "_")
        for tool in tools:
            tool["function"]["name"] = tool["function"]["name"].replace(".", "_")
    answer = {"role": "assistant", "tool_calls": [call(name, arguments, f"call_{row['id']}")]}
    return _record(row["id"], [*row["question"][0], answer], tools)


def _schema(value: Any) -> Any:
    """The schema with the types that JSON Schema knows."""
    if isinstance(value, list):
        return [_schema(one) for one in value]
    if not isinstance(value, dict):
        return value
    made = {key: _schema(one) for key, one in value.items()}
    if isinstance(made.get("type"), str):
        made["type"] = TYPES.get(made["type"], made["type"])
    return made


def _record(identity: str, messages: list[Any], tools: list[Any]) -> dict[str, Any]:
    return {
        "id": identity,
        "conversation_id": identity,
        "timestamp": "2025-03-01T10:00:00Z",
        "messages": messages,
        "tools": tools,
    }
