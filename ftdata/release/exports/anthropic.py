"""Rows to fine-tune Claude on Amazon Bedrock.

Sunset: Claude 3 Haiku, the one model that could be tuned, reached the end of its life on 10 Sep
2026 (Bedrock's page on model lifecycles, read Nov 2026). The rules are those of Bedrock's user
guide, "Prepare data for fine-tuning your models"; the limits those of its quotas.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.alternation import learnable, said_message, split_turns, turn_problems
from ftdata.release.exports.exporter import Exporter, Limits, Problem, Reading, Row
from ftdata.release.exports.shapes import key_problems, objects_in, text_problems

_KEYS = frozenset(("system", "messages"))
_ROLES = ("user", "assistant")
_MESSAGE_KEYS = frozenset(("role", "content"))


def anthropic_rows(example: Example) -> Iterator[Row]:
    """One row per example, cut before the first reply that shall not be learnt.

    system "Be brief.", user "Hi", assistant "Hello."::

        {"system": "Be brief.",
         "messages": [{"role": "user", "content": "Hi"},
                      {"role": "assistant", "content": "Hello."}]}
    """
    system, said = split_turns(learnable(example.messages))
    if not said:
        return
    row: Row = {} if system is None else {"system": system}
    yield row | {"messages": [{"role": m.role, "content": m.content} for m in said]}


def anthropic_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What Bedrock would refuse: keys it does not know, turns out of order, texts that are none."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write one with messages")
        return
    yield from key_problems(row, _KEYS, "")
    if "system" in row:
        yield from text_problems(row["system"], "system")
    messages = objects_in(row.get("messages"), "messages")
    if isinstance(messages, Problem):
        yield messages
        return
    for place, message in enumerate(messages):
        if not _is_plain(message):
            yield from _message(message, f"messages[{place}]")
    roles = [message.get("role") for message in messages]
    yield from turn_problems(roles, "messages", last="assistant")


def _is_plain(message: dict[str, Any]) -> bool:
    """Whether there is nothing to tell of it: files of a gigabyte hold little else."""
    content = message.get("content")
    return (
        len(message) == 2
        and message.get("role") in _ROLES
        and type(content) is str
        and content != ""
        and not content.isspace()
    )


def _message(message: dict[str, Any], at: str) -> Iterator[Problem]:
    if message.get("role") not in _ROLES:
        text = f"is {message.get('role')!r:.40}: write user or assistant"
        yield Problem("unknown_role", f"{at}.role", text)
    yield from key_problems(message, _MESSAGE_KEYS, at)
    yield from text_problems(message.get("content"), f"{at}.content")


def read_anthropic(row: Row) -> Reading:
    """The conversation of a row, its system message first."""
    system = [said_message("system", row["system"])] if "system" in row else []
    return Reading(system + [said_message(m["role"], m["content"]) for m in row["messages"]])


ANTHROPIC = Exporter(
    name="anthropic",
    status="sunset",
    folder="exports/anthropic",
    loss=(
        "No tools and no names; it trains on every reply, so that a conversation is cut before the"
        " first one that shall not be learnt."
    ),
    rows=anthropic_rows,
    problems=anthropic_problems,
    read=read_anthropic,
    carries=frozenset(("system", "history")),
    refuses=frozenset(("tool_calls",)),
    limits=Limits(rows={"train": (32, 10_000)}),
)
