"""Preference pairs on their way through a release: in files and counts of their own."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from upath import UPath

from ftdata.release.dataset import write_dataset
from ftdata.release.openai_types import invalid_rows
from ftdata.release.plan import Release
from ftdata.release.read import mismatches, read_examples
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import WEB_1, chat, context, put, row, select_all

PAIR = {
    "variant": 1, "parent_id": "web-01-0", "provenance": "preferences/rules",
    "rejected": "No idea.", "tags": [("pair", "log")],
}  # fmt: skip
FOLDERS = ("exports/openai_dpo", "exports/trl_preference")


def released(folder: Path, *pairs: dict[str, object], **dataset: object) -> Release:
    store = PartitionStore(str(folder))
    parents = [row(WEB_1, i, chat("Open?", "Yes."), split=("train", "test")[i]) for i in range(2)]
    made = [row(WEB_1, i, chat("Open?", "Yes."), **one) for i, one in enumerate(pairs, start=2)]
    put(store, WEB_1, [*parents, *made])
    return write_dataset(store, select_all(store), context(store, **dataset))


@pytest.fixture
def release(tmp_path: Path) -> Release:
    return released(tmp_path, PAIR)


def lines(path: UPath) -> list[object]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def test_a_pair_is_in_the_files_of_its_targets_alone(release: Release) -> None:
    assert len(lines(release.folder / "train.jsonl")) == 1
    assert len(lines(release.folder / "exports/prompt_completion/train.jsonl")) == 1
    said = [{"role": "user", "content": "Open?"}]
    chosen = [{"role": "assistant", "content": "Yes."}]
    rejected = [{"role": "assistant", "content": "No idea."}]
    assert lines(release.folder / FOLDERS[0] / "train.jsonl") == [
        {"input": {"messages": said}, "preferred_output": chosen, "non_preferred_output": rejected}
    ]
    assert lines(release.folder / FOLDERS[1] / "train.jsonl") == [
        {"prompt": said, "chosen": chosen, "rejected": rejected}
    ]
    assert not (release.folder / FOLDERS[0] / "test.jsonl").exists()


def test_examples_hold_what_is_rejected(release: Release, tmp_path: Path) -> None:
    table = read_examples(UPath(tmp_path), release.version, ["rejected"])
    assert table.column("rejected").to_pylist() == [None, None, "No idea."]


def test_counts_agree(release: Release) -> None:
    content = release.manifest["content"]
    splits = content["dataset"]["splits"]
    assert [splits[name]["examples"] for name in ("train", "validation", "test")] == [1, 0, 1]
    assert [splits[name]["pairs"] for name in ("train", "validation", "test")] == [1, 0, 0]
    assert content["dataset"]["rows_out"] == 3
    files = {name: described["rows"] for name, described in content["outputs"].items()}
    assert files["train.jsonl"] == splits["train"]["examples"]
    assert files[f"{FOLDERS[0]}/train.jsonl"] == files[f"{FOLDERS[1]}/train.jsonl"] == 1
    assert files["examples.parquet"] == 3
    assert mismatches(release.folder) == []


def test_card_and_funnel_tell_of_them(release: Release) -> None:
    card = (release.folder / "README.md").read_text()
    assert "preference pairs" in card
    assert "| log | 1 | 0 | 0 |" in card
    assert all(f"{folder}/" in card.replace("\\", "") for folder in FOLDERS)
    assert "pairs: 1 preference pairs" in (release.folder / "funnel.svg").read_text()


def test_without_pairs_there_is_no_word_of_them(tmp_path: Path) -> None:
    release = released(tmp_path)
    assert not any((release.folder / folder).exists() for folder in FOLDERS)
    card = (release.folder / "README.md").read_text()
    assert "preference" not in card.partition("## How it was made")[0]
    assert "pairs" not in (release.folder / "funnel.svg").read_text()


def test_only_chosen_targets_are_written(tmp_path: Path) -> None:
    release = released(tmp_path, PAIR, exports=("trl_preference",))
    assert [(release.folder / folder).exists() for folder in FOLDERS] == [False, True]


def test_both_replies_load_in_openai_types(release: Release, tmp_path: Path) -> None:
    (pair,) = lines(release.folder / FOLDERS[0] / "train.jsonl")
    assert isinstance(pair, dict)
    path = UPath(tmp_path / "rows.jsonl")
    outputs = (pair["preferred_output"], pair["non_preferred_output"])
    rows = [{"messages": [*pair["input"]["messages"], *output]} for output in outputs]
    path.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    assert invalid_rows(path) == []
