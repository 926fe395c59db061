"""Conversations to fine-tune models at Together AI.

Live. The rules are those of Together's pages "Data preparation" and "Function calling fine-tuning"
(read Nov 2026) and of `check_file` of its package, 2.0.0, which knows neither tools nor their
results: user and assistant take turns, no other column stands in a row, a file has at most 50.1 GB.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.alternation import spoken_places, turn_problems, without_names
from ftdata.release.exports.exporter import EVERYTHING, Exporter, Limits, Problem, Reading, Row
from ftdata.release.exports.messages import message_problems, read_messages, tools_problems
from ftdata.release.exports.openai import openai_rows, training_problems
from ftdata.release.exports.shapes import key_problems

MAX_BYTES = int(50.1 * 1024**3)
_KEYS = frozenset(("messages", "tools"))
_ROLES = ("system", "user", "assistant", "tool")


def together_rows(example: Example) -> Iterator[Row]:
    """One row per example: OpenAI's, without names.

    system "Be brief.", user "Hi", assistant "Hello."::

        {"messages": [{"role": "system", "content": "Be brief."},
                      {"role": "user", "content": "Hi"},
                      {"role": "assistant", "content": "Hello."}]}
    """
    return openai_rows(without_names(example))


def together_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What Together would refuse: columns it does not know, turns out of order, weights."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write one with messages")
        return
    yield from key_problems(row, _KEYS, "")
    messages = row.get("messages")
    yield from dialogue_problems(messages, "messages")
    yield from training_problems(messages)
    yield from tools_problems(row.get("tools"))


def dialogue_problems(messages: Any, at: str) -> Iterator[Problem]:  # noqa: ANN401  (any JSON)
    """What is wrong with a list of messages of which user and assistant take turns.

    Together takes a weight on every message, and trains on what a person says where that has 1.
    """
    found = list(message_problems(messages, at, roles=_ROLES, parts=True))
    yield from (problem for problem in found if problem.rule != "weight_of_others")
    if not any(problem.rule in ("no_messages", "message_no_object") for problem in found):
        places = spoken_places(messages)
        roles = [messages[place].get("role") for place in places]
        yield from turn_problems(roles, at, places=places)


def read_together(row: Row) -> Reading:
    """The conversation of a row."""
    return Reading(read_messages(row["messages"]), row.get("tools") or None)


TOGETHER = Exporter(
    name="together",
    status="live",
    folder="exports/together",
    loss="No names; conversations in which nobody answers, or one speaks twice, are refused.",
    rows=together_rows,
    problems=together_problems,
    read=read_together,
    carries=EVERYTHING - {"names"},
    limits=Limits(max_bytes=MAX_BYTES),
)
