"""Messages and cleaned conversations as plain values, for the tests of this folder."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from ftdata import tables

Message = dict[str, Any]


def message(role: str, content: str | None, **fields: Any) -> Message:
    """A message with every field of tables.MESSAGE."""
    absent = {"weight": None, "tool_calls": None, "tool_call_id": None, "name": None}
    return {"role": role, "content": content, **absent, **fields}


def call(identity: str, arguments: str = '"{}"') -> str:
    """The tool_calls of a message that makes one call."""
    return (
        f'[{{"id":"{identity}","type":"function",'
        f'"function":{{"name":"look_up","arguments":{arguments}}}}}]'
    )


def cleaned_row(name: str, messages: list[Message], **fields: Any) -> dict[str, Any]:
    """A cleaned conversation in which all messages come from one unrated record."""
    return {
        "id": name,
        "source": "web",
        "date": "2025-03-01",
        "position": 0,
        "conversation_id": f"c-{name}",
        "record_ids": [f"r-{name}"],
        "origins": ["raw/web/2025-03-01.jsonl:1"],
        "messages": messages,
        "ratings": [None],
        "turn_records": [0] * len(messages),
        "redactions": [],
        "flags": [],
        **fields,
    }


def cleaned_table(*rows: dict[str, Any]) -> pa.Table:
    """A cleaned partition."""
    return tables.from_rows("cleaned", list(rows))


def logged_messages() -> st.SearchStrategy[list[Message]]:
    """Messages as logs may hold them: any role after any, empty, weighted, or calling a tool."""
    contents = st.sampled_from(["Is the shop open?", "Yes, until six.", "", "  ", "Grüße 🎉"])
    calls = st.sampled_from([None, call("a"), call("b"), "[]", "broken"])
    speaker = st.builds(message, st.sampled_from(["system", "user"]), contents)
    assistant = st.builds(
        message,
        st.just("assistant"),
        contents,
        weight=st.sampled_from([None, None, 0, 1]),
        tool_calls=calls,
    )
    tool = st.builds(
        message, st.just("tool"), contents, tool_call_id=st.sampled_from(["a", "b", None])
    )
    return st.lists(st.one_of(speaker, assistant, tool), max_size=8)
