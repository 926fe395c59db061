"""The table `generated_examples` of a synthetic source: a task description becomes examples.

A model writes them; no rule can. The examples to go by are not among them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pydantic import field_validator

from ftdata.chat import Asked, ChatRequest, Refused, stripped
from ftdata.generation.synthetic_plan import (
    DIFFICULTIES,
    STYLES,
    Wanted,
    complexity_of_difficulty,
    plan,
)
from ftdata.generation.synthetic_task import STAGE, Drop, Task
from ftdata.generation.written import Writer
from ftdata.jsonl import canonical
from ftdata.keys import PartitionKey
from ftdata.prompt_files import read_prompt
from ftdata.settings_documents import Synthetic
from ftdata.tables import StageResult, drops_table, from_rows
from ftdata.text import same_key

_CHUNK = 256  # requests held at one time
_NOTES = 12_000  # characters of notes in one request, at most about
_USUAL = "An exchange of some hundred words, in its form. " * 12  # how long, for the estimate
_SEEDS = 3  # examples to go by in one request


class Pair(Asked):
    """A user's message and the answer to it."""

    prompt: str
    completion: str

    _not_blank = field_validator("prompt", "completion")(stripped)


class Pairs(Asked):
    """Several examples."""

    examples: tuple[Pair, ...]

    @field_validator("examples")
    @classmethod
    def _not_empty(cls, examples: tuple[Pair, ...]) -> tuple[Pair, ...]:
        if not examples:
            raise ValueError("must hold an example at least")
        return examples


@dataclass(frozen=True)
class _Material:
    """What requests are made of, redacted."""

    task: str
    notes: list[str]  # each fits a request
    seeds: list[str]


def synthesise(task: Task, writer: Writer, options: Synthetic, key: PartitionKey) -> StageResult:
    """Examples over the plan of `options`: skills, difficulties 1 to 5 and styles, spread evenly.

    `rows_in` is the number wanted and the drops of the task; each example that is wanted and not
    there is a drop: the request's refusal, `not_written` where fewer came than were asked for, or
    `exact_duplicate` of an earlier one or of an example to go by. `kind` is the style.

    Raises ProviderError or StorageError as `ChatModel.complete` does.
    """
    rows: list[dict[str, Any]] = []
    drops = list(task.drops)
    seen = {same_key(seed.prompt) for seed in task.seeds}
    for wanted, made in _answers(task, writer, options):
        if isinstance(made, Refused):
            drops += [_drop(task, made.reason, made.detail, quarantined=True)] * wanted.size
            continue
        kept = made.examples[: wanted.size]
        for pair in kept:
            row = _row(pair, wanted, task, writer.model.name, key)
            if same_key(pair.prompt) in seen:
                drops.append(_drop(task, "exact_duplicate", "prompt") | {"record_id": row["id"]})
            else:
                seen.add(same_key(pair.prompt))
                rows.append(row | {"position": len(rows)})
        lacking = wanted.size - len(kept)
        told = f"{len(kept)} of {wanted.size} came"
        drops += [_drop(task, "not_written", told, quarantined=True)] * lacking
    return StageResult(
        table=from_rows("generated_examples", rows),
        drops=drops_table(drops),
        rows_in=len(rows) + len(drops),
        rows_out=len(rows),
        facts=_facts(rows, options),
    )


def _answers(
    task: Task, writer: Writer, options: Synthetic
) -> Iterator[tuple[Wanted, Pairs | Refused]]:
    """Each request of the plan with what came of it."""
    material = _material(task, writer)
    left = plan(options)
    while chunk := list(islice(left, _CHUNK)):
        outcomes = writer.model.complete([_request(wanted, material) for wanted in chunk])
        for wanted, outcome in zip(chunk, outcomes, strict=True):
            if isinstance(outcome, Refused):
                yield wanted, outcome
            else:
                yield wanted, Pairs.model_validate_json(outcome.text)


def _material(task: Task, writer: Writer) -> _Material:
    seeds = [f"prompt: {seed.prompt}\ncompletion: {seed.completion}" for seed in task.seeds]
    return _Material(
        task=writer.redact(task.text),
        notes=_stretches(writer.redact("\n\n".join(task.notes))),
        seeds=[writer.redact(seed) for seed in seeds],
    )


def _stretches(notes: str) -> list[str]:
    """The notes in stretches that fit a request, cut between paragraphs or within long ones."""
    stretches = [""]
    for paragraph in notes.split("\n\n"):
        for at in range(0, len(paragraph), _NOTES):
            piece = paragraph[at : at + _NOTES]
            if len(stretches[-1]) + len(piece) > _NOTES:
                stretches.append("")
            stretches[-1] = f"{stretches[-1]}\n\n{piece}".lstrip("\n")
    return [stretch for stretch in stretches if stretch.strip()]


def _request(wanted: Wanted, material: _Material) -> ChatRequest:
    """Long notes and many examples take turns: each request has the next of them."""
    at = wanted.number - 1
    notes, seeds = material.notes, material.seeds
    like = " ".join([_USUAL] * wanted.size)
    shown = [seeds[(at * _SEEDS + one) % len(seeds)] for one in range(min(_SEEDS, len(seeds)))]
    return read_prompt("generation", "synthetic").request(
        Pairs,
        like,
        task=material.task,
        notes=notes[at % len(notes)] if notes else "none",
        seeds="\n\n".join(shown) or "none",
        count=str(wanted.size),
        number=str(wanted.number),
        skill=wanted.skill,
        difficulty=str(wanted.difficulty),
        difficulty_means=DIFFICULTIES[wanted.difficulty],
        style=STYLES[wanted.style],
    )


def _row(pair: Pair, wanted: Wanted, task: Task, model: str, key: PartitionKey) -> dict[str, Any]:
    content = "\0".join((key.source, key.date, pair.prompt, pair.completion))
    name = hashlib.blake2b(content.encode(), digest_size=8).hexdigest()
    said = (("user", pair.prompt), ("assistant", pair.completion))
    tags = {
        "complexity": complexity_of_difficulty(wanted.difficulty),
        "difficulty": str(wanted.difficulty),
        "skill": wanted.skill,
        "style": wanted.style,
    }
    return {
        "id": name,
        "source": key.source,
        "date": key.date,
        "conversation_id": name,
        "record_ids": [name],
        "origins": [f"{task.file}:1"],
        "started_at": None,
        "messages": [{"role": role, "content": text} for role, text in said],
        "ratings": [None],
        "turn_records": [0, 0],
        "tools": None,
        "category": wanted.skill,
        "model": None,
        "metadata": canonical({"generator": model, "request": wanted.number}).decode(),
        "provenance": f"synthetic/{model}",
        "tags": list(tags.items()),
        "user_id": None,
        "kind": wanted.style,
        "spans": None,
    }


def _drop(task: Task, reason: str, detail: str, *, quarantined: bool = False) -> Drop:
    return {
        "stage": STAGE,
        "reason": reason,
        "detail": detail,
        "quarantined": quarantined,
        "file": task.file,
        "line": 1,
    }


def _facts(rows: list[dict[str, Any]], options: Synthetic) -> dict[str, Any]:
    """Counts for the metadata: wanted, styles, skills, difficulties."""
    tags = [dict(row["tags"]) for row in rows]
    counted = {
        f"by_{name}": dict(sorted(Counter(tag[name] for tag in tags).items()))
        for name in ("skill", "difficulty", "style")
    }
    return {"wanted": options.count, **counted}
