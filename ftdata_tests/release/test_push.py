"""A version in another place."""

from __future__ import annotations

from pathlib import Path

import pytest
from upath import UPath

from ftdata.errors import ReleaseError, StorageError, UsageError
from ftdata.release.dataset import write_dataset
from ftdata.release.push import push_files
from ftdata.release.read import LoadedRelease, find_version
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import WEB_1, chat, context, put, row, select_all


@pytest.fixture
def release(tmp_path: Path) -> LoadedRelease:
    return make_release(str(tmp_path / "data"))


def make_release(data: str) -> LoadedRelease:
    store = PartitionStore(data)
    rows = [row(WEB_1, n, chat(f"Question {n}?", "Answer."), split="train") for n in range(3)]
    put(store, WEB_1, rows)
    made = write_dataset(store, select_all(store), context(store))
    return find_version(store.data, made.version)


def files(folder: UPath | Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(params=["file", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "file":
        return (tmp_path / "out").as_uri()
    return f"memory://{tmp_path.name}"


def test_the_version_stands_there_whole(release: LoadedRelease, place: str) -> None:
    made = push_files(release, place)
    there = UPath(place)
    assert files(there / release.version) == files(release.folder)
    assert (there / "latest").read_text().strip() == release.version
    assert len(made.sent) == len(made.files) == len(files(release.folder))
    assert made.files[-1].path == "manifest.json"


def test_what_is_there_is_not_sent_again(release: LoadedRelease, place: str) -> None:
    push_files(release, place)
    (UPath(place) / release.version / "train.jsonl").unlink()
    assert [file.path for file in push_files(release, place).sent] == ["train.jsonl"]
    assert push_files(release, place).sent == ()


def test_nothing_that_is_there_is_removed(release: LoadedRelease, place: str) -> None:
    other = UPath(place) / release.version / "notes.txt"
    other.parent.mkdir(parents=True)
    other.write_text("mine")
    push_files(release, place)
    assert other.read_text() == "mine"


def test_a_dry_run_writes_nothing(release: LoadedRelease, place: str) -> None:
    made = push_files(release, place, dry_run=True)
    assert len(made.sent) == len(made.files)
    assert not UPath(place).exists()


def test_a_file_that_was_changed_on_a_disk_is_sent_again(
    release: LoadedRelease, tmp_path: Path
) -> None:
    place = (tmp_path / "out").as_uri()
    push_files(release, place)
    path = tmp_path / "out" / release.version / "train.jsonl"
    path.write_bytes(path.read_bytes()[::-1])
    assert [file.path for file in push_files(release, place).sent] == ["train.jsonl"]


def test_a_version_in_an_object_store_is_pushed_to_a_disk(tmp_path: Path) -> None:
    release = make_release(f"memory://{tmp_path.name}-data")
    push_files(release, (tmp_path / "out").as_uri())
    assert files(tmp_path / "out" / release.version) == files(release.folder)


def test_a_damaged_version_is_not_pushed(release: LoadedRelease, place: str) -> None:
    (release.folder / "train.jsonl").write_text("{}")
    with pytest.raises(ReleaseError, match=r"train.jsonl: was altered"):
        push_files(release, place)


@pytest.mark.parametrize("to", ["out", "/out", "nothing://x"])
def test_what_is_no_place_is_misuse(release: LoadedRelease, to: str) -> None:
    with pytest.raises(UsageError, match="--to"):
        push_files(release, to)


def test_a_place_that_cannot_be_written_is_named(release: LoadedRelease, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(StorageError, match="cannot be written"):
        push_files(release, (tmp_path / "out").as_uri())
