"""What a version says of evaluation items in its examples."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet as pq
import pytest

from ftdata.release.dataset import write_dataset
from ftdata.release.plan import ContaminationHit, Release
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import WEB_1, WEB_2, chat, context, put, row, select_all

FILE = {"path": "evals/gsm8k.jsonl", "bytes": 9, "sha256": "ab" * 32, "items": 3, "too_short": 1}


def hit(example: str, line: int, coverage: float, action: str = "flag") -> ContaminationHit:
    split = None if action == "drop" else "train"
    return ContaminationHit(
        example, split, "evals/gsm8k.jsonl", line, f"test|{line}", coverage, action
    )


def written(
    tmp_path: Path, hits: Sequence[ContaminationHit] = (), with_sets: bool = True
) -> Release:
    store = PartitionStore(str(tmp_path))
    put(store, WEB_1, [row(WEB_1, i, chat(f"q{i}", "a")) for i in range(3)])
    put(store, WEB_2, [row(WEB_2, 0, chat("q", "a"))])
    said = context(store)
    if with_sets:
        said = dataclasses.replace(said, evaluations=(FILE,), hits=tuple(hits))
    return write_dataset(store, select_all(store), said)


def lines(release: Release) -> list[dict[str, Any]]:
    text = (release.folder / "contamination.jsonl").read_bytes()
    return [orjson.loads(line) for line in text.splitlines()]


def tags(release: Release, column: str = "tags") -> dict[str, dict[str, str]]:
    table = pq.read_table(release.folder / "examples.parquet", columns=["id", column])
    return {example["id"]: dict(example[column]) for example in table.to_pylist()}


def test_without_sets_nothing_is_written_and_the_card_says_so(tmp_path: Path) -> None:
    release = written(tmp_path, with_sets=False)
    assert not (release.folder / "contamination.jsonl").exists()
    assert release.manifest["content"]["evaluations"] == []
    assert (
        "No comparison with evaluation sets was made" in (release.folder / "README.md").read_text()
    )


def test_every_hit_is_a_line(tmp_path: Path) -> None:
    release = written(tmp_path, [hit("web-01-0", 1, 1.0), hit("web-01-0", 3, 0.5432)])
    assert lines(release) == [
        {
            "example": "web-01-0", "split": "train", "file": "evals/gsm8k.jsonl", "line": line,
            "item": f"test|{line}", "coverage": coverage, "action": "flag",
        }
        for line, coverage in ((1, 1.0), (3, 0.5432))
    ]  # fmt: skip
    outputs = release.manifest["content"]["outputs"]
    assert outputs["contamination.jsonl"]["rows"] == 2


def test_the_manifest_names_the_sets_and_what_was_found(tmp_path: Path) -> None:
    release = written(tmp_path, [hit("web-01-0", 1, 1.0), hit("web-01-2", 1, 0.6)])
    assert release.manifest["content"]["evaluations"] == [{**FILE, "found": 1, "examples": 2}]


def test_a_set_without_hits_has_an_empty_file(tmp_path: Path) -> None:
    release = written(tmp_path)
    assert lines(release) == []
    assert "0 examples contain" in (release.folder / "README.md").read_text()


def test_flagged_examples_name_the_item_they_contain_most_of(tmp_path: Path) -> None:
    found = [hit("web-01-1", 1, 0.5), hit("web-01-1", 2, 0.9), hit("web-02-0", 3, 0.7)]
    release = written(tmp_path, found)
    assert tags(release, "tag_origins")["web-01-1"] == {"category": "log", "contaminated": "rules"}
    assert tags(release) == {
        "web-01-0": {"category": "billing"},
        "web-01-1": {"category": "billing", "contaminated": "evals/gsm8k.jsonl:test|2"},
        "web-01-2": {"category": "billing"},
        "web-02-0": {"category": "billing", "contaminated": "evals/gsm8k.jsonl:test|3"},
    }


@pytest.mark.parametrize("action", ["report", "drop"])
def test_other_actions_tag_nothing(tmp_path: Path, action: str) -> None:
    shown = tags(written(tmp_path, [hit("web-01-1", 1, 0.5, action)]))
    assert all("contaminated" not in own for own in shown.values())


def test_the_report_shows_files_and_hits_as_text(tmp_path: Path) -> None:
    release = written(tmp_path, [hit("web-01-1", 2, 0.756), hit("gone", 2, 1.0, "drop")])
    report = (release.folder / "report.md").read_text()
    assert "| evals/gsm8k.jsonl | 3 | 1 | 1 | 2 |" in report
    assert "| web-01-1 | train | evals/gsm8k.jsonl:test\\|2 | 0.76 | flag |" in report
    assert "| gone |  | evals/gsm8k.jsonl:test\\|2 | 1.00 | drop |" in report
