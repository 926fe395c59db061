"""Rules about a list of messages that most targets share, and how such a list is read back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from ftdata.release.examples import Message
from ftdata.release.exports.arguments import with_text_arguments
from ftdata.release.exports.content_parts import part_problems, text_of
from ftdata.release.exports.exporter import Problem

ROLES = ("system", "developer", "user", "assistant", "tool")
FUNCTION_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NOTHING = (None, None, None)
_KEYS = frozenset(
    ("role", "content", "name", "weight", "tool_calls", "tool_call_id", "refusal", "function_call")
)


class _Form(NamedTuple):
    """What a target's messages may be."""

    roles: Collection[str]
    arguments: type
    keys: frozenset[str]
    parts: bool


def message_problems(
    messages: object,
    at: str = "messages",
    roles: Collection[str] = ROLES,
    arguments: type = str,
    keys: frozenset[str] = _KEYS,
    parts: bool = False,
) -> Iterator[Problem]:
    """What is wrong with a list of messages in OpenAI's form.

    `arguments` is what tool calls hold there: `str` in OpenAI's dialect, `dict` in Hugging Face's.
    With `parts` a content may be a list of parts.
    `at` is the path of the list in its row. Nothing follows where it is no list of objects.
    Files of a gigabyte are read by it: a plain message, role and text alone, is passed over in
    one condition.
    """
    if not isinstance(messages, list) or not messages:
        yield Problem("no_messages", at, "is no list with a message: write the conversation")
        return
    form = _Form(roles, arguments, keys, parts)
    waiting: dict[str, int] = {}
    for place, message in enumerate(messages):
        if (
            type(message) is dict
            and len(message) == 2
            and type(content := message.get("content")) is str
            and "\x00" not in content
            and type(role := message.get("role")) is str
            and role in roles
            and role != "tool"
            and not waiting
        ):
            continue
        where = f"{at}[{place}]"
        if not isinstance(message, dict):
            yield Problem("message_no_object", where, "is no object: write role, content")
            return
        yield from _one_message(message, where, form)
        yield from _order(message, place, where, waiting)


def _one_message(message: dict[str, Any], at: str, form: _Form) -> Iterator[Problem]:
    """What is wrong with a message, whatever stands before it."""
    role = message.get("role")
    if not isinstance(role, str) or role not in form.roles:
        text = f"is {role!r:.40}: write one of {', '.join(form.roles)}"
        yield Problem("unknown_role", f"{at}.role", text)
    if not message.keys() <= form.keys:
        extra = ", ".join(sorted(map(str, message.keys() - form.keys)))
        yield Problem("unknown_key", at, f"has the unknown key {extra}: remove it")
    yield from _content(message, at, form.parts)
    if message.get("tool_calls") is not None:
        yield from _calls(message, at, form.arguments)
    yield from _weight(message, at)


def tools_problems(tools: object, at: str = "tools") -> Iterator[Problem]:
    """What is wrong with the tools on offer; None, for none on offer, is right."""
    if tools is None:
        return
    if not isinstance(tools, list):
        yield Problem("tools_no_list", at, "is no list: write a list of functions")
        return
    for place, tool in enumerate(tools):
        function = tool.get("function") if isinstance(tool, dict) else None
        name = function.get("name") if isinstance(function, dict) else None
        if not isinstance(name, str) or tool.get("type") != "function":
            text = 'is no function with a name: write {"type": "function", "function": {"name": …}}'
            yield Problem("tool_no_function", f"{at}[{place}]", text)
        elif not FUNCTION_NAME.fullmatch(name):
            yield _bad_name(f"{at}[{place}].function.name", name)


def read_messages(messages: Sequence[dict[str, Any]]) -> list[Message]:
    """Messages in OpenAI's form, with arguments as texts whichever form they have."""
    return [
        # As Message(…) does, in half the time.
        tuple.__new__(Message, (role, content, 1 if role == "assistant" else None, *_NOTHING))
        if len(message) == 2
        and type(content := message.get("content")) is str
        and (role := message["role"])
        else _read(message)
        for message in messages
    ]


def _read(message: dict[str, Any]) -> Message:
    calls = message.get("tool_calls") or ()
    return Message(
        role=message["role"],
        content=text_of(message.get("content")),
        weight=message.get("weight", 1) if message["role"] == "assistant" else None,
        tool_calls=[with_text_arguments(call) for call in calls] or None,
        tool_call_id=message.get("tool_call_id"),
        name=message.get("name"),
    )


def _content(message: dict[str, Any], at: str, parts: bool) -> Iterator[Problem]:
    content = message.get("content")
    if isinstance(content, str):
        if "\x00" in content:
            yield Problem("nul", f"{at}.content", "holds a NUL character: take it out", "warning")
    elif content is None:
        if message.get("role") != "assistant" or not message.get("tool_calls"):
            yield Problem("no_content", f"{at}.content", "is missing: write a text")
        elif "content" in message:
            text = "is null beside tool_calls: leave the key out"
            yield Problem("null_content", f"{at}.content", text, "warning")
    elif parts and isinstance(content, list) and content:
        yield from part_problems(content, message.get("role"), f"{at}.content")
    else:
        yield Problem("content_no_text", f"{at}.content", "is no text: write one")


def _calls(message: dict[str, Any], at: str, arguments: type) -> Iterator[Problem]:
    calls = message["tool_calls"]
    if message.get("role") != "assistant":
        yield Problem("calls_of_others", f"{at}.tool_calls", "only the assistant calls tools")
    if not isinstance(calls, list) or not calls:
        yield Problem("no_calls", f"{at}.tool_calls", "is no list with a call: leave the key out")
        return
    for place, call in enumerate(calls):
        where = f"{at}.tool_calls[{place}]"
        function = call.get("function") if isinstance(call, dict) else None
        name = function.get("name") if isinstance(function, dict) else None
        if not isinstance(function, dict) or not isinstance(name, str):
            yield Problem("call_no_function", where, "has no function with a name: write one")
            continue
        if not FUNCTION_NAME.fullmatch(name):
            yield _bad_name(f"{where}.function.name", name)
        yield from _arguments(function.get("arguments"), f"{where}.function.arguments", arguments)


def _arguments(given: object, at: str, wanted: type) -> Iterator[Problem]:
    if not isinstance(given, wanted):
        form = "JSON text" if wanted is str else "object"
        yield Problem("arguments_form", at, f"is no {form}: write the arguments as one")
    elif isinstance(given, str) and not _is_object(given):
        yield Problem("arguments_no_json", at, "is no JSON object: write one as text")


def _is_object(text: str) -> bool:
    try:
        return isinstance(orjson.loads(text), dict)
    except orjson.JSONDecodeError:
        return False


def _bad_name(at: str, name: str) -> Problem:
    text = f"is {name!r:.80}: use up to 64 letters, digits, `_` and `-`"
    return Problem("function_name", at, text)


def _weight(message: dict[str, Any], at: str) -> Iterator[Problem]:
    weight = message.get("weight")
    if weight is None:
        return
    if message.get("role") != "assistant":
        yield Problem("weight_of_others", f"{at}.weight", "only assistant messages have one")
    elif isinstance(weight, bool | float) or weight not in (0, 1):
        yield Problem("weight", f"{at}.weight", f"is {weight!r:.20}: write 0 or 1")


def _order(
    message: dict[str, Any], place: int, at: str, waiting: dict[str, int]
) -> Iterator[Problem]:
    """Results answer calls, at once; `waiting` holds the calls without one, and is changed."""
    if message.get("role") == "tool":
        called = message.get("tool_call_id")
        if waiting.pop(str(called), None) is None:
            text = f"answers no call before it ({called!r:.40}): take it out, or mend its id"
            yield Problem("orphan_tool_result", f"{at}.tool_call_id", text)
        return
    if waiting:
        text = f"comes before the result of {next(iter(waiting))!r:.40}: add the result"
        yield Problem("unanswered_tool_call", at, text)
        waiting.clear()
    calls = message.get("tool_calls")
    for call in calls if isinstance(calls, list) else ():
        if isinstance(call, dict):
            waiting[str(call.get("id"))] = place
