"""Axolotl's rows for `type: chat_template`: messages, with the weight of a reply.

Live; Axolotl 0.19 (2026-11), where `type: sharegpt` is gone. It trains on the replies that
`message_field_training: weight` allows: the recipe sets it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.chat_template import (
    KEYS,
    read_template,
    template_problems,
    template_row,
    until_last_trained,
)
from ftdata.release.exports.exporter import Exporter, Problem, Row

_KEYS = KEYS | {"weight"}


def axolotl_rows(example: Example) -> Iterator[Row]:
    """One row per example, up to its last reply that is trained on; arguments are objects.

    Replies "Hm.", which is not to be trained on, and "Hello."::

        {"messages": [{"role": "user", "content": "Hi"},
                      {"role": "assistant", "content": "Hm.", "weight": 0},
                      {"role": "user", "content": "Hi!"},
                      {"role": "assistant", "content": "Hello.", "weight": 1}]}

    `weight` is written on replies, and only where one of the row's is 0.
    """
    messages = until_last_trained(example.messages)
    weighted = any(m.role == "assistant" and not m.is_trained for m in messages)
    if messages:
        yield template_row(messages, example, weighted)


def axolotl_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """As of any row of messages; one of the replies is trained on."""
    yield from template_problems(row, _KEYS)
    messages = row.get("messages") if isinstance(row, dict) else None
    replies = [
        message
        for message in (messages if isinstance(messages, list) else ())
        if isinstance(message, dict) and message.get("role") == "assistant"
    ]
    if replies and all(reply.get("weight") == 0 for reply in replies):
        text = "holds no reply to train on: set a weight to 1, or take the row out"
        yield Problem("nothing_trained", "messages", text)


AXOLOTL = Exporter(
    name="axolotl",
    status="live",
    folder="exports/axolotl",
    loss="Nothing, with `message_field_training: weight` as in its recipe.",
    rows=axolotl_rows,
    problems=axolotl_problems,
    read=read_template,
)
