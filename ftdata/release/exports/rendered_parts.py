"""Parts of rendered texts, written and read: JSON as chat templates have it, turns, messages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from ftdata import jsonl
from ftdata.release.examples import Message
from ftdata.release.exports.arguments import parsed_arguments
from ftdata.release.exports.exporter import Problem

Tools = list[dict[str, Any]] | None
Turns = list[tuple[str, str]] | Problem
FindMarker = Callable[[str], re.Match[str] | None]
_LONGEST_ROLE = 80  # characters, with what follows it


def plain_json(value: object, indent: int | None = None) -> str:
    """JSON as the filter `tojson` of Hugging Face's chat templates writes it."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def rendered_arguments(call: dict[str, Any]) -> str:
    """The arguments of a call, an object, as JSON."""
    return plain_json(parsed_arguments(call["function"]["arguments"]))


def told_message(role: str, content: str, calls: list[dict[str, Any]] | None = None) -> Message:
    """A message as texts can tell it: with calls the words beside them, or none."""
    weight = 1 if role == "assistant" else None
    return Message(role, content or None if calls else content, weight, calls, None, None)


@dataclass(frozen=True)
class TurnForm:
    """What stands around a turn: `opening`, the role, `middle`, the text, `ending`."""

    opening: str
    middle: str
    ending: str
    line_break: bool = False  # one follows, and may be missing at the end of the text


def turns_of(text: str, at: int, form: TurnForm, marker_in: FindMarker) -> Turns:
    """Role and text of each turn from this character to the end, or what is wrong there."""
    found: list[tuple[str, str]] = []
    while at < len(text):
        start = at + len(form.opening)
        middle = text.find(form.middle, start, start + _LONGEST_ROLE)
        end = text.find(form.ending, middle)
        if not text.startswith(form.opening, at) or middle < 0 or end < 0:
            return broken(text, at, "a turn of the template")
        said = text[middle + len(form.middle) : end]
        marker = marker_in(said)
        if marker is not None:
            where = middle + len(form.middle) + marker.start()
            reason = f"has {marker[0]!r:.60} inside a message, at character {where}: take it out"
            return Problem("template_marker", "text", reason)
        found.append((text[start:middle], said))
        at = end + len(form.ending)
        if form.line_break and at < len(text):
            if text[at] != "\n":
                return broken(text, at, "a line break after the turn")
            at += 1
    return found


def read_json(text: str) -> object:
    """The value of a JSON text; None where it is none."""
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return value


def read_call(name: object, arguments: object) -> dict[str, Any]:
    """A call without an id, its arguments as compact JSON."""
    text = arguments if isinstance(arguments, str) else jsonl.dumps(arguments).decode()
    return {"type": "function", "function": {"name": name, "arguments": text}}


def broken(text: str, at: int, wanted: str) -> Problem:
    """The problem of a text that stops following its template at this character."""
    found = text[at : at + 24]
    return Problem("template_form", "text", f"has {found!r} at character {at}: write {wanted}")
