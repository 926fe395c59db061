"""Preference rows to fine-tune models at Fireworks AI, in the shape of OpenAI's: one for each pair.

Live. The rules are those of the page "Direct Preference Optimization" (read Nov 2026): OpenAI's
rows, a system message first if there is one, 3 to 3,000,000 rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.alternation import without_names
from ftdata.release.exports.exporter import EVERYTHING, Exporter, Problem, Row
from ftdata.release.exports.fireworks import LIMITS, system_first_problems
from ftdata.release.exports.messages import tools_problems
from ftdata.release.exports.openai_dpo import (
    OUTPUTS,
    openai_dpo_rows,
    output_problems,
    read_openai_dpo,
)
from ftdata.release.exports.shapes import key_problems

_KEYS = frozenset(("input", *OUTPUTS))
_INPUT_KEYS = frozenset(("messages", "tools", "parallel_tool_calls"))


def fireworks_preference_rows(example: Example) -> Iterator[Row]:
    """One row per pair: OpenAI's, without names.

    user "Hi", assistant "Hello.", rejected "What?"::

        {"input": {"messages": [{"role": "user", "content": "Hi"}]},
         "preferred_output": [{"role": "assistant", "content": "Hello."}],
         "non_preferred_output": [{"role": "assistant", "content": "What?"}]}
    """
    return openai_dpo_rows(without_names(example))


def fireworks_preference_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (any JSON)
    """What Fireworks would refuse of a pair."""
    given = row.get("input") if isinstance(row, dict) else None
    if not isinstance(given, dict):
        yield Problem("no_input", "input", "is no object: write one with messages")
        return
    yield from key_problems(row, _KEYS, "")
    yield from key_problems(given, _INPUT_KEYS, "input")
    yield from system_first_problems(given.get("messages"), "input.messages")
    yield from tools_problems(given.get("tools"), "input.tools")
    yield from output_problems(row)


FIREWORKS_PREFERENCE = Exporter(
    name="fireworks_preference",
    status="live",
    folder="exports/fireworks_preference",
    loss="Preference pairs alone; no names; earlier replies are context, whatever their weight.",
    rows=fireworks_preference_rows,
    problems=fireworks_preference_problems,
    read=read_openai_dpo,
    carries=EVERYTHING - {"names", "weights"},
    limits=LIMITS,
    holds="pairs",
)
