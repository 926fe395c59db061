"""MLX-LM's rows: a folder with `train.jsonl`, `valid.jsonl` and `test.jsonl`.

Live; MLX-LM 0.32 (2026-11). With `mask_prompt`, which the recipe sets, it trains on the last
message of a row alone: so each trained reply has a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.chat_template import (
    prompts_of_trained,
    read_template,
    template_problems,
    template_row,
)
from ftdata.release.exports.exporter import Exporter, Problem, Reading, Row


def mlx_rows(example: Example) -> Iterator[Row]:
    """One row per trained reply, which is its last message; arguments are objects.

    user "Hi", assistant "Hello.", user "Bye", assistant "See you."::

        {"messages": [{"role": "user", "content": "Hi"},
                      {"role": "assistant", "content": "Hello."}]}
        {"messages": [{"role": "user", "content": "Hi"},
                      {"role": "assistant", "content": "Hello."},
                      {"role": "user", "content": "Bye"},
                      {"role": "assistant", "content": "See you."}]}
    """
    for before, reply in prompts_of_trained(example):
        yield template_row([*before, reply], example)


def mlx_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """As of any row of messages; the last is the reply, and something was said before it."""
    yield from template_problems(row)
    messages = row.get("messages") if isinstance(row, dict) else None
    if not isinstance(messages, list) or not messages:
        return
    last = messages[-1]
    if not isinstance(last, dict) or last.get("role") != "assistant":
        where = f"messages[{len(messages) - 1}].role"
        yield Problem("no_reply", where, "is not assistant: the last message is trained on")
    if len(messages) == 1:
        yield Problem("no_prompt", "messages", "holds a reply to nothing: write what was asked")


def read_mlx(row: Row) -> Reading:
    """The conversation up to the reply, which alone is trained on."""
    read = read_template(row)
    *before, reply = read.messages
    context = [m._replace(weight=0) if m.role == "assistant" else m for m in before]
    return read._replace(messages=[*context, reply])


MLX = Exporter(
    name="mlx",
    status="live",
    folder="exports/mlx",
    loss="Nothing; each trained reply has a row, which repeats what was said before it.",
    rows=mlx_rows,
    problems=mlx_problems,
    read=read_mlx,
    names={"validation": "valid"},
)
