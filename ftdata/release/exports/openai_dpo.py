"""OpenAI's rows for direct preference optimisation: one for each preference pair.

Sunset as its chat rows are: nobody can tune from 6 Jan 2027 on (OpenAI's page on deprecations, read
Nov 2026). At least 10 rows and at most 512 MB a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.content_parts import text_of
from ftdata.release.exports.exporter import EVERYTHING, Exporter, Limits, Problem, Reading, Row
from ftdata.release.exports.messages import message_problems, read_messages, tools_problems
from ftdata.release.exports.openai import (
    dialect_problems,
    openai_message,
    parallel_problems,
    with_fit_names,
)
from ftdata.release.exports.shapes import key_problems, pair_problems

OUTPUTS = ("preferred_output", "non_preferred_output")
_KEYS = frozenset(("input", *OUTPUTS))
_INPUT_KEYS = frozenset(("messages", "tools", "parallel_tool_calls"))


def openai_dpo_rows(example: Example) -> Iterator[dict[str, Any]]:
    """One row per pair: what was said, the chosen reply and the rejected one.

    user "Hi", assistant "Hello.", rejected "What?"::

        {"input": {"messages": [{"role": "user", "content": "Hi"}]},
         "preferred_output": [{"role": "assistant", "content": "Hello."}],
         "non_preferred_output": [{"role": "assistant", "content": "What?"}]}

    With tools on offer `input` has `tools`, and `parallel_tool_calls` with the API's default, true.
    """
    *prompt, chosen = example.messages
    given: dict[str, Any] = {"messages": [openai_message(m, weighted=False) for m in prompt]}
    if example.tools:
        given |= {"tools": example.tools, "parallel_tool_calls": True}
    yield {
        "input": given,
        "preferred_output": [openai_message(chosen, weighted=False)],
        "non_preferred_output": [{"role": "assistant", "content": example.rejected}],
    }


def openai_dpo_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What is wrong with a pair: its input, and one assistant message on either side."""
    given = row.get("input") if isinstance(row, dict) else None
    if not isinstance(given, dict):
        yield Problem("no_input", "input", "is no object: write one with messages")
        return
    yield from key_problems(row, _KEYS, "")
    yield from key_problems(given, _INPUT_KEYS, "input")
    yield from message_problems(given.get("messages"), "input.messages", parts=True)
    yield from dialect_problems(given.get("messages"), "input.messages")
    yield from tools_problems(given.get("tools"), "input.tools")
    yield from parallel_problems(given, "input")
    yield from output_problems(row, parts=True)
    for name in OUTPUTS:
        yield from dialect_problems(row.get(name), name)


def output_problems(row: dict[str, Any], parts: bool = False) -> Iterator[Problem]:
    """What is wrong with the two outputs: one assistant message each, and not the same."""
    for name in OUTPUTS:
        output = row.get(name)
        if not isinstance(output, list) or len(output) != 1:
            yield Problem("output_no_message", name, "is no list of one assistant message")
        else:
            yield from message_problems(output, name, roles=("assistant",), parts=parts)
    preferred, other = (row.get(name) for name in OUTPUTS)
    if preferred:
        yield from pair_problems(preferred, other, OUTPUTS[1])


def read_openai_dpo(row: Row) -> Reading:
    """The conversation with its preferred end, and the other end."""
    given, (chosen,), (rejected,) = row["input"], row[OUTPUTS[0]], row[OUTPUTS[1]]
    messages = read_messages([*given["messages"], chosen])
    return Reading(messages, given.get("tools") or None, text_of(rejected.get("content")) or "")


def _rows(example: Example) -> Iterator[Row | Problem]:
    fitting, losses = with_fit_names(example)
    yield from losses
    yield from openai_dpo_rows(fitting)


OPENAI_DPO = Exporter(
    name="openai_dpo",
    status="sunset",
    folder="exports/openai_dpo",
    loss="Preference pairs alone; earlier replies are context, whatever their weight.",
    rows=_rows,
    problems=openai_dpo_problems,
    read=read_openai_dpo,
    carries=EVERYTHING - {"weights"},
    limits=Limits(rows={"train": (10, None)}, max_bytes=512 * 1024**2),
    holds="pairs",
)
