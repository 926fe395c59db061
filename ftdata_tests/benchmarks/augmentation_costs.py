"""Estimates of what a model is asked and paid, held against what was paid in the end.

The server counts tokens by o200k and answers about as long as a model does; see
`ftdata_tests.llm.material_answers`. A second and a third round ask for other partitions, once the
ledger knows what requests have really cost.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from ftdata.augmentation import AUGMENTERS
from ftdata.chat import Usage
from ftdata.defs.estimate import estimate
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import build_stage, chain_of
from ftdata.document_formats import is_document
from ftdata.keys import PartitionKey
from ftdata.llm.cache_file import cache_folder
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.ledger import cost_of, totals
from ftdata.project import Project
from ftdata.tables import Stage
from ftdata_tests.benchmarks.augmentation_material import copy_logs, make_project
from ftdata_tests.benchmarks.documents_figures import Figure
from ftdata_tests.llm.provider_process import Apart, Scenario, serving_apart

ROUNDS = ("first", "second", "third")
LLM = "llm: {model: writer-1, retries: 1, prices: {writer-1: {input: 1, output: 4}}}\n"
_SERVER = Scenario(of_material=True, usage=None)
_MOST_OFF = 0.15
_PARTITIONS = 12  # of a round
_FILES = 60  # of a corpus
_ALL = ", ".join(f"{one.name}: 1" for one in AUGMENTERS)
_AUGMENTATION = f"augmentation: {{writer: model, max_share: 0.3, augmenters: {{{_ALL}}}}}\n"
_TASK = "You help people who run the software that the notes describe. Answer what they ask.\n"


@contextmanager
def asking_apart(folder: Path, scenario: Scenario, key: str) -> Iterator[Apart]:
    """The server in a process of its own, named with a key by the environment."""
    with serving_apart(folder, scenario) as apart:
        named = {"OPENAI_BASE_URL": apart.url, "OPENAI_API_KEY": key}
        with mock.patch.dict(os.environ, named):
            yield apart


def cost_figures(data: Path, scratch: Path) -> Iterator[Figure]:
    """Of augmentation with all augmenters, of generation by both settings, and of synthesis."""
    with asking_apart(scratch, _SERVER, "sk-not-a-real-key"):
        yield from _augmentation(data / "logs", scratch / "logs")
        corpora = list(_corpora(data / "docs"))
        for answers in ("spans", "model"):
            yield from _generation(corpora, scratch / answers, answers)
        yield from _synthesis(corpora, scratch / "synthesis")


def _augmentation(logs: Path, folder: Path) -> Iterator[Figure]:
    if not logs.is_dir():
        return
    project = make_project(folder, LLM + _AUGMENTATION)
    copy_logs(logs, folder / "data" / "raw")
    keys = sorted(look_at_raw(project).partitions)
    size = max(1, min(_PARTITIONS, len(keys) // len(ROUNDS)))
    rounds = [keys[at : at + size] for at in range(0, len(keys), size)]
    yield from _rounds("augmentation", project, "augmented", rounds)


def _generation(corpora: Sequence[Path], folder: Path, answers: str) -> Iterator[Figure]:
    """A corpus is a partition; each round asks for another."""
    project = make_project(folder, f"{LLM}generation: {{writer: model, answers: {answers}}}\n")
    for corpus in corpora:
        _copy_documents(corpus, folder / "data" / "raw" / corpus.name / "2025-03-01")
    rounds = [[PartitionKey("2025-03-01", corpus.name)] for corpus in corpora]
    yield from _rounds(f"generation, {answers}", project, "generated_examples", rounds)


def _synthesis(corpora: Sequence[Path], folder: Path) -> Iterator[Figure]:
    """A task with the documents of a corpus as notes, twenty requests a round."""
    names = [f"made_{corpus.name}" for corpus in corpora]
    sources = ", ".join(f"{name}: {{kind: synthetic}}" for name in names)
    project = make_project(folder, f"{LLM}sources: {{{sources}}}\n")
    for name, corpus in zip(names, corpora, strict=True):
        day = folder / "data" / "raw" / name / "2025-03-01"
        _copy_documents(corpus, day / "notes")
        (day / "task.md").write_text(_TASK, encoding="utf-8")
    rounds = [[PartitionKey("2025-03-01", name)] for name in names]
    yield from _rounds("synthesis", project, "generated_examples", rounds)


def _corpora(docs: Path) -> Iterator[Path]:
    """The folders with most Markdown, as many as there are rounds."""
    folders = [path for path in docs.iterdir() if path.is_dir()] if docs.is_dir() else []
    counts = {path: sum(1 for _ in path.rglob("*.md")) for path in folders}
    fullest = sorted(folders, key=lambda path: (-counts[path], path.name))
    yield from (path for path in fullest[: len(ROUNDS)] if counts[path])


def _copy_documents(corpus: Path, to: Path) -> None:
    found = [path for path in sorted(corpus.rglob("*.md")) if is_document(path.name)]
    for path in found[:_FILES]:
        goal = to / path.relative_to(corpus)
        goal.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, goal)


def _rounds(
    told: str, project: Project, stage: Stage, rounds: Sequence[list[PartitionKey]]
) -> Iterator[Figure]:
    for name, keys in zip(ROUNDS, rounds, strict=False):
        yield from _held_against(f"{told}, {name}", project, stage, keys)


def _held_against(
    told: str, project: Project, stage: Stage, keys: list[PartitionKey]
) -> Iterator[Figure]:
    """What is expected of some partitions, then what their building has cost."""
    nothing = Usage(0, 0, 0, 0)
    lines = [line for line in estimate(project, keys).lines if line.stage == stage]
    expected = sum((line.expected for line in lines), nothing)
    _build(project, stage, keys)
    with ChatCache(cache_folder(project.store.data)).open() as db:
        own = [one for one in totals(db) if PartitionKey(one.date, one.source) in keys]
        by_prompt = db.execute(
            "SELECT prompt_version, sum(completion), sum(expected_completion) FROM spent"
            " GROUP BY prompt_version ORDER BY prompt_version"
        ).fetchall()
    paid = sum((one.usage for one in own), nothing)
    price = project.settings.llm.price
    assert price is not None
    requests = sum(one.requests for one in own)
    yield Figure(f"{told}: requests", requests, note=f"{len(keys)} partitions")
    wanted, asked = (cost_of(one, price, is_batch=False) for one in (expected, paid))
    yield _off(f"{told}: requests off", sum(line.requests for line in lines), requests)
    yield _off(f"{told}: prompt tokens off", expected.prompt, paid.prompt)
    yield _off(f"{told}: completion tokens off", expected.completion, paid.completion)
    yield _off(f"{told}: tokens off", _all(expected), _all(paid))
    yield _off(f"{told}: cost off", wanted, asked)
    said = ", ".join(f"{name.split()[0]} {real / like:.2f}" for name, real, like in by_prompt)
    yield Figure(f"{told}: prompts", len(by_prompt), note=f"said for one expected: {said}")


def _all(usage: Usage) -> int:
    return usage.prompt + usage.completion


def _off(name: str, expected: float, paid: float) -> Figure:
    """The relative error, its sign in the note."""
    error = (expected - paid) / paid if paid else 0.0
    note = f"{error:+.1%}: expected {expected:,.6g}, paid {paid:,.6g}"
    target = _MOST_OFF if name.endswith((": tokens off", "cost off")) else None
    return Figure(name, abs(error), target, at_most=True, note=note)


def _build(project: Project, stage: Stage, keys: list[PartitionKey]) -> None:
    partitions = look_at_raw(project).partitions
    for key in keys:
        chain = chain_of(project, key, partitions[key])
        for one in chain[: chain.index(stage) + 1]:
            build_stage(project, one, key, partitions[key])
