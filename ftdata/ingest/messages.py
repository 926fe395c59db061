"""A record's messages: from OpenAI's chat format, or from a prompt and its response."""

from __future__ import annotations

from typing import Any, NamedTuple, NoReturn

from ftdata import jsonl
from ftdata.ingest.faults import MalformedRecordError

ROLES = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "assistant": "assistant",
    "tool": "tool",
    "function": "tool",
}


class Message(NamedTuple):
    """One message, in the order of the columns of `tables.MESSAGE`."""

    role: str
    content: str | None  # null only beside tool calls
    weight: int | None = None  # 0 or 1, of assistant messages
    tool_calls: str | None = None  # JSON list
    tool_call_id: str | None = None
    name: str | None = None


def parse_messages(value: object) -> list[Message]:
    """The messages of a chat list.

    `developer` becomes system and `function` tool; text parts are joined by line breaks; the
    arguments of tool calls become JSON text; a `function_call`, the older form, becomes a tool
    call, which the function message after it answers.
    Raises MalformedRecordError (`bad_messages`), naming the message and the field.
    """
    if not isinstance(value, list):
        _refuse("messages is not a list")
    messages: list[Message] = []
    call_id: str | None = None  # of the last function_call
    for at, raw in enumerate(value):
        place = f"messages[{at}]"
        if not isinstance(raw, dict):
            _refuse(f"{place} is not an object")
        message = _message(raw, place)
        if raw.get("function_call") is not None:
            call_id = f"call_{at}"
            message = message._replace(tool_calls=_function_call(raw, call_id, place))
        elif raw.get("role") == "function" and message.tool_call_id is None:
            message = message._replace(tool_call_id=call_id)
        if message.content is None and message.tool_calls is None:
            message = message._replace(content=_no_content(message.role, place))
        messages.append(message)
    return messages


def last_reply(messages: list[Message]) -> Message | None:
    """The last assistant message."""
    return next((m for m in reversed(messages) if m.role == "assistant"), None)


def _message(raw: dict[str, Any], place: str) -> Message:
    named = raw.get("role")
    role = ROLES.get(named) if isinstance(named, str) else None
    if role is None:
        _refuse(f"{place}.role is none of {', '.join(ROLES)}")
    return Message(
        role=role,
        content=_content(raw.get("content"), place),
        weight=_weight(raw.get("weight"), place) if role == "assistant" else None,
        tool_calls=_tool_calls(raw.get("tool_calls"), role, place),
        tool_call_id=_text(raw.get("tool_call_id"), f"{place}.tool_call_id"),
        name=_text(raw.get("name"), f"{place}.name"),
    )


def _content(value: object, place: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, list):
        _refuse(f"{place}.content is neither text nor a list of parts")
    texts: list[str] = []
    for part in value:
        text = part.get("text") if isinstance(part, dict) and part.get("type") == "text" else None
        if not isinstance(text, str):
            _refuse(f"{place}.content has a part that is not text")
        texts.append(text)
    return "\n".join(texts)


def _no_content(role: str, place: str) -> str:
    """An answer or a tool's result may be empty; what was asked may not be missing."""
    if role in ("system", "user"):
        _refuse(f"{place}.content is missing")
    return ""


def _weight(value: object, place: str) -> int | None:
    if value is None:
        return None
    if value not in (0, 1):
        _refuse(f"{place}.weight is neither 0 nor 1")
    return 1 if value else 0


def _text(value: object, place: str) -> str | None:
    if value is not None and not isinstance(value, str):
        _refuse(f"{place} is not text")
    return value


def _tool_calls(value: object, role: str, place: str) -> str | None:
    if value is None or value == []:
        return None
    if not isinstance(value, list):
        _refuse(f"{place}.tool_calls is not a list")
    if role != "assistant":
        _refuse(f"{place}.tool_calls stands on a message that is not the assistant's")
    calls = []
    for at, call in enumerate(value):
        if not isinstance(call, dict):
            _refuse(f"{place}.tool_calls[{at}] is not an object")
        function = _function(call.get("function"), f"{place}.tool_calls[{at}].function")
        calls.append({"type": "function", **call, "function": function})
    return _json(calls, f"{place}.tool_calls")


def _function_call(raw: dict[str, Any], call_id: str, place: str) -> str:
    if raw.get("role") != "assistant" or raw.get("tool_calls"):
        _refuse(f"{place}.function_call does not fit the message")
    function = _function(raw["function_call"], f"{place}.function_call")
    call = {"id": call_id, "type": "function", "function": function}
    return _json([call], f"{place}.function_call")


def _function(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        _refuse(f"{place} has no name")
    arguments = value.get("arguments")
    if arguments is None:
        arguments = {}
    if isinstance(arguments, dict):
        arguments = _json(arguments, f"{place}.arguments")
    if not isinstance(arguments, str):
        _refuse(f"{place}.arguments is neither text nor an object")
    return {**value, "arguments": arguments}


def _json(value: object, place: str) -> str:
    try:
        return jsonl.dumps(value).decode()
    except TypeError:  # the only one orjson raises
        _refuse(f"{place} is nested too deeply, or not made of JSON values")


def _refuse(detail: str) -> NoReturn:
    raise MalformedRecordError("bad_messages", detail)
