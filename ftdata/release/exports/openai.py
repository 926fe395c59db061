"""OpenAI's chat fine-tuning rows: the dialect most trainers read.

These rows are the dataset's own `train.jsonl`, `validation.jsonl` and `test.jsonl`: the target
`openai` is the top level, so that no byte is written twice, and it is written whatever
`dataset.exports` holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example, Message
from ftdata.release.exports.exporter import Exporter, Limits, Problem, Reading, Row
from ftdata.release.exports.messages import message_problems, read_messages, tools_problems

_KEYS = frozenset(("messages", "tools", "parallel_tool_calls", "functions"))


def openai_rows(example: Example) -> Iterator[dict[str, Any]]:
    """One row per example; keys in OpenAI's order, absent rather than null.

    A user's question answered by a call, with the answer of the tool trained on and the call not::

        {"messages": [
           {"role": "user", "content": "Paris?"},
           {"role": "assistant", "tool_calls": [{"id": "c1", "type": "function",
             "function": {"name": "weather", "arguments": "{\"city\":\"Paris\"}"}}], "weight": 0},
           {"role": "tool", "content": "18 C", "tool_call_id": "c1"},
           {"role": "assistant", "content": "18 degrees.", "weight": 1}],
         "tools": [...]}

    `weight` is written on assistant messages, and only where one of the example's is 0: readers
    take an absent weight as 1.
    """
    weighted = any(m.weight == 0 and m.role == "assistant" for m in example.messages)
    row: dict[str, Any] = {"messages": [openai_message(m, weighted) for m in example.messages]}
    if example.tools:
        row["tools"] = example.tools
    yield row


def openai_message(message: Message, weighted: bool) -> dict[str, Any]:
    """The message as OpenAI's rows have it, an assistant's with its weight where `weighted`."""
    row: dict[str, Any] = {"role": message.role}
    if message.content is not None and (message.content or not message.tool_calls):
        row["content"] = message.content
    if message.tool_calls:
        row["tool_calls"] = message.tool_calls
    if message.tool_call_id is not None:
        row["tool_call_id"] = message.tool_call_id
    # A tool's message is told by its call's id: OpenAI's types know no name there.
    if message.name is not None and message.role != "tool":
        row["name"] = message.name
    if weighted and message.role == "assistant":
        row["weight"] = int(message.is_trained)
    return row


def openai_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What OpenAI's own validation would refuse, and what it lets pass and trains amiss."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write one with messages")
        return
    if not row.keys() <= _KEYS:
        extra = ", ".join(sorted(row.keys() - _KEYS))
        yield Problem("unknown_key", "", f"has the unknown key {extra}: remove it")
    messages = row.get("messages")
    yield from message_problems(messages)
    yield from tools_problems(row.get("tools"))
    if isinstance(messages, list) and not any(map(_is_trained, messages)):
        text = "holds no assistant message to train on: add one, or set a weight to 1"
        yield Problem("nothing_trained", "messages", text)


def read_openai(row: Row) -> Reading:
    """The conversation of a row."""
    return Reading(read_messages(row["messages"]), row.get("tools") or None)


def _is_trained(message: object) -> bool:
    return (
        isinstance(message, dict)
        and message.get("role") == "assistant"
        and message.get("weight", 1) != 0
    )


OPENAI = Exporter(
    name="openai",
    status="sunset",
    folder="",
    loss="Carries everything; trainers other than OpenAI's may ignore the weights.",
    rows=openai_rows,
    problems=openai_problems,
    read=read_openai,
    limits=Limits(rows={"train": (10, None)}, max_bytes=512 * 1024**2),
)
