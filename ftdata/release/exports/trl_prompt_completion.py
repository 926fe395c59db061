"""TRL's conversational prompt-completion rows: exactly the trained replies are trained on.

Live; TRL 1.16 (2026-11), whose trainer leaves the prompt out of the loss by default.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.chat_template import (
    list_problems,
    offered_problems,
    prompts_of_trained,
    read_list,
    read_tools,
    reply_problems,
    template_message,
    with_tools,
)
from ftdata.release.exports.exporter import Exporter, Problem, Reading, Row


def trl_prompt_completion_rows(example: Example) -> Iterator[Row]:
    """One row per trained reply: all that was said before it, and the reply.

    system "Be brief.", user "Hi", assistant "Hello."::

        {"prompt": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}],
         "completion": [{"role": "assistant", "content": "Hello."}]}

    With tools on offer there is `tools`; arguments of calls are objects.
    """
    for before, reply in prompts_of_trained(example):
        row: Row = {
            "prompt": [template_message(message) for message in before],
            "completion": [template_message(reply)],
        }
        yield with_tools(row, example)


def trl_prompt_completion_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (any JSON)
    """What is wrong with a prompt and its completion."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write prompt and completion")
        return
    yield from list_problems(row.get("prompt"), "prompt")
    yield from reply_problems(row.get("completion"), "completion")
    yield from offered_problems(row.get("tools"))


def read_trl_prompt_completion(row: Row) -> Reading:
    """The conversation up to the reply, which alone is trained on."""
    before = [
        message._replace(weight=0) if message.role == "assistant" else message
        for message in read_list(row["prompt"])
    ]
    return Reading([*before, *read_list(row["completion"])], read_tools(row))


TRL_PROMPT_COMPLETION = Exporter(
    name="trl_prompt_completion",
    status="live",
    folder="exports/trl_prompt_completion",
    loss="Nothing; each trained reply has a row, which repeats what was said before it.",
    rows=trl_prompt_completion_rows,
    problems=trl_prompt_completion_problems,
    read=read_trl_prompt_completion,
)
