"""Rows to fine-tune Mistral's models.

Sunset: Mistral's own description of its API calls the fine-tuning part deprecated, and
mistral-finetune, which reads the same rows, is archived (both read Nov 2026). The rules are those
of mistral-common 1.9 in its mode for fine-tuning.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from typing import Any

from ftdata.release.examples import Example, Message
from ftdata.release.exports.alternation import without_names
from ftdata.release.exports.exporter import EVERYTHING, Exporter, Problem, Reading, Row
from ftdata.release.exports.messages import message_problems, read_messages, tools_problems
from ftdata.release.exports.openai import openai_rows
from ftdata.release.exports.shapes import key_problems, schema_problems

_KEYS = frozenset(("messages", "tools"))
_MESSAGE_KEYS = frozenset(("role", "content", "name", "weight", "tool_calls", "tool_call_id"))
_FUNCTION_KEYS = frozenset(("name", "description", "parameters"))
_ROLES = ("system", "user", "assistant", "tool")
_MAY_FOLLOW: dict[object, tuple[str, ...]] = {
    "system": ("system", "user", "assistant"),
    "user": ("system", "user", "assistant"),
    "assistant": ("user", "assistant", "tool"),
    "tool": ("assistant", "tool"),
}
_CALL_ID = re.compile(r"[A-Za-z0-9]{9}")
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def mistral_rows(example: Example) -> Iterator[Row]:
    """One row per example: OpenAI's, without names, with ids of calls that Mistral takes.

    A call with the id "call_1" and its result::

        {"messages": [
           {"role": "user", "content": "Paris?"},
           {"role": "assistant", "tool_calls": [{"id": "Kv2x4DuQa", "type": "function",
             "function": {"name": "weather", "arguments": "{\"city\":\"Paris\"}"}}]},
           {"role": "tool", "content": "18 C", "tool_call_id": "Kv2x4DuQa"},
           {"role": "assistant", "content": "18 degrees."}],
         "tools": [...]}

    An id follows from the one before it alone, so that equal ids stay equal.
    """
    plain = without_names(example)
    ids = _new_ids(example.messages)
    (row,) = openai_rows(plain._replace(messages=[_with_ids(m, ids) for m in plain.messages]))
    if example.tools:
        row["tools"] = [_tool(tool) for tool in example.tools]
    yield row


def mistral_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What mistral-common would refuse, and what is amiss in OpenAI's form."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write one with messages")
        return
    yield from key_problems(row, _KEYS, "")
    messages = row.get("messages")
    yield from message_problems(messages, roles=_ROLES, keys=_MESSAGE_KEYS)
    yield from tools_problems(row.get("tools"))
    yield from _tools(row.get("tools"))
    if not isinstance(messages, list) or not all(isinstance(one, dict) for one in messages):
        return
    for place, message in enumerate(messages):
        if len(message) != 2 or message.get("role") == "assistant":
            yield from _message(message, f"messages[{place}]")
    yield from _order([message.get("role") for message in messages])


def _order(roles: Sequence[object]) -> Iterator[Problem]:
    for place, (before, role) in enumerate(pairwise(roles), start=1):
        if role in _ROLES and before in _ROLES and role not in _MAY_FOLLOW[before]:
            text = f"follows {before}: let one of {', '.join(_MAY_FOLLOW[before])} follow"
            yield Problem("role_order", f"messages[{place}].role", text)
    if roles and roles[-1] != "assistant":
        text = f"is {roles[-1]!r:.40}: end with a message of assistant"
        yield Problem("last_role", f"messages[{len(roles) - 1}].role", text)


def _message(message: dict[str, Any], at: str) -> Iterator[Problem]:
    """Ids, a name that is no tool's, and a reply that says nothing."""
    role, calls = message.get("role"), message.get("tool_calls")
    if role == "assistant" and message.get("content") == "" and not calls:
        yield Problem("empty_text", f"{at}.content", "is empty: write a text")
    if "name" in message and role != "tool":
        yield Problem("unknown_key", at, "has the unknown key name: remove it")
    if calls:
        for place, call in enumerate(calls if isinstance(calls, list) else ()):
            if isinstance(call, dict):
                yield from _id(call.get("id"), f"{at}.tool_calls[{place}].id")
    if role == "tool":
        yield from _id(message.get("tool_call_id"), f"{at}.tool_call_id")


def _id(identity: object, at: str) -> Iterator[Problem]:
    if not isinstance(identity, str) or not _CALL_ID.fullmatch(identity):
        yield Problem("call_id", at, f"is {identity!r:.40}: use exactly 9 letters and digits")


def _tools(tools: object) -> Iterator[Problem]:
    for place, tool in enumerate(tools if isinstance(tools, list) else ()):
        function = tool.get("function") if isinstance(tool, dict) else None
        if isinstance(function, dict):
            at = f"tools[{place}].function"
            yield from key_problems(function, _FUNCTION_KEYS, at)
            yield from schema_problems(function.get("parameters"), f"{at}.parameters")


def _tool(tool: Any) -> Any:  # noqa: ANN401  (JSON of any shape)
    """The tool without `strict`, which tells OpenAI alone how to decode."""
    function = tool.get("function") if isinstance(tool, dict) else None
    if not isinstance(function, dict) or "strict" not in function:
        return tool
    return {**tool, "function": {key: function[key] for key in function if key != "strict"}}


def _new_ids(messages: Sequence[Message]) -> dict[str, str]:
    """Every call's id, and the one that stands for it; ids that Mistral takes stay."""
    given = [
        str(call["id"])
        for m in messages
        for call in m.tool_calls or ()
        if call.get("id") is not None
    ]
    ids = {identity: identity for identity in given if _CALL_ID.fullmatch(identity)}
    taken = set(ids)
    for identity in given:
        if identity not in ids:
            fresh = (_derived(identity, turn) for turn in count())
            ids[identity] = next(one for one in fresh if one not in taken)
            taken.add(ids[identity])
    return ids


def _derived(identity: str, turn: int) -> str:
    text = f"{turn}:{identity}".encode("utf-8", "surrogatepass")
    number = int.from_bytes(hashlib.blake2b(text, digest_size=16).digest(), "big")
    letters = []
    for _ in range(9):
        number, digit = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[digit])
    return "".join(letters)


def _with_ids(message: Message, ids: dict[str, str]) -> Message:
    if message.tool_calls:
        calls = [_with_id(call, ids) for call in message.tool_calls]
        return message._replace(tool_calls=calls)
    if message.tool_call_id in ids:
        return message._replace(tool_call_id=ids[message.tool_call_id])
    return message


def _with_id(call: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    return call if call.get("id") is None else {**call, "id": ids[str(call["id"])]}


def read_mistral(row: Row) -> Reading:
    """The conversation of a row, with the ids that stand in it."""
    return Reading(read_messages(row["messages"]), row.get("tools") or None)


MISTRAL = Exporter(
    name="mistral",
    status="sunset",
    folder="exports/mistral",
    loss="No names; ids of calls are others; tools without `strict`.",
    rows=mistral_rows,
    problems=mistral_problems,
    read=read_mistral,
    carries=EVERYTHING - {"names"},
)
