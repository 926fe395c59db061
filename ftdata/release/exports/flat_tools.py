"""Tools on offer as one JSON text, the way ShareGPT rows and LLaMA-Factory have them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from ftdata import jsonl
from ftdata.release.exports.exporter import Problem
from ftdata.release.exports.messages import FUNCTION_NAME

_NO_PARAMETERS = {"type": "object", "properties": {}}


def flat_tools(tools: list[dict[str, Any]] | None) -> str:
    """The functions as a JSON list; empty for none.

    `[{"type": "function", "function": {"name": "f"}}]` becomes
    `[{"name":"f","parameters":{"type":"object","properties":{}}}]`: LLaMA-Factory stops at a
    function without parameters, and OpenAI takes none for an empty list of them.
    """
    if not tools:
        return ""
    return jsonl.dumps([_function(tool) for tool in tools]).decode()


def _function(tool: Any) -> Any:  # noqa: ANN401  (a log's tools may be any JSON)
    """What is no function stays as it is: the rules refuse it."""
    function = tool.get("function", tool) if isinstance(tool, dict) else tool
    given = (function.get("parameters") or {}) if isinstance(function, dict) else None
    if not isinstance(given, dict):
        return function
    parameters = given if "properties" in given else {**_NO_PARAMETERS, **given}
    return {**function, "parameters": parameters}


def read_flat_tools(text: str | None) -> list[dict[str, Any]] | None:
    """The tools in OpenAI's form again, None where there are none."""
    functions = orjson.loads(text) if text else []
    return [
        function if "function" in function else {"type": "function", "function": function}
        for function in functions
    ] or None


def flat_tools_problems(tools: object, at: str = "tools") -> Iterator[Problem]:
    """What is wrong with that text; None or an empty one, for none on offer, is right."""
    if tools is None or tools == "":
        return
    try:
        functions = orjson.loads(tools) if isinstance(tools, str) else None
    except orjson.JSONDecodeError:
        functions = None
    if not isinstance(functions, list):
        yield Problem("tools_no_json", at, "is no text with a JSON list: write the functions so")
        return
    for place, tool in enumerate(functions):
        where = f"{at}[{place}]"
        function = tool.get("function", tool) if isinstance(tool, dict) else None
        name = function.get("name") if isinstance(function, dict) else None
        if not isinstance(function, dict) or not isinstance(name, str):
            yield Problem("tool_no_function", where, "is no function with a name: write one")
            continue
        if not FUNCTION_NAME.fullmatch(name):
            text = f"is {name!r:.80}: use up to 64 letters, digits, `_` and `-`"
            yield Problem("function_name", f"{where}.name", text)
        parameters = function.get("parameters")
        if not isinstance(parameters, dict) or not isinstance(parameters.get("properties"), dict):
            text = 'is no {"type": "object", "properties": {…}}: LLaMA-Factory stops there'
            yield Problem("tool_no_parameters", f"{where}.parameters", text)
