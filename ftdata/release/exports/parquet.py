"""Hugging Face's layout of a dataset: typed columns in Parquet, which no loader has to guess.

Live. The names are those that the Hub's guide "Repository structure" gives (read 2026-11):
`data/<split>-00000-of-00001.parquet`, so that `load_dataset` takes the folder as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from ftdata import jsonl
from ftdata.release.examples import Example
from ftdata.release.exports.exporter import Exporter, Problem, Reading, Row
from ftdata.release.exports.messages import message_problems, read_messages, tools_problems
from ftdata.release.exports.openai import openai_rows
from ftdata.release.exports.rendered_parts import read_json
from ftdata.tables import SPLITS

_FUNCTION = pa.struct([("name", pa.string()), ("arguments", pa.string())])
_CALL = pa.struct([("id", pa.string()), ("type", pa.string()), ("function", _FUNCTION)])
_MESSAGE = pa.struct(
    [
        ("role", pa.string()),
        ("content", pa.string()),
        ("name", pa.string()),
        ("weight", pa.int8()),
        ("tool_calls", pa.list_(_CALL)),
        ("tool_call_id", pa.string()),
    ]
)
_SCHEMA = pa.schema([("messages", pa.list_(_MESSAGE)), ("tools", pa.string())])


def parquet_rows(example: Example) -> Iterator[Row]:
    """OpenAI's row, with the tools on offer as one JSON text: their schemas fit no columns.

    user "Hi", assistant "Hello.", and the tool `f` on offer::

        {"messages": [{"role": "user", "content": "Hi"},
                      {"role": "assistant", "content": "Hello."}],
         "tools": '[{"type":"function","function":{"name":"f"}}]'}

    In the file every message has every field, null where it says nothing.
    """
    for row in openai_rows(example):
        if "tools" in row:
            row["tools"] = jsonl.dumps(row["tools"]).decode()
        yield row


def parquet_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What is wrong with a row, its nulls left out of account."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no row: write messages and tools")
        return
    messages = row.get("messages")
    if isinstance(messages, list):
        messages = [_without_nulls(m) if isinstance(m, dict) else m for m in messages]
        if not any(isinstance(m, dict) and m.get("role") == "assistant" for m in messages):
            yield Problem("nothing_trained", "messages", "hold no reply: add one")
    yield from message_problems(messages)
    tools = row.get("tools")
    if tools is not None:
        listed = read_json(tools) if isinstance(tools, str) else None
        yield from tools_problems(tools if listed is None else listed)


def read_parquet(row: Row) -> Reading:
    """The conversation of a row."""
    tools = read_json(row.get("tools") or "null")
    messages = read_messages(list(map(_without_nulls, row["messages"])))
    return Reading(messages, tools if isinstance(tools, list) else None)


def _without_nulls(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if value is not None}


PARQUET = Exporter(
    name="parquet",
    status="live",
    folder="exports/parquet",
    loss="Carries everything; fields that a message has not are null, and tools are one JSON text.",
    rows=parquet_rows,
    problems=parquet_problems,
    read=read_parquet,
    names={split: f"data/{split}-00000-of-00001" for split in SPLITS},
    schema=_SCHEMA,
)
