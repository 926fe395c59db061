"""Tools on offer in Gemini's form, and the way back.

Of JSON Schema Gemini knows the part that its `Schema` names (google-genai's `types.Schema`, 3.4),
with the types in capitals. `strict`, which tells OpenAI how to decode, has no place there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ftdata.release.exports.exporter import Problem
from ftdata.release.exports.messages import FUNCTION_NAME
from ftdata.release.exports.shapes import key_problems

_TYPES = frozenset(("STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL"))
_SCHEMA_KEYS = frozenset(
    (
        "additionalProperties", "anyOf", "default", "defs", "description", "enum", "example",
        "format", "items", "maxItems", "maxLength", "maxProperties", "maximum", "minItems",
        "minLength", "minProperties", "minimum", "nullable", "pattern", "properties",
        "propertyOrdering", "ref", "required", "title", "type",
    )
)  # fmt: skip
_MAX_DEPTH = 32  # levels of a schema
_DECLARATION_KEYS = frozenset(("name", "description", "parameters"))


def declarations(tools: Sequence[Any]) -> list[dict[str, Any]]:
    """`tools` as Gemini has them: one object with all functions, their types in capitals.

    `{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}` becomes
    `{"functionDeclarations": [{"name": "f", "parameters": {"type": "OBJECT"}}]}`. What is no
    function becomes null: the rules refuse it.
    """
    return [{"functionDeclarations": [_declared(tool) for tool in tools]}]


def tools_of(given: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reverse of `declarations`."""
    return [
        {"type": "function", "function": _with_parameters(function, str.lower)}
        for one in given
        for function in one["functionDeclarations"]
    ]


def _declared(tool: Any) -> Any:  # noqa: ANN401  (JSON of any shape)
    function = tool.get("function") if isinstance(tool, dict) else None
    if not isinstance(function, dict) or tool.get("type") != "function":
        return None
    known = {key: value for key, value in function.items() if key != "strict"}
    return _with_parameters(known, str.upper)


def _with_parameters(function: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    if "parameters" not in function:
        return function
    return {**function, "parameters": _with_types(function["parameters"], change)}


def declaration_problems(tools: object) -> Iterator[Problem]:
    """What is wrong with the tools of a row."""
    if not isinstance(tools, list):
        yield Problem("tools_no_list", "tools", "is no list: write functionDeclarations in one")
        return
    for place, tool in enumerate(tools):
        at = f"tools[{place}].functionDeclarations"
        declared = tool.get("functionDeclarations") if isinstance(tool, dict) else None
        if not isinstance(declared, list) or not declared:
            yield Problem("tool_no_function", at, "is no list with a function: write one")
            continue
        for order, function in enumerate(declared):
            yield from _function(function, f"{at}[{order}]")


def _function(function: object, at: str) -> Iterator[Problem]:
    if not isinstance(function, dict) or not isinstance(function.get("name"), str):
        yield Problem("tool_no_function", at, "is no function with a name: write one")
        return
    if not FUNCTION_NAME.fullmatch(function["name"]):
        text = f"is {function['name']!r:.80}: use up to 64 letters, digits, `_` and `-`"
        yield Problem("function_name", f"{at}.name", text)
    yield from key_problems(function, _DECLARATION_KEYS, at)
    if "parameters" in function:
        yield from _schema(function["parameters"], f"{at}.parameters")


def _schema(schema: object, at: str, depth: int = 0) -> Iterator[Problem]:
    if not isinstance(schema, dict) or depth > _MAX_DEPTH:
        text = f"is no schema of at most {_MAX_DEPTH} levels: write an object with a type"
        yield Problem("tool_schema", at, text)
        return
    if not schema.keys() <= _SCHEMA_KEYS:
        extra = ", ".join(sorted(schema.keys() - _SCHEMA_KEYS))
        yield Problem("tool_schema", at, f"has {extra:.80}, unknown to Gemini: say it otherwise")
    named = schema.get("type")
    if "type" in schema and (not isinstance(named, str) or named not in _TYPES):
        text = f"is {named!r:.40}: write one of {', '.join(sorted(_TYPES))}"
        yield Problem("tool_schema", f"{at}.type", text)
    for key in ("enum", "required"):
        values = schema.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            yield Problem("tool_schema", f"{at}.{key}", "is no list of texts: write one")
    for where, part in _parts(schema):
        yield from _schema(part, f"{at}.{where}", depth + 1)


def _parts(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The schemas inside a schema, each with its path."""
    for key in ("properties", "defs"):
        inner = schema.get(key)
        if isinstance(inner, dict):
            yield from ((f"{key}.{name}", value) for name, value in inner.items())
    if "items" in schema:
        yield "items", schema["items"]
    options = schema.get("anyOf")
    if isinstance(options, list):
        yield from ((f"anyOf[{place}]", value) for place, value in enumerate(options))


def _with_types(schema: Any, change: Callable[[str], str], depth: int = 0) -> Any:  # noqa: ANN401
    """The schema (any JSON) with the names of its types changed, as deep as Gemini's rules go."""
    if not isinstance(schema, dict) or depth > _MAX_DEPTH:
        return schema
    made = dict(schema)
    if isinstance(made.get("type"), str):
        made["type"] = change(made["type"])
    for key in ("properties", "defs"):
        inner = made.get(key)
        if isinstance(inner, dict):
            made[key] = {name: _with_types(one, change, depth + 1) for name, one in inner.items()}
    if "items" in made:
        made["items"] = _with_types(made["items"], change, depth + 1)
    if isinstance(made.get("anyOf"), list):
        made["anyOf"] = [_with_types(one, change, depth + 1) for one in made["anyOf"]]
    return made
