"""Arguments of tool calls: JSON texts in OpenAI's dialect, objects in Hugging Face's.

The chat templates of most open models encode a text a second time.
"""

from __future__ import annotations

from typing import Any

import orjson

from ftdata import jsonl


def with_parsed_arguments(call: dict[str, Any]) -> dict[str, Any]:
    """The call with its arguments as an object, or as they are where they are none.

    `{"name": "f", "arguments": "{\\"a\\":1}"}` becomes `{"name": "f", "arguments": {"a": 1}}`.
    """
    function = call["function"]
    try:
        arguments = orjson.loads(function["arguments"])
    except orjson.JSONDecodeError:
        return call
    if not isinstance(arguments, dict):
        return call
    return {**call, "function": {**function, "arguments": arguments}}


def with_text_arguments(call: dict[str, Any]) -> dict[str, Any]:
    """The reverse: arguments that are no text become compact JSON."""
    function = call["function"]
    arguments = function.get("arguments")
    if isinstance(arguments, str):
        return call
    return {**call, "function": {**function, "arguments": jsonl.dumps(arguments).decode()}}
