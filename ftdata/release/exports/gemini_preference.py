"""Preference rows to tune Gemini on Google's cloud (Vertex AI): one for each pair.

Live. The rules are those of the pages "Prepare preference tuning data for Gemini models" and "About
preference tuning" (read Nov 2026): texts alone, 131,072 tokens a row, 1 GB a file, at most
10,000,000 rows for training and 5,000 for validation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.alternation import said_message, split_turns
from ftdata.release.exports.exporter import Exporter, Limits, Problem, Reading, Row
from ftdata.release.exports.gemini import MAX_BYTES, MAX_TOKENS
from ftdata.release.exports.gemini_contents import (
    content_problems,
    contents_of,
    read_contents,
    read_system,
    system_problems,
)
from ftdata.release.exports.shapes import key_problems, pair_problems, text_problems

_KEYS = frozenset(("systemInstruction", "system_instruction", "contents", "completions"))
_COMPLETION_KEYS = frozenset(("score", "completion"))


def gemini_preference_rows(example: Example) -> Iterator[Row]:
    """One row per pair: what was said, the chosen reply with score 1, the rejected one with 0.

    user "Hi", assistant "Hello.", rejected "What?"::

        {"contents": [{"role": "user", "parts": [{"text": "Hi"}]}],
         "completions": [
           {"score": 1, "completion": {"role": "model", "parts": [{"text": "Hello."}]}},
           {"score": 0, "completion": {"role": "model", "parts": [{"text": "What?"}]}}]}

    A system message is `system_instruction`, with `parts` alone.
    """
    *prompt, chosen = example.messages
    system, said = split_turns(prompt)
    row: Row = {} if system is None else {"system_instruction": {"parts": [{"text": system}]}}
    row["contents"] = contents_of(said)
    row["completions"] = [
        _completion(1, chosen.content or ""),
        _completion(0, example.rejected or ""),
    ]
    yield row


def _completion(score: int, text: str) -> dict[str, Any]:
    return {"score": score, "completion": {"role": "model", "parts": [{"text": text}]}}


def gemini_preference_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What is wrong with a pair: contents that end with the user, completions scored 1 and 0."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write contents and completions")
        return
    yield from key_problems(row, _KEYS, "")
    yield from system_problems(row)
    yield from content_problems(row.get("contents"), last="user")
    completions = row.get("completions")
    if not isinstance(completions, list) or len(completions) != 2:
        yield Problem("output_no_message", "completions", "is no list of two: write both replies")
        return
    scores, texts = [], []
    for place, one in enumerate(completions):
        at = f"completions[{place}]"
        said = one.get("completion") if isinstance(one, dict) else None
        if not isinstance(one, dict) or not isinstance(said, dict) or said.get("role") != "model":
            yield Problem("output_no_message", at, "is no completion of the role model")
            return
        yield from key_problems(one, _COMPLETION_KEYS, at)
        texts.append(_text(said))
        scores.append(one.get("score"))
        yield from text_problems(texts[-1], f"{at}.completion.parts")
    if scores not in ([1, 0], [0, 1]) or any(isinstance(score, bool) for score in scores):
        text = "have not the scores 1 and 0: give the preferred one 1, the other 0"
        yield Problem("scores", "completions", text)
    yield from pair_problems(texts[0], texts[1], "completions[1]")


def read_gemini_preference(row: Row) -> Reading:
    """The conversation with its preferred end, and the other end."""
    texts = {one["score"]: _text(one["completion"]) for one in row["completions"]}
    messages = read_system(row) + read_contents(row["contents"])
    return Reading([*messages, said_message("assistant", texts[1])], None, texts[0])


def _text(completion: dict[str, Any]) -> str | None:
    """The texts of a completion joined by line breaks; None where it holds anything else."""
    parts = completion.get("parts")
    if not isinstance(parts, list):
        return None
    texts = [part["text"] for part in parts if isinstance(part, dict) and part.keys() == {"text"}]
    if len(texts) < len(parts) or not all(isinstance(text, str) for text in texts):
        return None
    return "\n".join(texts)


GEMINI_PREFERENCE = Exporter(
    name="gemini_preference",
    status="live",
    folder="exports/gemini_preference",
    loss="Preference pairs of texts alone: no tools, no names; earlier replies are context.",
    rows=gemini_preference_rows,
    problems=gemini_preference_problems,
    read=read_gemini_preference,
    carries=frozenset(("system", "history")),
    refuses=frozenset(("tool_calls",)),
    limits=Limits(
        rows={"train": (0, 10_000_000), "validation": (0, 5_000)},
        max_bytes=MAX_BYTES,
        max_tokens=MAX_TOKENS,
    ),
    holds="pairs",
)
