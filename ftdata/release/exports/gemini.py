"""Rows to tune Gemini on Google's cloud (Vertex AI).

Live. The rules are those of the pages "Prepare supervised fine-tuning data for Gemini models" and
"Tune function calling" (read Nov 2026): 131,072 tokens a row, 1 GB a file, 5,000 rows for
validation. A call and its result are told by name and order: Gemini has no ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.alternation import learnable, split_turns
from ftdata.release.exports.exporter import Exporter, Limits, Problem, Reading, Row
from ftdata.release.exports.gemini_contents import (
    content_problems,
    contents_of,
    read_contents,
    read_system,
    system_problems,
)
from ftdata.release.exports.gemini_tools import declaration_problems, declarations, tools_of
from ftdata.release.exports.shapes import key_problems

MAX_TOKENS = 131_072
MAX_BYTES = 1024**3
_KEYS = frozenset(("systemInstruction", "system_instruction", "contents", "tools"))


def gemini_rows(example: Example) -> Iterator[Row]:
    """One row per example, cut before the first reply that shall not be learnt.

    user "Paris?", a call of `weather`, its result "18 C", assistant "18 degrees."::

        {"contents": [
           {"role": "user", "parts": [{"text": "Paris?"}]},
           {"role": "model", "parts": [{"functionCall": {"name": "weather",
             "args": {"city": "Paris"}}}]},
           {"role": "user", "parts": [{"functionResponse": {"name": "weather",
             "response": {"output": "18 C"}}}]},
           {"role": "model", "parts": [{"text": "18 degrees."}]}],
         "tools": [{"functionDeclarations": [{"name": "weather", ...}]}]}

    A system message is `systemInstruction`, with `parts` alone. Results of several calls stand in
    one content, in the order of the calls.
    """
    system, said = split_turns(learnable(example.messages))
    if not said:
        return
    row: Row = {} if system is None else {"systemInstruction": {"parts": [{"text": system}]}}
    row["contents"] = contents_of(said)
    if example.tools:
        row["tools"] = declarations(example.tools)
    yield row


def gemini_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What is wrong with the instruction, the contents and the tools of a row."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write one with contents")
        return
    yield from key_problems(row, _KEYS, "")
    yield from system_problems(row)
    yield from content_problems(row.get("contents"), last="model")
    if "tools" in row:
        yield from declaration_problems(row["tools"])


def read_gemini(row: Row) -> Reading:
    """The conversation of a row, its system message first; calls get the ids call_1, call_2 …"""
    tools = tools_of(row["tools"]) if "tools" in row else None
    return Reading(read_system(row) + read_contents(row["contents"]), tools)


GEMINI = Exporter(
    name="gemini",
    status="live",
    folder="exports/gemini",
    loss=(
        "No names and no ids of calls; it trains on every reply, so that a conversation is cut"
        " before the first one that shall not be learnt; tools without `strict`."
    ),
    rows=gemini_rows,
    problems=gemini_problems,
    read=read_gemini,
    carries=frozenset(("system", "tools", "tool_calls", "history")),
    limits=Limits(rows={"validation": (0, 5_000)}, max_bytes=MAX_BYTES, max_tokens=MAX_TOKENS),
)
