"""Versions after an erasure: gone, or no more than what a pin needs."""

import pyarrow as pa
import pytest
from upath import UPath

from ftdata.errors import ReleaseError
from ftdata.keys import PartitionKey
from ftdata.release.dataset import write_dataset
from ftdata.release.read import (
    find_version,
    find_whole_version,
    mismatches,
    read_latest,
    read_pinned,
)
from ftdata.release.reduced import held_partitions, reduce_version
from ftdata.release.versions import list_versions, remove_version
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import chat, context, put, row, select_all

WEB = PartitionKey.parse("2025-03-01|web")


@pytest.fixture(params=["local", "memory"])
def store(request, tmp_path):
    place = str(tmp_path) if request.param == "local" else f"memory://reduced{tmp_path.name}/data"
    store = PartitionStore(place)
    splits = {"a": "train", "b": "train", "c": "test"}
    rows = [
        row(WEB, place, chat(f"What is {name}?", f"It is {name}."), id=name, split=splits[name])
        for place, name in enumerate(splits)
    ]
    put(store, WEB, rows, lost=[("raw_logs", "bad_json")])
    return store


def write(store):
    return write_dataset(store, select_all(store), context(store)).version


def files(data: UPath, version: str):
    folder = data / "datasets" / version
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_reduced_version_says_which_side_its_examples_are_on_and_nothing_else(store):
    version = write(store)
    assert held_partitions(store.data, version) == {str(WEB): ""}
    assert reduce_version(store.data, version, pa.array(["a", "unknown"])) == 1
    assert files(store.data, version) == ["examples.parquet", "manifest.json"]
    assert read_pinned(store.data, version) == {"b": "train", "c": "test"}
    assert mismatches(store.data / "datasets" / version) == [
        "an erasure left the splits of its examples alone: it is there to be pinned"
    ]
    manifest = (store.data / "datasets" / version / "manifest.json").read_text()
    assert "raw/web" not in manifest


def test_a_reduced_version_is_none_to_compare_export_or_explain(store):
    version = write(store)
    assert find_whole_version(store.data, version[:5]).version == version
    reduce_version(store.data, version, pa.array(["a"]))
    assert find_version(store.data, "latest").version == version
    with pytest.raises(ReleaseError, match=f"{version}: an erasure left .*: name another version"):
        find_whole_version(store.data, version)


def test_it_can_be_reduced_again(store):
    version = write(store)
    reduce_version(store.data, version, pa.array(["a"]))
    assert reduce_version(store.data, version, pa.array(["a", "b"])) == 1
    assert read_pinned(store.data, version) == {"c": "test"}
    assert read_latest(store.data).manifest["reduced"] == 2


def test_the_same_version_made_again_is_whole_again(store):
    version = write(store)
    reduce_version(store.data, version, pa.array(["a"]))
    assert write(store) == version
    assert mismatches(store.data / "datasets" / version) == []


def test_a_version_that_is_removed_is_the_newest_no_more(store):
    version = write(store)
    remove_version(store.data, version)
    assert list_versions(store.data) == []
    assert read_latest(store.data) is None
