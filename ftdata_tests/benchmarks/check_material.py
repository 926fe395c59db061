"""A file of OpenAI's rows as large as wanted, made of real conversations and tools."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import orjson

_SYSTEM = {"role": "system", "content": "You are a helpful assistant. Answer briefly."}
_EVERY = 25  # rows from one with tools to the next


def write_rows(data: Path, path: Path, size: int) -> int:
    """Write rows until the file has `size` bytes; returns their number.

    The conversations of `data`/logs follow each other with their messages as they are, but for a
    running number before each user's: no two rows are the same. One row in 25 has tools of
    `data`/toolcalls and a call.
    """
    conversations = list(_conversations(data / "logs"))
    tools = list(_tool_rows(data / "toolcalls"))
    done = 0
    with path.open("wb") as file:
        for number in count():
            is_call = tools and number % _EVERY == 0
            row = _numbered(tools[number // _EVERY % len(tools)], number) if is_call else (
                _numbered(conversations[number % len(conversations)], number)
            )  # fmt: skip
            done += file.write(orjson.dumps(row) + b"\n")
            if done >= size:
                return number + 1
    return 0


def _numbered(row: dict[str, Any], number: int) -> dict[str, Any]:
    messages = [
        {**one, "content": f"Ticket {number}: {one['content']}"} if one["role"] == "user" else one
        for one in row["messages"]
    ]
    return {**row, "messages": messages}


def _conversations(logs: Path) -> Iterator[dict[str, Any]]:
    said: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(logs.glob("*/*.jsonl*")):
        for record in _records(path):
            prompt, reply = record.get("prompt"), record.get("response")
            if isinstance(prompt, str) and isinstance(reply, str) and prompt and reply:
                messages = said.setdefault(str(record.get("conversation_id")), [_SYSTEM])
                messages.append({"role": "user", "content": prompt})
                messages.append({"role": "assistant", "content": reply})
    return ({"messages": messages} for messages in said.values())


def _tool_rows(folder: Path) -> Iterator[dict[str, Any]]:
    path = folder / "bfcl_multiple.jsonl.gz"
    for record in _records(path) if path.exists() else ():
        functions = [
            {**function, "name": function["name"].replace(".", "_")}
            for function in record["function"]
        ]
        called = {"name": functions[0]["name"], "arguments": "{}"}
        call = {"id": "call_1", "type": "function", "function": called}
        yield {
            "messages": [*record["question"][0], {"role": "assistant", "tool_calls": [call]}],
            "tools": [{"type": "function", "function": function} for function in functions],
        }


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        for line in file:
            try:
                record = json.loads(line)
            except ValueError:  # the logs hold malformed lines on purpose
                continue
            if isinstance(record, dict):
                yield record
