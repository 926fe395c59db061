"""Arguments of tool calls: JSON texts in OpenAI's dialect, objects in Hugging Face's.

The chat templates of most open models encode a text a second time.
"""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from ftdata import jsonl

# orjson makes a float of an integer beyond 64 bits, and the last digits are gone.
_LONG = re.compile(r"[0-9]{19}")


def parsed_arguments(text: str) -> dict[str, Any] | None:
    """The object that the text is; None where it is none, or would lose digits on the way."""
    try:
        arguments = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(arguments, dict) or (_LONG.search(text) and not _is_exact(arguments, text)):
        return None
    return arguments


def _is_exact(arguments: dict[str, Any], text: str) -> bool:
    try:
        return bool(arguments == json.loads(text))
    except (ValueError, RecursionError):  # more digits, or levels, than Python takes
        return False


def with_parsed_arguments(call: dict[str, Any]) -> dict[str, Any]:
    """The call with its arguments as an object, or as they are where they are none.

    `{"name": "f", "arguments": "{\\"a\\":1}"}` becomes `{"name": "f", "arguments": {"a": 1}}`.
    """
    function = call["function"]
    arguments = parsed_arguments(function["arguments"])
    if arguments is None:
        return call
    return {**call, "function": {**function, "arguments": arguments}}


def with_text_arguments(call: dict[str, Any]) -> dict[str, Any]:
    """The reverse: arguments that are no text become compact JSON."""
    function = call["function"]
    arguments = function.get("arguments")
    if isinstance(arguments, str):
        return call
    return {**call, "function": {**function, "arguments": jsonl.dumps(arguments).decode()}}
