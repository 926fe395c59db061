"""Conversations to fine-tune models at Fireworks AI.

Live. The rules are those of the page "Supervised Fine Tuning - Text" (read Nov 2026): OpenAI's
rows, a system message first if there is one, 3 to 3,000,000 rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.alternation import without_names
from ftdata.release.exports.exporter import EVERYTHING, Exporter, Limits, Problem, Reading, Row
from ftdata.release.exports.messages import message_problems, read_messages, tools_problems
from ftdata.release.exports.openai import openai_rows, training_problems
from ftdata.release.exports.shapes import key_problems

LIMITS = Limits(rows={"train": (3, 3_000_000)})
_KEYS = frozenset(("messages", "tools"))
_ROLES = ("system", "user", "assistant", "tool")


def fireworks_rows(example: Example) -> Iterator[Row]:
    """One row per example: OpenAI's, without names.

    user "Hi", assistant "Hello.", of which nothing is learnt, user "Hi!", assistant "Welcome."::

        {"messages": [{"role": "user", "content": "Hi"},
                      {"role": "assistant", "content": "Hello.", "weight": 0},
                      {"role": "user", "content": "Hi!"},
                      {"role": "assistant", "content": "Welcome.", "weight": 1}]}
    """
    return openai_rows(without_names(example))


def fireworks_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What Fireworks would refuse, and what it lets pass and trains amiss."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write one with messages")
        return
    yield from key_problems(row, _KEYS, "")
    messages = row.get("messages")
    yield from system_first_problems(messages, "messages")
    yield from training_problems(messages)
    yield from tools_problems(row.get("tools"))


def system_first_problems(messages: Any, at: str) -> Iterator[Problem]:  # noqa: ANN401  (any JSON)
    """What is wrong with a list of messages of which the first alone may be the system's."""
    yield from message_problems(messages, at, roles=_ROLES)
    for place, message in enumerate(messages if isinstance(messages, list) else ()):
        if place and isinstance(message, dict) and message.get("role") == "system":
            text = "is system, and not the first: put the system message first"
            yield Problem("role_order", f"{at}[{place}].role", text)


def read_fireworks(row: Row) -> Reading:
    """The conversation of a row."""
    return Reading(read_messages(row["messages"]), row.get("tools") or None)


FIREWORKS = Exporter(
    name="fireworks",
    status="live",
    folder="exports/fireworks",
    loss="No names.",
    rows=fireworks_rows,
    problems=fireworks_problems,
    read=read_fireworks,
    carries=EVERYTHING - {"names"},
    limits=LIMITS,
)
