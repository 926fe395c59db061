"""The classic prompt/completion pairs: one row for each assistant turn that is trained on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata import jsonl
from ftdata.release.examples import Example, Message
from ftdata.release.exports.exporter import Exporter, Problem, Reading, Row

_LABELS = {"system": "System", "user": "User", "assistant": "Assistant", "tool": "Tool"}


def prompt_completion_rows(example: Example) -> Iterator[dict[str, Any]]:
    r"""One row per trained assistant turn: all that was said before it, and the turn.

    A single turn keeps its bare text, with the system prompt and a blank line before it::

        system "Be brief.", user "Hi", assistant "Hello."
        {"prompt": "Be brief.\n\nHi", "completion": "Hello."}

    Where more was said, every message has its role before it, and the prompt ends with the label
    of the turn to be said. Then user "Bye", assistant "See you." adds::

        {"prompt": "System: Be brief.\n\nUser: Hi\n\nAssistant: Hello.\n\nUser: Bye\n\nAssistant:",
         "completion": "See you."}
    """
    before: list[str] = []
    for place, message in enumerate(example.messages):
        text = _text(message)
        if message.is_trained:
            earlier = example.messages[:place]
            yield {"prompt": _prompt(earlier, before), "completion": text}
        before.append(f"{_LABELS.get(message.role, message.role)}: {text}")


def _prompt(earlier: list[Message], rendered: list[str]) -> str:
    *context, last = [message.role for message in earlier] or [""]
    if last == "user" and all(role == "system" for role in context):
        return "\n\n".join(_text(message) for message in earlier)
    return "\n\n".join([*rendered, "Assistant:"])


def _text(message: Message) -> str:
    """The content, then the tool calls as the JSON list that OpenAI's rows hold."""
    parts = [message.content] if message.content else []
    if message.tool_calls:
        parts.append(jsonl.dumps(message.tool_calls).decode())
    return "\n".join(parts)


def prompt_completion_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (any JSON)
    """What is wrong with a pair: two texts, and something to be said."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write prompt and completion")
        return
    for name in ("prompt", "completion"):
        if not isinstance(row.get(name), str):
            yield Problem("no_text", name, "is no text: write one")
    if row.get("completion") == "":
        yield Problem("empty_completion", "completion", "is empty: nothing is learnt from it")


def read_prompt_completion(row: Row) -> Reading:
    """The prompt as one user message: labels of roles in it are text."""
    return Reading(
        [
            Message("user", row["prompt"], None, None, None, None),
            Message("assistant", row["completion"], 1, None, None, None),
        ]
    )


PROMPT_COMPLETION = Exporter(
    name="prompt_completion",
    status="live",
    folder="exports/prompt_completion",
    loss=(
        "Tool calls become JSON text and the tools on offer are left out; weights show only in"
        " which turns have a row; in multi-turn prompts a role label inside a message cannot be"
        " told from a real one."
    ),
    rows=prompt_completion_rows,
    problems=prompt_completion_problems,
    read=read_prompt_completion,
    carries=frozenset(("system", "tool_calls", "history")),
)
