"""How many of the labelled questions and procedures stand whole in one text."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ftdata_tests.benchmarks.documents_build import Built
from ftdata_tests.benchmarks.documents_figures import Figure

_MIN_QUESTION = 0.8  # token F1
_MIN_ANSWER = 0.9  # token recall
_TARGET = 0.95
_HEAD = 6  # words of a step by which its place is found
# What readers leave out: link targets, template tags, directives, footnotes' and roles' marks.
_MARKUP = re.compile(
    r"\]\([^()\s]*\)|\]\[[^\[\]]*\]|\{\{.*?\}\}|\{%.*?%\}|^\s*\.\. [\w-]+::|:[\w-]+:(?=`)"
    r"|<[^<>]*>(?=`)|:::\w*|(?:```|~~~)\w*|</?\w[^<>]*>",
    re.DOTALL | re.MULTILINE,
)
_WORD = re.compile(r"\w+")


class Text(NamedTuple):
    """A heading or prompt with a section or completion."""

    prompt: str
    response: str


def section_figures(data: Path, built: Built) -> Iterator[Figure]:
    """Files accounted for, and the recall of both truth sets at the level of sections."""
    texts = {
        document: [Text(section.heading, section.text) for section in sections]
        for document, sections in built.sections.items()
    }
    drops = built.result.drops.to_pylist()
    told = {row["file"].split("/", 3)[3] for row in drops} | texts.keys()
    yield Figure("files that became sections or a drop by name", len(told) / built.files, 1.0)
    reasons = Counter(row["reason"] for row in drops)
    note = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()))
    yield Figure("sections", built.result.rows_out, note=f"dropped: {note}")
    yield from truth_figures(data, texts, "sections")


def truth_figures(data: Path, texts: dict[str, list[Text]], of: str) -> Iterator[Figure]:
    """Recall of `faq_truth` and `procedures_truth` among the texts of each document."""
    questions = _rows(data / "docs" / "faq_truth.jsonl")
    name = f"faq_truth: recall, {of}"
    yield _recall(name, questions, lambda row: _is_answered(row, _of(texts, row)))
    procedures = _rows(data / "docs" / "procedures_truth.jsonl")
    name = f"procedures_truth: all steps in order, {of}"
    yield _recall(name, procedures, lambda row: _holds_steps(row, _of(texts, row)))
    name = f"procedures_truth: cut in the middle, {of}"
    cut = [row for row in procedures or () if _is_cut(row, _of(texts, row))]
    share = len(cut) / len(procedures) if procedures else None
    yield Figure(name, share, 0.0, at_most=True, note=_missed(cut))


def _rows(path: Path) -> list[dict[str, Any]] | None:
    if not path.exists():
        return None
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def _of(texts: dict[str, list[Text]], row: dict[str, Any]) -> list[Text]:
    return texts.get(row["doc"].removeprefix("docs/"), [])


def _recall(
    name: str, rows: list[dict[str, Any]] | None, holds: Callable[[dict[str, Any]], bool]
) -> Figure:
    if not rows:
        return Figure(name, None, _TARGET, note="absent")
    lost = [row for row in rows if not holds(row)]
    return Figure(name, 1 - len(lost) / len(rows), _TARGET, note=_missed(lost))


def _missed(rows: Sequence[dict[str, Any]]) -> str:
    return " ".join(f"{row['doc']}:{row['start_line']}" for row in rows[:10])


def words(text: str) -> list[str]:
    """The words of a Markdown text, lower-case, without the markup that readers leave out."""
    return _WORD.findall(_MARKUP.sub(" ", text).lower())


def token_f1(text: str, wanted: str) -> float:
    """Harmonic mean of precision and recall of the words of both, with their counts."""
    one, other = Counter(words(text)), Counter(words(wanted))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def token_recall(text: str, wanted: str) -> float:
    """Share of the wanted words, with their counts, that the text has."""
    one, other = Counter(words(text)), Counter(words(wanted))
    return (one & other).total() / other.total() if other else 1.0


def contains_question(prompt: str, question: str) -> bool:
    """Whether a line or sentence of the prompt is the question, by F1."""
    parts = [prompt, *prompt.split("\n"), *re.split(r"(?<=[.!?:])\s+", prompt)]
    return any(token_f1(part, question) >= _MIN_QUESTION for part in parts)


def _is_answered(row: dict[str, Any], texts: Iterable[Text]) -> bool:
    return any(
        contains_question(text.prompt, row["question"])
        and token_recall(text.response, row["answer_md"]) >= _MIN_ANSWER
        for text in texts
    )


def _steps_found(steps: Sequence[str], text: str) -> int:
    """How many of the steps stand in the text, each behind the one before."""
    line = f" {' '.join(words(text))} "
    at = found = 0
    for step in steps:
        head = words(step)[:_HEAD]
        place = line.find(f" {' '.join(head)} ", at)
        if place >= 0:
            at = place + 1
            found += 1
    return found


def _holds_steps(row: dict[str, Any], texts: Iterable[Text]) -> bool:
    steps = row["steps"]
    return any(
        _steps_found(steps, text.response) == len(steps)
        and token_recall(text.response, "\n".join(steps)) >= _MIN_ANSWER
        for text in texts
    )


def _is_cut(row: dict[str, Any], texts: Sequence[Text]) -> bool:
    """Whether two texts or more hold two steps or more each, and none holds all."""
    found = [_steps_found(row["steps"], text.response) for text in texts]
    return max(found, default=0) < len(row["steps"]) and sum(count > 1 for count in found) > 1
