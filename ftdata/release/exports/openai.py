"""OpenAI's chat fine-tuning rows: the dialect most trainers read.

Sunset: new organisations cannot tune since May 2026, nobody from 6 Jan 2027 on (OpenAI's page on
deprecations, read Nov 2026); Azure goes on. At least 10 rows and at most 512 MB a file.
These rows are the dataset's own `train.jsonl`, `validation.jsonl` and `test.jsonl`: the target
`openai` is the top level, so that no byte is written twice, and it is written whatever
`dataset.exports` holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example, Message
from ftdata.release.exports.exporter import Exporter, Limits, Problem, Reading, Row
from ftdata.release.exports.messages import message_problems, read_messages, tools_problems
from ftdata.release.exports.shapes import key_problems

_KEYS = frozenset(("messages", "tools", "parallel_tool_calls", "functions"))
_NAME = re.compile(r"[^\s<|\\/>]{1,64}")


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


def with_fit_names(example: Example) -> tuple[Example, list[Problem]]:
    """The example without the names that OpenAI would refuse, and a warning where there are any."""
    unfit = [m for m in example.messages if m.name and m.role != "tool" and not _is_name(m.name)]
    if not unfit:
        return example, []
    loss = f"{unfit[0].name!r:.80} is no name to OpenAI, so that it is left out"
    messages = [m._replace(name=None) if m in unfit else m for m in example.messages]
    return example._replace(messages=messages), [Problem("message_name", "", loss, "warning")]


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
    if message.name and message.role != "tool":
        row["name"] = message.name
    if weighted and message.role == "assistant":
        row["weight"] = int(message.is_trained)
    return row


def openai_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What OpenAI's own validation would refuse, and what it lets pass and trains amiss."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write one with messages")
        return
    messages = row.get("messages")
    yield from message_problems(messages, parts=True)
    yield from dialect_problems(messages, "messages")
    if len(row) > 1 or "messages" not in row:
        yield from key_problems(row, _KEYS, "")
        yield from tools_problems(row.get("tools"))
        yield from parallel_problems(row, "")
    yield from training_problems(messages)


def dialect_problems(messages: object, at: str) -> Iterator[Problem]:
    """What OpenAI alone wants of messages: names of its pattern, calls with an id and a type."""
    for place, message in enumerate(messages if isinstance(messages, list) else ()):
        if not isinstance(message, dict) or (len(message) == 2 and "content" in message):
            continue
        name = message.get("name")
        if name is not None and not _is_name(name):
            text = f"is {name!r:.80}: use up to 64 characters, but no space, < | \\ / nor >"
            yield Problem("message_name", f"{at}[{place}].name", text)
        calls = message.get("tool_calls")
        for order, call in enumerate(calls if isinstance(calls, list) else ()):
            where = f"{at}[{place}].tool_calls[{order}]"
            if isinstance(call, dict) and not (isinstance(call.get("id"), str) and call["id"]):
                yield Problem("call_id", f"{where}.id", "is no text: write the call's id")
            if isinstance(call, dict) and call.get("type") != "function":
                yield Problem("call_type", f"{where}.type", "is not function: write function")


def parallel_problems(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """`parallel_tool_calls` is true or false, and has a meaning with tools alone."""
    parallel = value.get("parallel_tool_calls")
    if parallel is None:
        return
    where = f"{at}.parallel_tool_calls" if at else "parallel_tool_calls"
    if not isinstance(parallel, bool):
        yield Problem("parallel_tool_calls", where, "is neither true nor false: write one of them")
    elif not value.get("tools"):
        text = "stands without tools: add the tools, or leave it out"
        yield Problem("parallel_tool_calls", where, text, "warning")


def training_problems(messages: object) -> Iterator[Problem]:
    """Something has to be learnt, and what comes after the last reply teaches nothing."""
    if not isinstance(messages, list) or not messages:
        return
    if not _is_trained(messages[-1]) and not any(map(_is_trained, messages)):
        text = "holds no assistant message to train on: add one, or set a weight to 1"
        yield Problem("nothing_trained", "messages", text)
    elif isinstance(messages[-1], dict) and messages[-1].get("role") != "assistant":
        at = f"messages[{len(messages) - 1}]"
        text = "comes after the last reply, and teaches nothing: take it out"
        yield Problem("last_role", at, text, "warning")


def read_openai(row: Row) -> Reading:
    """The conversation of a row."""
    return Reading(read_messages(row["messages"]), row.get("tools") or None)


def _rows(example: Example) -> Iterator[Row | Problem]:
    fitting, losses = with_fit_names(example)
    yield from losses
    yield from openai_rows(fitting)


def _is_name(name: object) -> bool:
    return isinstance(name, str) and _NAME.fullmatch(name) is not None


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
    loss=(
        "Names with white space or < | \\ / > are left out; trainers other than OpenAI's may ignore"
        " the weights."
    ),
    rows=_rows,
    problems=openai_problems,
    read=read_openai,
    limits=Limits(rows={"train": (10, None)}, max_bytes=512 * 1024**2),
)
