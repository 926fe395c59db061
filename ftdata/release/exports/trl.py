"""TRL's rows of messages, for its supervised trainer.

Live; TRL 1.16 (2026-11). Its trainer knows no `weight`, and trains on every token of `messages`
unless `assistant_only_loss` is set: the recipe sets it. Where some replies are not to be trained
on, `trl_prompt_completion` is the target to take.
"""

from __future__ import annotations

from collections.abc import Iterator

from ftdata.release.examples import Example
from ftdata.release.exports.chat_template import (
    read_template,
    template_problems,
    template_row,
    until_last_trained,
)
from ftdata.release.exports.exporter import EVERYTHING, Exporter, Row


def trl_rows(example: Example) -> Iterator[Row]:
    """One row per example, up to its last reply that is trained on; arguments are objects.

    A user's question, a call of `weather`, its result and the answer::

        {"messages": [
           {"role": "user", "content": "Paris?"},
           {"role": "assistant", "content": "", "tool_calls": [{"id": "c1", "type": "function",
             "function": {"name": "weather", "arguments": {"city": "Paris"}}}]},
           {"role": "tool", "content": "18 C", "tool_call_id": "c1"},
           {"role": "assistant", "content": "18 degrees."}],
         "tools": [...]}
    """
    messages = until_last_trained(example.messages)
    if messages:
        yield template_row(messages, example)


TRL = Exporter(
    name="trl",
    status="live",
    folder="exports/trl",
    loss="No weights: every reply is trained on (see `trl_prompt_completion`).",
    rows=trl_rows,
    problems=template_problems,
    read=read_template,
    carries=EVERYTHING - {"weights"},
)
