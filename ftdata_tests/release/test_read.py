"""Reading versions back."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftdata.errors import StorageError
from ftdata.release.dataset import write_dataset
from ftdata.release.read import find_version, mismatches, read_examples, read_latest
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import WEB_1, chat, context, put, row, select_all


@pytest.fixture
def store(tmp_path: Path) -> PartitionStore:
    made = PartitionStore(str(tmp_path))
    put(made, WEB_1, [row(WEB_1, 0, chat("q", "a"))])
    return made


def test_before_the_first_build_there_is_none(store: PartitionStore) -> None:
    assert read_latest(store.data) is None


def test_the_latest_is_read_with_its_manifest(store: PartitionStore) -> None:
    release = write_dataset(store, select_all(store), context(store))
    latest = read_latest(store.data)
    assert latest is not None
    assert (latest.version, latest.folder) == (release.version, release.folder)
    assert latest.manifest == release.manifest


def test_a_pointer_to_nothing_is_named(store: PartitionStore) -> None:
    release = write_dataset(store, select_all(store), context(store))
    (release.folder / "manifest.json").unlink()
    with pytest.raises(StorageError, match=f"names {release.version}, which cannot be read"):
        read_latest(store.data)


@pytest.mark.parametrize("text", ["[]", "null", "{}"])
def test_a_manifest_that_is_none_is_named(store: PartitionStore, text: str) -> None:
    release = write_dataset(store, select_all(store), context(store))
    (store.data / "datasets" / release.version / "manifest.json").write_text(text)
    with pytest.raises(StorageError, match=r"manifest\.json: is no manifest"):
        find_version(store.data, "latest")


def test_columns_of_the_examples_can_be_chosen(store: PartitionStore) -> None:
    release = write_dataset(store, select_all(store), context(store))
    table = read_examples(store.data, release.version, ["id", "split"])
    assert table.to_pylist() == [{"id": "web-01-0", "split": "train"}]
    with pytest.raises(StorageError, match=r"examples\.parquet: cannot be read"):
        read_examples(store.data, "0" * 16)


def test_altered_files_are_found(store: PartitionStore) -> None:
    folder = write_dataset(store, select_all(store), context(store)).folder
    (folder / "train.jsonl").write_text("{}\n")
    (folder / "test.jsonl").unlink()
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"rows_in": 1', '"rows_in": 2'))
    assert mismatches(folder) == [
        "manifest.json: the content does not hash to its version",
        "test.jsonl: is missing",
        "train.jsonl: was altered",
    ]
