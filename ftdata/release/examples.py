"""One example as exporters see it, read from the columns of a `validated_splits` table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import orjson
import pyarrow as pa

from ftdata import jsonl, tables

COLUMNS = (
    "id", "split", "source", "date", "position", "variant", "conversation_id", "group_id",
    "parent_id", "provenance", "record_ids", "origins", "tags", "tag_origins", "scores",
    "tokens", "trained_tokens", "tokenizer", "messages", "tools", "rejected",
)  # fmt: skip


class Message(NamedTuple):
    """One message; the fields are those of tables.MESSAGE, with the tool calls parsed."""

    role: str
    content: str | None
    weight: int | None
    tool_calls: list[dict[str, Any]] | None
    tool_call_id: str | None
    name: str | None

    @property
    def is_trained(self) -> bool:
        """Whether the model shall learn to say this."""
        return self.role == "assistant" and self.weight != 0


class Example(NamedTuple):
    """One training unit; with `rejected`, another last reply, it is a preference pair."""

    id: str
    split: str
    messages: list[Message]
    tools: list[dict[str, Any]] | None
    rejected: str | None = None
    tokens: int = 0
    source: str = ""
    tags: tuple[tuple[str, str], ...] = ()


def examples_schema() -> pa.Schema:
    """Schema of `examples.parquet`."""
    stage = tables.schema("validated_splits")
    return pa.schema([stage.field(name) for name in COLUMNS])


def read_rows(table: pa.Table) -> Iterator[Example]:
    """The examples of a table that has these columns, in its order."""
    lists = table.column("messages").combine_chunks()
    bounds = lists.offsets.to_numpy() - lists.offsets[0].as_py()
    fields = [field.to_pylist() for field in lists.flatten().flatten()]
    calls = tables.MESSAGE.get_field_index("tool_calls")
    fields[calls] = [None if text is None else _parse_calls(text) for text in fields[calls]]
    messages = list(map(Message, *fields))
    ids = table.column("id").to_pylist()
    splits = table.column("split").to_pylist()
    tools = table.column("tools").to_pylist()
    rejected = table.column("rejected").to_pylist()
    tokens = table.column("tokens").to_pylist()
    sources = table.column("source").to_pylist()
    tags = table.column("tags").to_pylist()
    for row, (start, end) in enumerate(pairwise(bounds.tolist())):
        offered = orjson.loads(tools[row]) if tools[row] else None
        yield Example(
            ids[row],
            splits[row],
            messages[start:end],
            offered or None,
            rejected[row],
            tokens[row],
            sources[row],
            tuple(tags[row]),
        )


def _parse_calls(text: str) -> list[dict[str, Any]] | None:
    return [_order_call(call) for call in orjson.loads(text)] or None


def _order_call(call: dict[str, Any]) -> dict[str, Any]:
    """The call with its keys in OpenAI's order and its arguments as a JSON string."""
    function = call.get("function")
    if not isinstance(function, dict):
        return call
    arguments = function.get("arguments", "{}")
    if not isinstance(arguments, str):
        arguments = jsonl.dumps(arguments).decode()
    identity = {"id": call["id"]} if "id" in call else {}
    return {
        **identity,
        "type": "function",
        "function": {"name": function.get("name"), "arguments": arguments},
    }
