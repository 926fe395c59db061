"""Two versions against each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from upath import UPath

from ftdata.errors import UsageError
from ftdata.keys import PartitionKey
from ftdata.release.dataset import write_dataset
from ftdata.release.diff import Examples, compare_examples, compare_versions
from ftdata.release.read import (
    altered_inputs,
    describe_versions,
    find_version,
    mismatches,
)
from ftdata.release.versions import list_versions, prune_versions
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import WEB_1, chat, context, message, put, row, select_all


def example(place: int, *texts: str, split: str = "train", **values: Any) -> dict[str, Any]:
    return row(WEB_1, place, chat(*(texts or (f"q{place}", f"a{place}"))), split=split, **values)


def built(store: PartitionStore, *rows: dict[str, Any], key: PartitionKey = WEB_1) -> str:
    put(store, key, list(rows))
    return write_dataset(store, select_all(store), context(store)).version


@pytest.fixture
def store(tmp_path: Path) -> PartitionStore:
    return PartitionStore(str(tmp_path))


def compared(store: PartitionStore, *rows: dict[str, Any]) -> Examples:
    """What differs from a version with the examples 0, 1 and 2."""
    before = built(store, example(0), example(1), example(2, split="test"))
    after = built(store, *rows)
    found = compare_versions(find_version(store.data, before), find_version(store.data, after))
    return found.examples


def test_what_came_and_went(store: PartitionStore) -> None:
    found = compared(store, example(1), example(2, split="test"), example(3))
    assert found == Examples(["web-01-3"], ["web-01-0"], [], [], [])


def test_what_changed_sides(store: PartitionStore) -> None:
    found = compared(store, example(0, split="validation"), example(1), example(2, split="test"))
    assert found.moved == [("web-01-0", "train", "validation")]
    assert found == Examples([], [], [], [], found.moved)


CALL = '[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]'


@pytest.mark.parametrize(
    "changed",
    [
        example(0, "q0", "another"),
        example(0, "q0", "a0", "q0", "a0"),
        {**example(0), "messages": [message("user", "q0"), message("assistant", "a0", name="n")]},
        {**example(0), "messages": [message("user", "a0"), message("assistant", "q0")]},
        {**example(0), "messages": [message("assistant", "a0"), message("user", "q0")]},
        {**example(0), "tools": CALL},
    ],
    ids=["reply", "turns", "name", "exchanged", "order", "tools"],
)
def test_another_text_under_the_same_id(store: PartitionStore, changed: dict[str, Any]) -> None:
    found = compared(store, changed, example(1), example(2, split="test"))
    assert found == Examples([], [], ["web-01-0"], [], [])


def test_other_tags_alone(store: PartitionStore) -> None:
    tagged = example(1, tags=[("category", "travel")])
    found = compared(store, example(0), tagged, example(2, split="test"))
    assert found == Examples([], [], [], ["web-01-1"], [])


def test_what_they_were_made_of(store: PartitionStore) -> None:
    put(store, WEB_1, [example(0), example(1)], lost=[("cleaned", "too_short")])
    one = write_dataset(store, select_all(store), context(store)).version
    put(store, WEB_1, [example(0)], lost=[("cleaned", "refusal")])
    two = write_dataset(store, select_all(store), context(store, name="another")).version
    found = compare_versions(find_version(store.data, one), find_version(store.data, two))
    assert ("train examples", 2, 1) in found.counts
    assert found.reasons == [("cleaned refusal", 0, 1), ("cleaned too_short", 1, 0)]
    assert found.settings == [("dataset.name", "ftdata", "another")]
    assert found.libraries == []


ROWS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["train", "test"]), st.integers(0, 2)),
    unique_by=lambda drawn: drawn[0],
)


def hashed(rows: list[tuple[int, str, int]]) -> pa.Table:
    texts = np.array([text for *_, text in rows], dtype=np.uint64)
    columns = {
        "id": pa.array([str(name) for name, *_ in rows], pa.string()),
        "split": pa.array([split for _, split, _ in rows], pa.string()),
        "text": texts,
        "tags": np.zeros_like(texts),
    }
    return pa.table(columns)


@given(ROWS, ROWS)
def test_every_example_is_told_as_sets_tell_it(
    before: list[tuple[int, str, int]], after: list[tuple[int, str, int]]
) -> None:
    found = compare_examples(hashed(before), hashed(after))
    old, new = ({str(name): rest for name, *rest in rows} for rows in (before, after))
    both = sorted(old.keys() & new.keys())
    assert found.added == sorted(new.keys() - old.keys())
    assert found.removed == sorted(old.keys() - new.keys())
    assert found.changed == [name for name in both if old[name][1] != new[name][1]]
    assert found.moved == [
        (name, old[name][0], new[name][0]) for name in both if old[name][0] != new[name][0]
    ]


def test_a_version_is_found_by_what_people_call_it(store: PartitionStore) -> None:
    one = built(store, example(0))
    with pytest.raises(UsageError, match=f"previous: {one} is the only version"):
        find_version(store.data, "previous")
    two = built(store, example(1))
    assert find_version(store.data, "latest").version == two
    assert find_version(store.data, "previous").version == one
    assert find_version(store.data, one[:7]).version == one
    with pytest.raises(UsageError, match=r"nothing: no dataset version is that; there are"):
        find_version(store.data, "nothing")


def test_where_nothing_is_built_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="build one first"):
        find_version(UPath(tmp_path), "latest")
    assert describe_versions(UPath(tmp_path), None) == []


def test_versions_are_described_and_pruned(store: PartitionStore) -> None:
    names = [built(store, example(place)) for place in range(4)]
    described = describe_versions(store.data, names[0])
    assert [one.version for one in described] == names[::-1]
    assert [one.role for one in described] == ["latest", "", "", "pinned"]
    assert described[0].examples == {"train": 1, "validation": 0, "test": 0}
    assert described[0].bytes > 1000
    assert prune_versions(store.data, 2, names[0], dry_run=True) == [names[1]]
    assert len(list_versions(store.data)) == 4
    assert prune_versions(store.data, 2, names[0]) == [names[1]]
    assert list_versions(store.data) == [names[3], names[2], names[0]]


def test_altered_files_are_found(store: PartitionStore) -> None:
    release = find_version(store.data, built(store, example(0)))
    assert mismatches(release.folder) == []
    (release.folder / "train.jsonl").write_bytes(b"")
    assert mismatches(release.folder) == ["train.jsonl: was altered"]


def test_altered_raw_files_are_found(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a").write_bytes(b"abc")
    sha = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    inputs = [{"path": f"raw/{name}", "sha256": sha} for name in "ab"]
    manifest = {"content": {"inputs": inputs}}
    assert altered_inputs(UPath(tmp_path), manifest) == [
        "raw/b: is missing, or its name is private"
    ]
    (tmp_path / "raw" / "a").write_bytes(b"abd")
    assert altered_inputs(UPath(tmp_path), manifest)[0] == "raw/a: was altered"
