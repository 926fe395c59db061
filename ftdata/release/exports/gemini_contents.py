"""What is said in Gemini's form, contents made of parts: texts, calls and their results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from ftdata import jsonl
from ftdata.release.examples import Message
from ftdata.release.exports.alternation import said_message, turn_problems
from ftdata.release.exports.arguments import parsed_arguments
from ftdata.release.exports.exporter import Problem
from ftdata.release.exports.messages import FUNCTION_NAME
from ftdata.release.exports.shapes import key_problems, objects_in, text_problems

_SYSTEM = ("systemInstruction", "system_instruction")
_ROLES = {"user": "user", "assistant": "model"}
_CONTENT_KEYS = frozenset(("role", "parts"))
_PARTS = {"user": ("text", "functionResponse"), "model": ("text", "functionCall")}


def contents_of(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """The messages as contents; the results of one message's calls in one, in the calls' order.

    A message of another role, or a result without its call, keeps its role: the rules refuse it.
    """
    contents: list[dict[str, Any]] = []
    called: dict[str | None, str] = {}  # id → name, of the message before
    results: dict[str | None, dict[str, Any]] = {}
    for message in messages:
        answered = message.tool_call_id
        if message.role == "tool" and answered in called and answered not in results:
            if not results:
                contents.append({"role": "user", "parts": []})
            results[answered] = _result_part(called[answered], message)
            contents[-1]["parts"] = [results[one] for one in called if one in results]
            continue
        parts = [{"text": message.content}] if message.content or not message.tool_calls else []
        parts += [_call_part(call) for call in message.tool_calls or ()]
        contents.append({"role": _ROLES.get(message.role, message.role), "parts": parts})
        results = {}
        called = {_id(call): call["function"]["name"] for call in message.tool_calls or ()}
    return contents


def read_contents(contents: Sequence[Mapping[str, Any]]) -> list[Message]:
    """The messages of contents without an error, with an id for each call: call_1, call_2 …"""
    messages = []
    numbers = count(1)
    waiting: list[str] = []
    for content in contents:
        parts = content["parts"]
        results = [part["functionResponse"] for part in parts if "functionResponse" in part]
        for name, result in zip(waiting, results, strict=False):
            output = _output(result["response"])
            messages.append(Message("tool", output, None, None, name, None))
        said = [part["text"] for part in parts if "text" in part]
        calls = [part["functionCall"] for part in parts if "functionCall" in part]
        waiting = [f"call_{next(numbers)}" for _ in calls]
        if said or calls:
            made = [_call(*pair) for pair in zip(waiting, calls, strict=True)]
            reply = content["role"] == "model"
            text = "\n".join(said) if said else None
            role, weight = ("assistant", 1) if reply else ("user", None)
            messages.append(Message(role, text, weight, made or None, None, None))
    return messages


def read_system(row: Mapping[str, Any]) -> list[Message]:
    """The system message of a row, where it has one; its parts are joined by line breaks."""
    return [
        said_message("system", "\n".join(part["text"] for part in row[key]["parts"]))
        for key in _SYSTEM
        if key in row
    ]


def system_problems(row: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with a system instruction: parts with texts, and at most a role.

    Google's pages write its key in either of two ways.
    """
    for at in _SYSTEM:
        if at in row:
            yield from _instruction(row[at], at)
    if all(at in row for at in _SYSTEM):
        yield Problem("unknown_key", _SYSTEM[1], f"stands beside {_SYSTEM[0]}: keep one of them")


def _instruction(instruction: object, at: str) -> Iterator[Problem]:
    parts = instruction.get("parts") if isinstance(instruction, dict) else None
    if not isinstance(instruction, dict) or not isinstance(parts, list) or not parts:
        yield Problem("no_content", at, 'has no parts: write {"parts": [{"text": …}]}')
        return
    yield from key_problems(instruction, _CONTENT_KEYS, at)
    for place, part in enumerate(parts):
        where = f"{at}.parts[{place}]"
        if not isinstance(part, dict) or part.keys() != {"text"}:
            yield Problem("part_unknown", where, 'is no text: write {"text": …}')
        else:
            yield from text_problems(part["text"], f"{where}.text")


def content_problems(given: object, last: str) -> Iterator[Problem]:
    """What is wrong with contents that shall end with the role `last`."""
    contents = objects_in(given, "contents")
    if isinstance(contents, Problem):
        yield contents
        return
    called: list[str] = []
    for place, content in enumerate(contents):
        if called or not _is_plain(content):
            yield from _content(content, called, f"contents[{place}]")
            called = _names(content.get("parts"), "functionCall")
    roles = [content.get("role") for content in contents]
    yield from turn_problems(roles, "contents", "model", last)


def _is_plain(content: dict[str, Any]) -> bool:
    """Whether it is one text, of which there is nothing to tell: most of a file is that."""
    parts = content.get("parts")
    if len(content) != 2 or type(parts) is not list or len(parts) != 1:
        return False
    part = parts[0]
    text = part.get("text") if type(part) is dict and len(part) == 1 else None
    is_said = type(text) is str and text != "" and not text.isspace()
    return is_said and content.get("role") in ("user", "model")


def _content(content: dict[str, Any], called: Sequence[str], at: str) -> Iterator[Problem]:
    yield from key_problems(content, _CONTENT_KEYS, at)
    role, parts = content.get("role"), content.get("parts")
    if role not in ("user", "model"):
        yield Problem("unknown_role", f"{at}.role", f"is {role!r:.40}: write user or model")
        role = "user"
    if not isinstance(parts, list) or not parts:
        yield Problem("no_content", f"{at}.parts", "is no list with a part: write one")
        return
    for order, part in enumerate(parts):
        yield from _part(part, role, f"{at}.parts[{order}]")
    yield from _answers(parts, called, at)


def _part(part: object, role: str, at: str) -> Iterator[Problem]:
    allowed = _PARTS[role]
    kind = next(iter(part)) if isinstance(part, dict) and len(part) == 1 else None
    if not isinstance(part, dict) or kind not in allowed:
        yield Problem("part_unknown", at, f"is none of {', '.join(allowed)}: write one of them")
        return
    value = part[kind]
    if kind == "text":
        yield from text_problems(value, f"{at}.text")
        return
    where = f"{at}.{kind}"
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        yield Problem("call_no_function", where, "has no name: write that of the function")
        return
    if not FUNCTION_NAME.fullmatch(value["name"]):
        text = f"is {value['name']!r:.80}: use up to 64 letters, digits, `_` and `-`"
        yield Problem("function_name", f"{where}.name", text)
    field = "args" if kind == "functionCall" else "response"
    yield from key_problems(value, frozenset(("name", field)), where)
    if not isinstance(value.get(field), dict):
        yield Problem("arguments_form", f"{where}.{field}", "is no object: write one")


def _answers(parts: Sequence[object], called: Sequence[str], at: str) -> Iterator[Problem]:
    """Results answer the calls of the content before, all of them, in their order."""
    answered = _names(parts, "functionResponse")
    if answered and answered != called:
        wanted = ", ".join(called) or "none"
        text = f"answers other calls than those before it ({wanted:.80}): answer each, in order"
        yield Problem("orphan_tool_result", at, text)
    elif called and not answered:
        text = f"comes before the result of {called[0]!r:.40}: add the result"
        yield Problem("unanswered_tool_call", at, text)


def _names(parts: object, kind: str) -> list[str]:
    if not isinstance(parts, list):
        return []
    found = [part[kind] for part in parts if isinstance(part, dict) and kind in part]
    return [str(one.get("name")) if isinstance(one, dict) else "" for one in found]


def _id(call: Mapping[str, Any]) -> str | None:
    return None if call.get("id") is None else str(call["id"])


def _result_part(name: str, message: Message) -> dict[str, Any]:
    response = {"output": message.content or ""}
    return {"functionResponse": {"name": name, "response": response}}


def _call_part(call: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments that are no JSON object stay a text, which the rules refuse."""
    function = call["function"]
    arguments = parsed_arguments(function["arguments"])
    if arguments is None:
        arguments = function["arguments"]
    return {"functionCall": {"name": function["name"], "args": arguments}}


def _call(identity: str, call: Mapping[str, Any]) -> dict[str, Any]:
    arguments = jsonl.dumps(call["args"]).decode()
    function = {"name": call["name"], "arguments": arguments}
    return {"id": identity, "type": "function", "function": function}


def _output(response: Mapping[str, Any]) -> str:
    """Gemini takes the value of `output` for what the function gave; another form is its JSON."""
    output = response.get("output")
    if len(response) == 1 and isinstance(output, str):
        return output
    return jsonl.dumps(response).decode()
