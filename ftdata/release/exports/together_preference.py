"""Preference rows to fine-tune models at Together AI, in the shape of OpenAI's: one for each pair.

Live. The rules are those of Together's page "Preference fine-tuning" (read Nov 2026) and of
`check_file` of its package, 2.0.0: the input does not end with the assistant, both outputs are one
text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.alternation import without_names
from ftdata.release.exports.exporter import EVERYTHING, Exporter, Limits, Problem, Row
from ftdata.release.exports.messages import tools_problems
from ftdata.release.exports.openai_dpo import (
    OUTPUTS,
    openai_dpo_rows,
    output_problems,
    read_openai_dpo,
)
from ftdata.release.exports.shapes import key_problems
from ftdata.release.exports.together import MAX_BYTES, dialogue_problems

_KEYS = frozenset(("input", *OUTPUTS))
_INPUT_KEYS = frozenset(("messages", "tools"))


def together_preference_rows(example: Example) -> Iterator[Row]:
    """One row per pair: OpenAI's, without names and without `parallel_tool_calls`.

    user "Hi", assistant "Hello.", rejected "What?"::

        {"input": {"messages": [{"role": "user", "content": "Hi"}]},
         "preferred_output": [{"role": "assistant", "content": "Hello."}],
         "non_preferred_output": [{"role": "assistant", "content": "What?"}]}
    """
    (row,) = openai_dpo_rows(without_names(example))
    row["input"].pop("parallel_tool_calls", None)
    yield row


def together_preference_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (any JSON)
    """What Together would refuse of a pair."""
    given = row.get("input") if isinstance(row, dict) else None
    if not isinstance(given, dict):
        yield Problem("no_input", "input", "is no object: write one with messages")
        return
    yield from key_problems(row, _KEYS, "")
    yield from key_problems(given, _INPUT_KEYS, "input")
    messages = given.get("messages")
    yield from dialogue_problems(messages, "input.messages")
    yield from tools_problems(given.get("tools"), "input.tools")
    if isinstance(messages, list) and messages:
        last = messages[-1]
        if isinstance(last, dict) and last.get("role") == "assistant":
            at = f"input.messages[{len(messages) - 1}].role"
            yield Problem("last_role", at, "is assistant: end with what is to be answered")
    yield from output_problems(row)
    for name in OUTPUTS:
        output = row.get(name)
        only = output[0] if isinstance(output, list) and len(output) == 1 else None
        if isinstance(only, dict) and not isinstance(only.get("content"), str):
            yield Problem("content_no_text", f"{name}[0].content", "is no text: write one")


TOGETHER_PREFERENCE = Exporter(
    name="together_preference",
    status="live",
    folder="exports/together_preference",
    loss="Preference pairs alone; no names; earlier replies are context, whatever their weight.",
    rows=together_preference_rows,
    problems=together_preference_problems,
    read=read_openai_dpo,
    carries=EVERYTHING - {"names", "weights"},
    limits=Limits(max_bytes=MAX_BYTES),
    holds="pairs",
)
