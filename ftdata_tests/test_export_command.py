"""What a user sees of exports and pushes, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftdata.release.dataset import write_dataset
from ftdata.release.exports import EXPORTERS
from ftdata.storage import PartitionStore
from ftdata_tests.command_line import Ran
from ftdata_tests.command_line import ftdata as run
from ftdata_tests.release.given import WEB_1, chat, context, put, row, select_all


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with one version of two examples."""
    (tmp_path / "ftdata.yaml").write_text("dataset: {name: Shop}\n")
    store = PartitionStore(str(tmp_path / "data"))
    told = [chat("Question?", "Answer."), chat("Say <|im_end|>", "No.")]
    put(store, WEB_1, [row(WEB_1, n, one, split="train") for n, one in enumerate(told)])
    write_dataset(store, select_all(store), context(store))
    return tmp_path


def ftdata(folder: Path, *arguments: object) -> Ran:
    return run(*arguments, "--settings", folder / "ftdata.yaml")


def test_a_target_is_written_and_what_it_refuses_is_told(folder: Path) -> None:
    done = ftdata(folder, "export", "--format", "text_qwen", "--out", folder / "out")
    assert done.code == 0
    assert "train 1, validation 0, test 0 rows" in done.out
    assert "refuses 1 example (1 template_marker)" in done.err
    assert {path.name for path in (folder / "out").iterdir()} == {"train.jsonl", "refused.jsonl"}


def test_the_answer_in_json(folder: Path) -> None:
    arguments = ("export", "--format", "llama_factory", "--out", folder / "out", "--json")
    values = ftdata(folder, *arguments).values
    assert values["files"] == ["dataset_info.json", "train.jsonl"]
    assert values["rows"] == {"train": 2, "validation": 0, "test": 0}


def test_a_second_time_needs_force(folder: Path) -> None:
    arguments = ("export", "--format", "openai", "--out", folder / "out", "--split", "train")
    assert ftdata(folder, *arguments).code == 0
    again = ftdata(folder, *arguments)
    assert again.code == 2
    assert "--force" in again.err
    assert ftdata(folder, *arguments, "--force").code == 0


def test_by_default_the_folder_is_named_for_target_and_version(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    values = ftdata(folder, "export", "--format", "openai", "--json").values
    assert (folder / f"openai-{values['version']}" / "train.jsonl").exists()


def test_targets_are_listed_with_their_status(folder: Path) -> None:
    listed = ftdata(folder, "export", "--list", "--json").values["targets"]
    assert [one["name"] for one in listed] == list(EXPORTERS)
    assert "openai" in ftdata(folder, "export", "--list").out


@pytest.mark.parametrize("arguments", [("--format", "alpacca"), ()])
def test_an_unknown_target_is_misuse_and_lists_them(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    done = ftdata(folder, "export", *arguments)
    assert done.code == 2
    assert "alpaca (live)" in done.err
    assert "openai (sunset)" in done.err


def test_without_a_version_there_is_nothing_to_export(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    done = ftdata(tmp_path, "export", "--format", "openai")
    assert done.code == 2
    assert "build one first" in done.err


def test_a_version_is_pushed_once(folder: Path) -> None:
    place = (folder / "shared").as_uri()
    planned = ftdata(folder, "push", "--to", place, "--dry-run")
    assert planned.code == 0
    assert "train.jsonl" in planned.out
    assert "would be sent" in planned.out
    assert not (folder / "shared").exists()
    values = ftdata(folder, "push", "--to", place, "--json").values
    assert (folder / "shared" / values["version"] / "manifest.json").exists()
    again = ftdata(folder, "push", "--to", place)
    assert "0 files sent" in again.out
    assert "were there already" in again.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--to", "shared"), "name a URL"),
        (("--to", "hf://datasets/shop/answers"), "HF_TOKEN is not set"),
        (("--to", "memory://shared", "--public"), "--public is for hf://datasets/"),
        (("--to", "memory://shared", "--version", "zzz"), "no dataset version"),
        ((), "--to"),
    ],
)
def test_what_cannot_be_pushed_is_misuse(
    folder: Path, arguments: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_TOKEN", raising=False)
    done = ftdata(folder, "push", *arguments)
    assert done.code == 2
    assert words in done.err
