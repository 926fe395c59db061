"""Conversations in turns, as LLaMA-Factory's converters read them: ShareGPT's shape.

At odd places stands a question or a tool's result, at even places a reply or a call of tools; a
system message may come before them, and the last is a reply. LLaMA-Factory drops a row that breaks
this, with no more than a warning in its log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from ftdata import jsonl
from ftdata.release.examples import Message
from ftdata.release.exports.arguments import with_text_arguments
from ftdata.release.exports.exporter import Problem

_MEDIA = ("<image>", "<video>", "<audio>")


class Form(NamedTuple):
    """The keys of a message, and the names of who says it."""

    role: str
    content: str
    system: str
    user: str
    result: str
    reply: str
    call: str


SHAREGPT = Form("from", "value", "system", "human", "observation", "gpt", "function_call")
CHAT = Form("role", "content", "system", "user", "tool", "assistant", "function_call")


def write_turns(messages: Sequence[Message], form: Form) -> list[dict[str, str]]:
    """Messages in that form; a call of tools is one with JSON for its content."""
    names = {"system": form.system, "developer": form.system, "tool": form.result}
    turns: list[dict[str, str]] = []
    for message in messages:
        if message.role == "assistant":
            turns.extend(_replies(message, form))
        else:
            name = names.get(message.role, form.user)
            turns.append({form.role: name, form.content: message.content or ""})
    return turns


def turn_refusals(messages: Sequence[Message]) -> Iterator[Problem]:
    """What of a conversation has no turn of its own in that form."""
    before = ""
    for place, message in enumerate(messages):
        where = f"messages[{place}]"
        if message.tool_calls and message.content:
            yield Problem("words_beside_call", where, "says words beside its call of tools")
        if message.role == before == "tool":
            yield Problem("several_results", where, "is the second result of calls at once")
        before = message.role


def _replies(message: Message, form: Form) -> Iterator[dict[str, str]]:
    if message.content or not message.tool_calls:
        yield {form.role: form.reply, form.content: message.content or ""}
    if message.tool_calls:
        calls = [_bare_call(call) for call in message.tool_calls]
        text = jsonl.dumps(calls[0] if len(calls) == 1 else calls).decode()
        yield {form.role: form.call, form.content: text}


def _bare_call(call: dict[str, Any]) -> dict[str, Any]:
    """Name and arguments, these as an object where they are one."""
    function = call["function"]
    try:
        arguments = orjson.loads(function["arguments"])
    except orjson.JSONDecodeError:
        arguments = function["arguments"]
    return {"name": function["name"], "arguments": arguments}


def read_turns(turns: Sequence[dict[str, str]], form: Form) -> list[Message]:
    """The messages again; calls are numbered, for their ids are not carried."""
    names = {form.system: "system", form.user: "user", form.result: "tool"}
    messages: list[Message] = []
    waiting: list[str] = []
    count = 0
    for turn in turns:
        name, text = turn[form.role], turn[form.content]
        if name == form.call:
            calls = [with_text_arguments(call) for call in _calls(text, count)]
            waiting, count = [call["id"] for call in calls], count + len(calls)
            messages.append(Message("assistant", None, 1, calls, None, None))
        elif name == form.reply:
            messages.append(Message("assistant", text, 1, None, None, None))
        else:
            called = waiting.pop(0) if name == form.result else None
            messages.append(Message(names[name], text, None, None, called, None))
    return messages


def _calls(text: str, count: int) -> list[dict[str, Any]]:
    calls = orjson.loads(text)
    return [
        {"id": f"call_{count + place}", "type": "function", "function": call}
        for place, call in enumerate(calls if isinstance(calls, list) else [calls])
    ]


def turn_problems(
    turns: object, at: str, form: Form, ends_with_reply: bool = True
) -> Iterator[Problem]:
    """What is wrong with such a list; of a preference pair it ends before the reply."""
    if not isinstance(turns, list) or not turns:
        yield Problem("no_messages", at, "is no list with a message: write the conversation")
        return
    sides = ((form.user, form.result), (form.reply, form.call))
    first = turns[0]
    start = int(isinstance(first, dict) and first.get(form.role) == form.system)
    before = None
    for place, turn in enumerate(turns):
        where = f"{at}[{place}]"
        if not isinstance(turn, dict):
            yield Problem("message_no_object", where, f"is no object: write {form.role}")
            return
        yield from _text_problems(turn, where, form)
        name = turn.get(form.role)
        if place >= start:
            yield from _order(name, before, sides[(place - start) % 2], where, form)
        before = name
    if (len(turns) - start) % 2 == ends_with_reply:
        text = "ends with a question" if ends_with_reply else "ends with a reply"
        yield Problem("last_turn", at, f"{text}: LLaMA-Factory drops such a row")


def _text_problems(turn: dict[str, Any], where: str, form: Form) -> Iterator[Problem]:
    text = turn.get(form.content)
    if not isinstance(text, str):
        yield Problem("content_no_text", f"{where}.{form.content}", "is no text: write one")
        return
    if "\x00" in text:
        yield Problem("nul", f"{where}.{form.content}", "holds a NUL: take it out", "warning")
    if "<" in text and any(mark in text for mark in _MEDIA):
        what = "holds a mark such as <image>: models that see stop there, for no picture is given"
        yield Problem("media_mark", f"{where}.{form.content}", what, "warning")
    if turn.get(form.role) == form.call and not _is_calls(text):
        what = 'is no JSON such as {"name": …, "arguments": {…}}, or a list of those'
        yield Problem("call_no_json", f"{where}.{form.content}", what)


def _is_calls(text: str) -> bool:
    try:
        calls = orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    calls = calls if isinstance(calls, list) else [calls]
    return bool(calls) and all(
        isinstance(call, dict)
        and isinstance(call.get("name"), str)
        and isinstance(call.get("arguments"), dict)
        for call in calls
    )


def _order(
    name: object, before: object, side: tuple[str, str], where: str, form: Form
) -> Iterator[Problem]:
    known = (form.system, form.user, form.result, form.reply, form.call)
    if name not in known:
        text = f"is {name!r:.40}: write one of {', '.join(known)}"
        yield Problem("unknown_role", f"{where}.{form.role}", text)
    elif name not in side:
        text = f"is {name} where {' or '.join(side)} has its turn: LLaMA-Factory drops such a row"
        yield Problem("role_order", f"{where}.{form.role}", text)
    elif name == form.result and before != form.call:
        yield Problem("orphan_tool_result", f"{where}.{form.role}", "answers no call before it")
    elif before == form.call and name != form.result:
        text = "comes before the result of the call: add the result"
        yield Problem("unanswered_tool_call", f"{where}.{form.role}", text)
