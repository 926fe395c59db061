"""LLaMA-Factory's preference rows, with the entry of `dataset_info.json` that has `ranking`.

Live; LLaMA-Factory 0.9.5 (2026-11). `chosen` and `rejected` are objects: it drops lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
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


def llama_factory_preference_rows(example: Example) -> Iterator[Row | Problem]:
    """One row per pair: what was said, the chosen reply and the rejected one.

    user "Hi", assistant "Hello.", rejected "What?"::

        {"messages": [{"role": "user", "content": "Hi"}],
         "chosen": {"role": "assistant", "content": "Hello."},
         "rejected": {"role": "assistant", "content": "What?"}, "tools": ""}
    """
    yield from turn_refusals(example.messages)
    *before, chosen = example.messages
    yield {
        "messages": write_turns(before, CHAT),
        "chosen": write_turns([chosen], CHAT)[-1],
        "rejected": {"role": "assistant", "content": example.rejected},
        "tools": flat_tools(example.tools),
    }


def llama_factory_preference_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (any JSON)
    """What makes LLaMA-Factory stop, or drop the pair in silence."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write messages, chosen, rejected")
        return
    yield from turn_problems(row.get("messages"), "messages", CHAT, ends_with_reply=False)
    for name in ("chosen", "rejected"):
        reply = row.get(name)
        if not isinstance(reply, dict):
            yield Problem("reply_no_object", name, "is no object: write role and content")
        elif reply.get("role") not in (CHAT.reply, CHAT.call):
            text = f"is {reply.get('role')!r:.40}: write {CHAT.reply} or {CHAT.call}"
            yield Problem("reply_role", f"{name}.role", text)
        elif not isinstance(reply.get("content"), str) or not reply["content"]:
            yield Problem("content_no_text", f"{name}.content", "is no text: write one")
    if row.get("chosen") == row.get("rejected"):
        text = "is the same as chosen: nothing is learnt from it"
        yield Problem("same_outputs", "rejected", text)
    yield from flat_tools_problems(row.get("tools"))


def read_llama_factory_preference(row: Row) -> Reading:
    """The conversation with its chosen end, and the other end."""
    messages = read_turns([*row["messages"], row["chosen"]], CHAT)
    return Reading(messages, read_flat_tools(row.get("tools")), row["rejected"]["content"])


LLAMA_FACTORY_PREFERENCE = Exporter(
    name="llama_factory_preference",
    status="live",
    folder="exports/llama_factory_preference",
    loss=(
        "Preference pairs alone; no names and ids of calls; earlier replies are context; a reply"
        " with words and a call, and calls with several results, are refused."
    ),
    rows=llama_factory_preference_rows,
    problems=llama_factory_preference_problems,
    read=read_llama_factory_preference,
    carries=EVERYTHING - {"weights", "names"},
    holds="pairs",
    beside=dataset_info(
        {
            "formatting": "sharegpt",
            "ranking": True,
            "columns": {
                "messages": "messages",
                "chosen": "chosen",
                "rejected": "rejected",
                "tools": "tools",
            },
            "tags": tags(CHAT),
        }
    ),
)
