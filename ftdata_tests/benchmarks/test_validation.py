"""The benchmark of validation: its parts, its examples, its figures."""

import json

import pyarrow.parquet as pq
from upath import UPath

from ftdata_tests.benchmarks.validation import PARTS, lines
from ftdata_tests.benchmarks.validation_statistics import (
    LEAST_WORDS,
    read_alone,
    write_examples,
)


def test_figures_are_shown_however_deep_they_stand():
    shown = lines("part", {"a": 1_000, "deep": {"b": 0.5, "c": None}})
    assert [line.split() for line in shown] == [
        ["part.a", "1,000"],
        ["part.deep.b", "0.5"],
        ["part.deep.c", "None"],
    ]
    assert {"statistics", "splits"} <= PARTS.keys()


def test_examples_of_the_logs_differ_and_are_read_alone(tmp_path):
    logs = tmp_path / "logs" / "web"
    logs.mkdir(parents=True)
    said = [{"prompt": f"Where is {n}?", "response": "Over there. " * n} for n in range(1, 9)]
    text = "\n".join([*map(json.dumps, said), "{broken", "[]"])
    (logs / "2025-03-01.jsonl").write_text(text)
    write_examples(tmp_path, tmp_path, 50)
    examples = pq.read_table(tmp_path / "examples.parquet").to_pylist()
    texts = [" ".join(one["content"] for one in row["messages"]) for row in examples]
    assert len(set(texts)) == 50
    assert all(len(text.split()) >= LEAST_WORDS for text in texts)
    found = read_alone(UPath(tmp_path))
    assert found["examples"] == 50
    assert found["words an example"] >= LEAST_WORDS
