"""ShareGPT's rows, which LLaMA-Factory and others read: `conversations` of `from` and `value`.

Live (2026-11; Axolotl reads them no more). `dataset_info.json` beside them is LLaMA-Factory's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.chat_template import until_last_trained
from ftdata.release.exports.dataset_info import dataset_info, tags
from ftdata.release.exports.exporter import EVERYTHING, Exporter, Problem, Reading, Row
from ftdata.release.exports.flat_tools import flat_tools, flat_tools_problems, read_flat_tools
from ftdata.release.exports.sharegpt_turns import SHAREGPT as FORM
from ftdata.release.exports.sharegpt_turns import (
    read_turns,
    turn_problems,
    turn_refusals,
    write_turns,
)


def sharegpt_rows(example: Example) -> Iterator[Row | Problem]:
    """One row per example, up to its last reply that is trained on.

    A user's question, a call of `weather`, its result and the answer::

        {"conversations": [
           {"from": "human", "value": "Paris?"},
           {"from": "function_call",
            "value": "{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}"},
           {"from": "observation", "value": "18 C"},
           {"from": "gpt", "value": "18 degrees."}],
         "tools": "[{\"name\":\"weather\",…}]"}

    `tools` is an empty text where none is on offer: loaders ask for one set of columns.
    """
    messages = until_last_trained(example.messages)
    yield from turn_refusals(messages)
    if messages:
        yield {"conversations": write_turns(messages, FORM), "tools": flat_tools(example.tools)}


def sharegpt_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What is wrong with the turns and the tools on offer."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write one with conversations")
        return
    yield from turn_problems(row.get("conversations"), "conversations", FORM)
    yield from flat_tools_problems(row.get("tools"))


def read_sharegpt(row: Row) -> Reading:
    """The conversation of a row."""
    return Reading(read_turns(row["conversations"], FORM), read_flat_tools(row.get("tools")))


SHAREGPT = Exporter(
    name="sharegpt",
    status="live",
    folder="exports/sharegpt",
    loss=(
        "No weights, names and ids of calls; a reply with words and a call, and calls with several"
        " results, are refused."
    ),
    rows=sharegpt_rows,
    problems=sharegpt_problems,
    read=read_sharegpt,
    carries=EVERYTHING - {"weights", "names"},
    beside=dataset_info(
        {
            "formatting": "sharegpt",
            "columns": {"messages": "conversations", "tools": "tools"},
            "tags": tags(FORM),
        }
    ),
)
