"""TRL's rows of unpaired preference, for its trainer of KTO: two for each preference pair.

Live; TRL 1.16 (2026-11).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.chat_template import (
    list_problems,
    offered_problems,
    read_list,
    read_tools,
    reply_problems,
    template_message,
    with_tools,
)
from ftdata.release.exports.exporter import EVERYTHING, Exporter, Problem, Reading, Row


def trl_unpaired_rows(example: Example) -> Iterator[Row]:
    """The chosen reply with `label` true, then the rejected one with false.

    user "Hi", assistant "Hello.", rejected "What?"::

        {"prompt": [{"role": "user", "content": "Hi"}],
         "completion": [{"role": "assistant", "content": "Hello."}], "label": true}
        {"prompt": [{"role": "user", "content": "Hi"}],
         "completion": [{"role": "assistant", "content": "What?"}], "label": false}
    """
    *before, chosen = example.messages
    prompt = [template_message(message) for message in before]
    rejected = {"role": "assistant", "content": example.rejected}
    for reply, label in ((template_message(chosen), True), (rejected, False)):
        row = {"prompt": prompt, "completion": [reply], "label": label}
        yield with_tools(row, example)


def trl_unpaired_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What is wrong with a prompt, its completion and the label."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write prompt, completion, label")
        return
    yield from list_problems(row.get("prompt"), "prompt")
    yield from reply_problems(row.get("completion"), "completion")
    yield from offered_problems(row.get("tools"))
    if not isinstance(row.get("label"), bool):
        yield Problem("label", "label", "is not true or false: write whether the reply is good")


def read_trl_unpaired(row: Row) -> Reading:
    """The conversation with a good reply, or without its bad one, which is `rejected`."""
    before, replies = read_list(row["prompt"]), read_list(row["completion"])
    if row["label"]:
        return Reading([*before, *replies], read_tools(row))
    return Reading(before, read_tools(row), replies[-1].content or "")


TRL_UNPAIRED = Exporter(
    name="trl_unpaired",
    status="live",
    folder="exports/trl_unpaired",
    loss="Preference pairs alone, and which replies make a pair; earlier replies are context.",
    rows=trl_unpaired_rows,
    problems=trl_unpaired_problems,
    read=read_trl_unpaired,
    carries=EVERYTHING - {"weights"},
    holds="pairs",
)
