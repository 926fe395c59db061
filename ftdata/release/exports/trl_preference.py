"""TRL's conversational preference rows, for its trainers of DPO and its kin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example, Message
from ftdata.release.exports.arguments import with_parsed_arguments
from ftdata.release.exports.exporter import EVERYTHING, Exporter, Problem, Reading, Row
from ftdata.release.exports.messages import message_problems, read_messages, tools_problems
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
        row["tool_calls"] = [with_parsed_arguments(call) for call in message.tool_calls]
    return row


def trl_preference_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What is wrong with a pair of conversations."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write prompt, chosen and rejected")
        return
    yield from message_problems(row.get("prompt"), "prompt", arguments=dict)
    for name in ("chosen", "rejected"):
        yield from message_problems(row.get(name), name, arguments=dict)
    yield from tools_problems(row.get("tools"))
    if row.get("chosen") == row.get("rejected"):
        text = "is the same as chosen: nothing is learnt from it"
        yield Problem("same_outputs", "rejected", text)


def read_trl_preference(row: Row) -> Reading:
    """The conversation with its chosen end, and the other end."""
    messages = read_messages([*row["prompt"], *row["chosen"]])
    return Reading(messages, row.get("tools") or None, row["rejected"][-1].get("content") or "")


TRL_PREFERENCE = Exporter(
    name="trl_preference",
    status="live",
    folder="exports/trl_preference",
    loss="Preference pairs alone; earlier replies are context, whatever their weight.",
    rows=trl_preference_rows,
    problems=trl_preference_problems,
    read=read_trl_preference,
    carries=EVERYTHING - {"weights"},
    holds="pairs",
)
