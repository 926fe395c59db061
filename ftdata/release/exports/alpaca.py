"""Alpaca's rows, which LLaMA-Factory and others read: the last turn, and `history` before it.

Live (2026-11). `dataset_info.json` beside them is LLaMA-Factory's, which joins instruction and
input by a line break and trains on the replies of `history`, too, unless `mask_history` is set.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example, Message
from ftdata.release.exports.chat_template import until_last_trained
from ftdata.release.exports.dataset_info import dataset_info
from ftdata.release.exports.exporter import Exporter, Problem, Reading, Row

_ROLES = ("user", "assistant")


def alpaca_rows(example: Example) -> Iterator[Row | Problem]:
    """One row per example, up to its last reply that is trained on.

    system "Be brief.", user "Hi", assistant "Hello.", user "Bye", assistant "See you."::

        {"instruction": "Bye", "input": "", "output": "See you.", "system": "Be brief.",
         "history": [["Hi", "Hello."]]}

    Every row has every key: loaders ask for one set of columns.
    """
    messages = until_last_trained(example.messages)
    start = int(bool(messages) and messages[0].role in ("system", "developer"))
    for place, message in enumerate(messages[start:]):
        if message.role != _ROLES[place % 2]:
            text = f"is {message.role} where {_ROLES[place % 2]} has its turn"
            yield Problem("role_order", f"messages[{start + place}].role", text)
            return
    texts = [message.content or "" for message in messages[start:]]
    turns = list(zip(texts[::2], texts[1::2], strict=True))
    if not turns:
        return
    *history, (question, reply) = turns
    yield {
        "instruction": question,
        "input": "",
        "output": reply,
        "system": (messages[0].content or "") if start else "",
        "history": [list(turn) for turn in history],
    }


def alpaca_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What is wrong with a row: its texts, and the turns before."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write instruction and output")
        return
    for name in ("instruction", "output"):
        if not isinstance(row.get(name), str):
            yield Problem("no_text", name, "is no text: write one")
    for name in ("input", "system"):
        if not isinstance(row.get(name, ""), str | None):
            yield Problem("no_text", name, "is no text: write one, or leave it out")
    if row.get("instruction") == "" and not row.get("input"):
        yield Problem("empty_turn", "instruction", "is empty: write the question")
    if row.get("output") == "":
        yield Problem("empty_turn", "output", "is empty: nothing is learnt from it")
    yield from _history_problems(row.get("history"))


def _history_problems(history: object) -> Iterator[Problem]:
    if history is None:
        return
    if not isinstance(history, list):
        yield Problem("history", "history", "is no list of [question, reply]: write one")
        return
    for place, turn in enumerate(history):
        where = f"history[{place}]"
        if not isinstance(turn, list) or [type(text) for text in turn] != [str, str]:
            yield Problem("history", where, "is no [question, reply] of two texts: write those")
        elif not all(turn):
            text = "has an empty side: a turn is a question and its reply"
            yield Problem("empty_turn", where, text)


def read_alpaca(row: Row) -> Reading:
    """The conversation of a row; instruction and input are joined as LLaMA-Factory does."""
    question = "\n".join(text for text in (row["instruction"], row.get("input")) if text)
    turns = [*(row.get("history") or ()), (question, row["output"])]
    system = [_said("system", row["system"])] if row.get("system") else []
    said = [_said(role, text) for turn in turns for role, text in zip(_ROLES, turn, strict=True)]
    return Reading([*system, *said])


def _said(role: str, text: str) -> Message:
    return Message(role, text, 1 if role == "assistant" else None, None, None, None)


ALPACA = Exporter(
    name="alpaca",
    status="live",
    folder="exports/alpaca",
    loss=(
        "Questions and replies in turns alone: no weights, names and tools on offer; with a call of"
        " tools, or two messages of one side in a row, an example is refused."
    ),
    rows=alpaca_rows,
    problems=alpaca_problems,
    read=read_alpaca,
    carries=frozenset(("system", "history")),
    refuses=frozenset(("tool_calls",)),
    beside=dataset_info(
        {
            "formatting": "alpaca",
            "columns": {
                "prompt": "instruction",
                "query": "input",
                "response": "output",
                "system": "system",
                "history": "history",
            },
        }
    ),
)
