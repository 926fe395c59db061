"""Rules about the shape of a row that targets share whatever their dialect: keys, texts, lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.exports.exporter import Problem

_TYPES = ("string", "number", "integer", "boolean", "array", "object", "null")
_MAX_DEPTH = 32  # levels of a schema


def key_problems(value: dict[str, Any], known: frozenset[str], at: str) -> Iterator[Problem]:
    """The keys that the target does not know, in one problem."""
    if not value.keys() <= known:
        extra = ", ".join(sorted(value.keys() - known))
        yield Problem("unknown_key", at, f"has the unknown key {extra:.80}: remove it")


def text_problems(value: object, at: str) -> Iterator[Problem]:
    """A text with something in it besides white space."""
    if not isinstance(value, str):
        yield Problem("content_no_text", at, "is no text: write one")
    elif not value or value.isspace():
        yield Problem("empty_text", at, "is empty: write a text")


def objects_in(value: object, at: str) -> list[dict[str, Any]] | Problem:
    """The list, if it is one of objects, with one at least; else what is wrong with it."""
    if not isinstance(value, list) or not value:
        return Problem("no_messages", at, "is no list with a message: write the conversation")
    for place, one in enumerate(value):
        if not isinstance(one, dict):
            return Problem("message_no_object", f"{at}[{place}]", "is no object: write one")
    return value


def schema_problems(schema: object, at: str, depth: int = 0) -> Iterator[Problem]:
    """The names of types in a JSON Schema, at every depth: `dict` and `float` are none."""
    if isinstance(schema, bool) and depth:
        return
    if not isinstance(schema, dict) or depth > _MAX_DEPTH:
        text = f"is no schema of at most {_MAX_DEPTH} levels: write an object with a type"
        yield Problem("tool_schema", at, text)
        return
    named = schema.get("type", "object")
    if not all(one in _TYPES for one in (named if isinstance(named, list) else [named])):
        text = f"is {named!r:.40}: write one of {', '.join(_TYPES)}"
        yield Problem("tool_schema", f"{at}.type", text)
    properties = schema.get("properties")
    for name, value in properties.items() if isinstance(properties, dict) else ():
        yield from schema_problems(value, f"{at}.properties.{name}", depth + 1)
    for key in ("anyOf", "oneOf", "allOf"):
        options = schema.get(key)
        for place, value in enumerate(options if isinstance(options, list) else ()):
            yield from schema_problems(value, f"{at}.{key}[{place}]", depth + 1)
    if isinstance(schema.get("items"), dict):
        yield from schema_problems(schema["items"], f"{at}.items", depth + 1)


def pair_problems(first: object, second: object, at: str) -> Iterator[Problem]:
    """Two replies that differ; `at` is the place of the second."""
    if first == second:
        text = "is the same as the preferred reply: nothing is learnt from it"
        yield Problem("same_outputs", at, text)
