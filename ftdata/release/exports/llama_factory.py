"""LLaMA-Factory's rows: messages with OpenAI's roles, and `dataset_info.json` beside them.

Live; LLaMA-Factory 0.9.5 (2026-11). `formatting` is "sharegpt" with tags for these keys: its
converter "openai" adds the words "detailed thinking off" to every system message, and leaves out
what a reply says beside a call of tools.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.chat_template import until_last_trained
from ftdata.release.exports.dataset_info import dataset_info, tags
from ftdata.release.exports.exporter import EVERYTHING, Exporter, Problem, Reading, Row
from ftdata.release.exports.flat_tools import flat_tools, flat_tools_problems, read_flat_tools
from ftdata.release.exports.sharegpt_turns import (
    CHAT,
    read_turns,
    turn_problems,
    turn_refusals,
    write_turns,
)


def llama_factory_rows(example: Example) -> Iterator[Row | Problem]:
    """One row per example, up to its last reply that is trained on.

    A user's question, a call of `weather`, its result and the answer::

        {"messages": [
           {"role": "user", "content": "Paris?"},
           {"role": "function_call",
            "content": "{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}"},
           {"role": "tool", "content": "18 C"},
           {"role": "assistant", "content": "18 degrees."}],
         "tools": "[{\"name\":\"weather\",…}]"}

    `tools` is an empty text where none is on offer: the column must be there.
    """
    messages = until_last_trained(example.messages)
    yield from turn_refusals(messages)
    if messages:
        yield {"messages": write_turns(messages, CHAT), "tools": flat_tools(example.tools)}


def llama_factory_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What makes LLaMA-Factory stop, or drop the row in silence."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write one with messages")
        return
    yield from turn_problems(row.get("messages"), "messages", CHAT)
    yield from flat_tools_problems(row.get("tools"))


def read_llama_factory(row: Row) -> Reading:
    """The conversation of a row."""
    return Reading(read_turns(row["messages"], CHAT), read_flat_tools(row.get("tools")))


LLAMA_FACTORY = Exporter(
    name="llama_factory",
    status="live",
    folder="exports/llama_factory",
    loss=(
        "No weights (with `mask_history` the last reply alone is trained on), names and ids of"
        " calls; a reply with words and a call, and calls with several results, are refused."
    ),
    rows=llama_factory_rows,
    problems=llama_factory_problems,
    read=read_llama_factory,
    carries=EVERYTHING - {"weights", "names"},
    beside=dataset_info(
        {
            "formatting": "sharegpt",
            "columns": {"messages": "messages", "tools": "tools"},
            "tags": tags(CHAT),
        }
    ),
)
