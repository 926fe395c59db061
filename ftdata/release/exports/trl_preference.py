"""TRL's conversational preference rows, for its trainers of DPO and its kin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from ftdata.release.examples import Example, Message
from ftdata.release.exports.exporter import Exporter
from ftdata.release.exports.openai import openai_message


def trl_preference_rows(example: Example) -> Iterator[dict[str, Any]]:
    """One row per pair: what was said, the chosen reply and the rejected one.

    user "Hi", assistant "Hello.", rejected "What?"::

        {"prompt": [{"role": "user", "content": "Hi"}],
         "chosen": [{"role": "assistant", "content": "Hello."}],
         "rejected": [{"role": "assistant", "content": "What?"}]}

    With tools on offer there is `tools`. Arguments of calls are objects, not JSON texts: the chat
    templates of most models would encode a text a second time.
    """
    *prompt, chosen = example.messages
    row: dict[str, Any] = {
        "prompt": [_message(message) for message in prompt],
        "chosen": [_message(chosen)],
        "rejected": [{"role": "assistant", "content": example.rejected}],
    }
    if example.tools:
        row["tools"] = example.tools
    yield row


def _message(message: Message) -> dict[str, Any]:
    row = openai_message(message, weighted=False)
    if message.tool_calls:
        row["tool_calls"] = [_with_parsed_arguments(call) for call in message.tool_calls]
    return row


def _with_parsed_arguments(call: dict[str, Any]) -> dict[str, Any]:
    """The call with its arguments as an object, or as they are where they are none."""
    function = call["function"]
    try:
        arguments = orjson.loads(function["arguments"])
    except orjson.JSONDecodeError:
        return call
    if not isinstance(arguments, dict):
        return call
    return {**call, "function": {**function, "arguments": arguments}}


TRL_PREFERENCE = Exporter(
    name="trl_preference",
    status="live",
    folder="exports/trl_preference",
    loss="Preference pairs alone; earlier replies are context, whatever their weight.",
    rows=trl_preference_rows,
    holds="pairs",
)
