"""The benchmark of tags: its truth and its figures, on inputs one can check."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from ftdata.tagging.values import DOMAINS, TASK_TYPES
from ftdata_tests.benchmarks.tags import measure
from ftdata_tests.benchmarks.tags_truth import ALSO, OF_ORIGIN, OFFICIAL

INTENTS = [
    ("book_flight", "test", "book a flight to rome"),  # right
    ("book_hotel", "test", "my credit card"),  # wrong
    ("alarm", "test", "set an alarm"),  # of no domain of CLINC's that is ours
    ("yes", "test", "yes"),
    ("recipe", "train", "a recipe"),  # not of the test part
]
RECORDS = [
    ("r1", "c1", "Write a poem.", "creative_writing", "dolly-3k"),  # right
    ("r2", "c2", "Who wrote it?", "creative_writing", "dolly-3k"),  # wrong
    ("r3", "c3", "Find me a bus.", "buses", "sgd"),  # right
    ("r4", "c4", "Who was it?", "trivia", "chatterbot"),  # simple
]
ITEMS = [("gsm8k", "Solve 3x = 9"), ("gsm8k", "Hello"), ("mmlu_sociology", "What is culture?")]
SEEDS = [("Classify the text.", True), ("Classify it.", False), ("Say hello.", True)]


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(
        tmp_path / "categories" / "clinc_oos.jsonl.gz",
        [{"intent": intent, "split": split, "text": text} for intent, split, text in INTENTS],
    )
    write(
        tmp_path / "logs" / "web" / "2025-03-01.jsonl",
        [
            {"id": name, "conversation_id": conversation, "prompt": prompt, "category": category}
            for name, conversation, prompt, category, _ in RECORDS
        ],
    )
    write(
        tmp_path / "logs" / "truth.jsonl.gz",
        [{"id": name, "lang": "en", "dataset": dataset} for name, *_, dataset in RECORDS],
    )
    write(
        tmp_path / "decontam" / "eval_items.jsonl.gz",
        [{"dataset": dataset, "question": question} for dataset, question in ITEMS],
    )
    write(
        tmp_path / "instructions" / "self_instruct_seed_tasks.jsonl",
        [
            {"instruction": text, "instances": [{"input": ""}], "is_classification": is_one}
            for text, is_one in SEEDS
        ],
    )
    return tmp_path


def test_figures_are_those_of_the_folder(folder: Path) -> None:
    found = {f"{figure.part}: {figure.name}": figure.value for figure in measure(folder)}
    told = {
        "domains by CLINC's own domains: texts": 2,
        "domains by CLINC's own domains: of those rightly": 0.5,
        "domains by what intents are about as well: texts": 3,
        "domains: texts of none left general (1)": 1.0,
        "tasks of: creative_writing (2)": 0.5,
        "tasks of: sgd (1)": 1.0,
        "tasks, precision of: writing in Dolly (1)": 1.0,
        "seed tasks: classification: precision": 0.5,
        "seed tasks: classification: recall": 0.5,
        "unseen: gsm8k: reasoning (2)": 0.5,
        "unseen: mmlu_sociology: society (1)": 1.0,
        "complexity: chatterbot: not simple (1)": 0,
    }
    assert {name: found.get(name) for name in told} == told


def test_the_truth_names_values_that_there_are() -> None:
    for domains in (*OFFICIAL.values(), *ALSO.values()):
        assert domains <= {*DOMAINS}
    for tasks in OF_ORIGIN.values():
        assert tasks <= {*TASK_TYPES}
