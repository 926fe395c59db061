"""OpenAI's rows for direct preference optimisation: one for each preference pair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.exporter import Exporter
from ftdata.release.exports.openai import openai_message


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


OPENAI_DPO = Exporter(
    name="openai_dpo",
    status="sunset",
    folder="exports/openai_dpo",
    loss="Preference pairs alone; earlier replies are context, whatever their weight.",
    rows=openai_dpo_rows,
    holds="pairs",
)
