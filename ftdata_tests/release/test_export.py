"""One target of a version that is there."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from ftdata.errors import ReleaseError, UsageError
from ftdata.release.dataset import write_dataset
from ftdata.release.export import export_version
from ftdata.release.exports import EXPORTERS, exporters
from ftdata.release.read import LoadedRelease, find_version
from ftdata.settings import Dataset
from ftdata.settings_exports import PromptCompletion
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import WEB_1, WEB_2, chat, context, put, row, select_all

NAMES = ("openai", "prompt_completion", "openai_dpo", "llama_factory", "parquet")


@pytest.fixture
def release(tmp_path: Path) -> LoadedRelease:
    store = PartitionStore(str(tmp_path / "data"))
    rows = [
        row(WEB_1, n, chat(f"Question {n}?", f"Answer {n}."), split=split)
        for n, split in enumerate(("train", "train", "test"))
    ]
    rows[1]["rejected"] = "Worse."
    put(store, WEB_1, rows)
    marked = chat("Say <|im_end|>", "No.")
    put(store, WEB_2, [row(WEB_2, 0, marked, split="train")])
    made = write_dataset(store, select_all(store), context(store, exports=NAMES))
    return find_version(store.data, made.version)


@pytest.mark.parametrize("name", NAMES)
def test_the_files_are_those_of_the_version(
    release: LoadedRelease, tmp_path: Path, name: str
) -> None:
    made = export_version(release, EXPORTERS[name], tmp_path / "out")
    folder = Path(release.folder) / EXPORTERS[name].folder
    for path in made.files:
        assert (tmp_path / "out" / path).read_bytes() == (folder / path).read_bytes()
    rows = {split: count for split, count in made.report["rows"].items() if count}
    assert rows == ({"train": 1} if "dpo" in name else {"train": 2, "test": 1})
    assert not list(tmp_path.glob(".out*"))


def test_one_split_alone(release: LoadedRelease, tmp_path: Path) -> None:
    made = export_version(release, EXPORTERS["openai"], tmp_path / "out", ["test"])
    assert made.files == ("test.jsonl",)
    assert made.report["rows"] == {"test": 1}
    assert made.report["limits"] == []


def test_what_is_refused_is_told_beside_the_rows(release: LoadedRelease, tmp_path: Path) -> None:
    made = export_version(release, EXPORTERS["text_chatml"], tmp_path / "out")
    assert made.report["refused"] == {"template_marker": 1}
    (line,) = (tmp_path / "out" / "refused.jsonl").read_bytes().splitlines()
    assert orjson.loads(line)["example"] == "web-02-0"


def test_settings_of_a_target_hold_here_too(release: LoadedRelease, tmp_path: Path) -> None:
    options = Dataset(prompt_completion=PromptCompletion(separator=" ->"))
    export_version(release, exporters(options)["prompt_completion"], tmp_path / "out", ["test"])
    (line,) = (tmp_path / "out" / "test.jsonl").read_bytes().splitlines()
    assert orjson.loads(line)["prompt"] == "Question 2? ->"


def test_a_folder_that_holds_something_is_left_alone(
    release: LoadedRelease, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "test.jsonl").write_text("mine")
    (out / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        export_version(release, EXPORTERS["openai"], out)
    assert (out / "test.jsonl").read_text() == "mine"
    export_version(release, EXPORTERS["openai"], out, force=True)
    assert (out / "test.jsonl").read_text() != "mine"
    assert (out / "notes.txt").read_text() == "mine"


def test_a_file_in_the_way_is_kept_and_force_is_not_offered(
    release: LoadedRelease, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.write_text("mine")
    for force in (False, True):
        with pytest.raises(UsageError, match="is a file, no folder: name another folder"):
            export_version(release, EXPORTERS["openai"], out, force=force)
    assert out.read_text() == "mine"


def test_nothing_to_write_is_said(release: LoadedRelease, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no preference pair that openai_dpo takes in test"):
        export_version(release, EXPORTERS["openai_dpo"], tmp_path / "out", ["test"])
    assert not (tmp_path / "out").exists()


def test_every_row_group_is_a_step(release: LoadedRelease, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    export_version(
        release, EXPORTERS["openai"], tmp_path / "out", step=lambda *done: steps.append(done)
    )
    assert steps == [(1, 2), (2, 2)]
