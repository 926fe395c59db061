"""Formatted examples as plain values, for the tests of this folder."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from ftdata import tables

Message = dict[str, Any]


def message(role: str, content: str, weight: int | None = None) -> Message:
    """A message without tool calls."""
    absent = {"tool_calls": None, "tool_call_id": None, "name": None}
    return {"role": role, "content": content, "weight": weight, **absent}


def turn(prompt: str, reply: str = "Six o'clock.", weight: int = 1) -> list[Message]:
    """A prompt and its reply."""
    return [message("user", prompt), message("assistant", reply, weight)]


def formatted_row(name: str, prompt: str, **fields: Any) -> dict[str, Any]:
    """An example of one turn."""
    return {
        "id": name,
        "source": "web",
        "date": "2025-03-01",
        "position": 0,
        "conversation_id": f"c-{name}",
        "record_ids": [f"r-{name}"],
        "origins": ["raw/web/2025-03-01.jsonl:1"],
        "variant": 0,
        "parent_id": None,
        "provenance": "log",
        "messages": turn(prompt),
        "tokens": 20,
        "trained_tokens": 4,
        "tokenizer": "words",
        "tags": [("category", "hours"), ("turns", "1")],
        "tag_origins": [("category", "log"), ("turns", "rules")],
        **fields,
    }


def formatted_table(prompts: list[str]) -> pa.Table:
    """A formatted partition with one example for each prompt."""
    rows = [formatted_row(f"e{i}", prompt, position=i) for i, prompt in enumerate(prompts)]
    return tables.from_rows("formatted", rows)
