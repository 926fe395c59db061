"""Axolotl's preference rows for `type: chat_template.default`.

Live; Axolotl 0.19 (2026-11). It takes role and content of a message and leaves the rest out, so
conversations with tool calls are refused. It finds a reply in the rendered text by its first
occurrence: a reply that the chat template itself holds, such as "user", is cut wrong and refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.chat_template import list_problems, read_list, template_message
from ftdata.release.exports.exporter import Exporter, Problem, Reading, Row

# What common templates put around a message, and the message that Axolotl puts before the reply.
_AROUND = (
    "<s><|begin_of_text|><bos><|im_start|>system\nYou are a helpful assistant.<|im_end|>\n"
    "<|im_start|>user\n[[dummy_message]]<|im_end|>\n<|im_start|>assistant\n"
    "<|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\n"
    "<|eot_id|><start_of_turn>user\n<end_of_turn>\n<start_of_turn>model\n[INST] [/INST] </s>"
)
_KEYS = frozenset(("role", "content"))


def axolotl_preference_rows(example: Example) -> Iterator[Row]:
    """One row per pair: what was said, the chosen reply and the rejected one.

    user "Hi", assistant "Hello.", rejected "What?"::

        {"messages": [{"role": "user", "content": "Hi"}],
         "chosen": {"role": "assistant", "content": "Hello."},
         "rejected": {"role": "assistant", "content": "What?"}}
    """
    *before, chosen = example.messages
    yield {
        "messages": [_bare(template_message(message)) for message in before],
        "chosen": _bare(template_message(chosen)),
        "rejected": {"role": "assistant", "content": example.rejected},
    }


def _bare(message: dict[str, Any]) -> dict[str, Any]:
    return {"role": message["role"], "content": message["content"]}


def axolotl_preference_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (any JSON)
    """What is wrong with a pair: its messages, and an object with a text on either side."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write messages, chosen, rejected")
        return
    yield from list_problems(row.get("messages"), "messages", _KEYS)
    for name in ("chosen", "rejected"):
        reply = row.get(name)
        if not isinstance(reply, dict):
            yield Problem("reply_no_object", name, "is no object: write role and content")
            continue
        for problem in list_problems([reply], name, _KEYS, ("assistant",)):
            yield problem._replace(where=problem.where.replace("[0]", "", 1))
        text = reply.get("content")
        if isinstance(text, str) and text in _AROUND:
            what = f"is {text!r}, which stands in chat templates: Axolotl would cut it wrong"
            yield Problem("reply_in_template", f"{name}.content", what)
    if row.get("chosen") == row.get("rejected"):
        text = "is the same as chosen: nothing is learnt from it"
        yield Problem("same_outputs", "rejected", text)


def read_axolotl_preference(row: Row) -> Reading:
    """The conversation with its chosen end, and the other end."""
    messages = read_list([*row["messages"], row["chosen"]])
    return Reading(messages, None, row["rejected"]["content"])


AXOLOTL_PREFERENCE = Exporter(
    name="axolotl_preference",
    status="live",
    folder="exports/axolotl_preference",
    loss=(
        "Preference pairs without tool calls; no tools on offer, no names; earlier replies are"
        " context; white space at the end of a reply is left out by Axolotl."
    ),
    rows=axolotl_preference_rows,
    problems=axolotl_preference_problems,
    read=read_axolotl_preference,
    carries=frozenset(("system", "history")),
    refuses=frozenset(("tool_calls",)),
    holds="pairs",
)
