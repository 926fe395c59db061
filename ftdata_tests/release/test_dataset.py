"""Writing a whole version."""

from __future__ import annotations

import io
import uuid
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from upath import UPath

from ftdata.errors import ReleaseError, StorageError
from ftdata.release.dataset import write_dataset
from ftdata.release.plan import Selection
from ftdata.release.read import mismatches, read_examples, read_latest
from ftdata.storage import PartitionStore
from ftdata.tables import SPLITS
from ftdata_tests.release.given import (
    APP_2,
    AWKWARD,
    WEB_1,
    WEB_2,
    chat,
    context,
    message,
    put,
    row,
    select,
    select_all,
)

CALL = (
    '[{"id": "c1", "type": "function", "function": {"name": "at", "arguments": {"city": "Rome"}}}]'
)


@pytest.fixture
def store(tmp_path: Path) -> PartitionStore:
    """Three partitions: eight examples, some drops before them."""
    made = PartitionStore(str(tmp_path))
    tool_use = [
        message("user", "Rome?"),
        message("assistant", None, weight=0, tool_calls=CALL),
        message("tool", "18 C", tool_call_id="c1"),
        message("assistant", "18 degrees."),
    ]
    put(
        made,
        WEB_1,
        [
            row(WEB_1, 0, chat("Hi", "Hello.", system="Be brief.")),
            row(WEB_1, 1, chat("Bye", "See you.", "Soon?", "Yes."), split="validation"),
            row(WEB_1, 2, chat("Hi!", "Hello!")),
        ],
        lost=[("raw_logs", "bad_json"), ("cleaned", "exact_duplicate")],
    )
    put(
        made,
        APP_2,
        [row(APP_2, 0, tool_use, tools='[{"type":"function","function":{"name":"at"}}]')],
    )
    put(made, WEB_2, [row(WEB_2, i, chat(f"q{i}", f"a{i}"), split="test") for i in range(4)])
    return made


def lines(folder: UPath, name: str) -> list[Any]:
    return [orjson.loads(line) for line in (folder / name).read_bytes().split(b"\n")[:-1]]


def everything(folder: UPath) -> dict[str, bytes]:
    files = [path for path in Path(str(folder)).rglob("*") if path.is_file()]
    return {str(path.relative_to(str(folder))): path.read_bytes() for path in files}


def test_a_small_dataset_is_written_as_expected(store: PartitionStore) -> None:
    selections = [select(store, WEB_1, drop=[2]), select(store, APP_2), select(store, WEB_2)]
    release = write_dataset(store, selections, context(store, dropped=["web-01-2"]))
    assert (release.folder / "train.jsonl").read_bytes() == (
        b'{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},'
        b'{"role":"assistant","content":"Hello."}]}\n'
        b'{"messages":[{"role":"user","content":"Rome?"},'
        b'{"role":"assistant","tool_calls":[{"id":"c1","type":"function",'
        b'"function":{"name":"at","arguments":"{\\"city\\":\\"Rome\\"}"}}],"weight":0},'
        b'{"role":"tool","content":"18 C","tool_call_id":"c1"},'
        b'{"role":"assistant","content":"18 degrees.","weight":1}],'
        b'"tools":[{"type":"function","function":{"name":"at"}}]}\n'
    )
    assert lines(release.folder, "exports/prompt_completion/validation.jsonl") == [
        {"prompt": "Bye", "completion": "See you."},
        {
            "prompt": "User: Bye\n\nAssistant: See you.\n\nUser: Soon?\n\nAssistant:",
            "completion": "Yes.",
        },
    ]
    assert sorted(everything(release.folder)) == [
        "README.md",
        "drops.parquet",
        "examples.parquet",
        "exports/openai/job.json",
        "exports/openai/job.md",
        "exports/prompt_completion/test.jsonl",
        "exports/prompt_completion/train.jsonl",
        "exports/prompt_completion/validation.jsonl",
        "funnel.svg",
        "lineage.parquet",
        "manifest.json",
        "report.md",
        "test.jsonl",
        "train.jsonl",
        "validation.jsonl",
    ]
    assert mismatches(release.folder) == []


def test_examples_keep_the_canonical_order_and_the_settled_columns(store: PartitionStore) -> None:
    selections = select_all(store)
    moved = Selection(
        key=WEB_1,
        keep=np.array([True, True, True]),
        split=np.array(["test", "train", "train"]),
        group_id=["g", "h", "h"],
    )
    release = write_dataset(store, [moved, *selections[1:]], context(store))
    examples = read_examples(store.data, release.version)
    assert examples.column("id").to_pylist() == [
        "web-01-0", "web-01-1", "web-01-2", "app-02-0",
        "web-02-0", "web-02-1", "web-02-2", "web-02-3",
    ]  # fmt: skip
    assert examples.column("split").to_pylist()[:4] == ["test", "train", "train", "train"]
    assert examples.column("group_id").to_pylist()[:3] == ["g", "h", "h"]
    assert examples.column("origins").to_pylist()[1] == ["raw/web/2025-03-01.jsonl:2"]
    assert release.manifest["content"]["dataset"]["splits"]["train"] == {
        "examples": 3,
        "tokens": 30,
        "trained_tokens": 12,
        "groups": 2,
        "pairs": 0,
    }


def test_a_row_group_holds_one_partition(store: PartitionStore) -> None:
    release = write_dataset(store, select_all(store), context(store))
    data = io.BytesIO((release.folder / "examples.parquet").read_bytes())
    parquet = pq.ParquetFile(data)
    sizes = [parquet.metadata.row_group(i).num_rows for i in range(parquet.num_row_groups)]
    assert sizes == [3, 1, 4]


def test_every_drop_of_every_stage_is_written(store: PartitionStore) -> None:
    selections = [select(store, WEB_1, drop=[2]), select(store, APP_2), select(store, WEB_2)]
    release = write_dataset(store, selections, context(store, dropped=["web-01-2"]))
    drops = pq.read_table(io.BytesIO((release.folder / "drops.parquet").read_bytes()))
    assert drops.select(["record_id", "stage", "reason", "source", "date", "line"]).to_pylist() == [
        {
            "record_id": "raw_logs-lost-0", "stage": "raw_logs", "reason": "bad_json",
            "source": "web", "date": "2025-03-01", "line": 1,
        },
        {
            "record_id": "cleaned-lost-1", "stage": "cleaned", "reason": "exact_duplicate",
            "source": "web", "date": "2025-03-01", "line": 2,
        },
        {
            "record_id": "web-01-2", "stage": "dataset", "reason": "near_duplicate",
            "source": "web", "date": "2025-03-01", "line": None,
        },
    ]  # fmt: skip


def test_the_same_input_gives_the_same_bytes(store: PartitionStore, tmp_path: Path) -> None:
    first = write_dataset(store, select_all(store), context(store))
    before = everything(first.folder)
    other = tmp_path / "elsewhere"
    other.mkdir()
    (tmp_path / "built").rename(other / "built")
    again = PartitionStore(str(other))
    second = write_dataset(again, select_all(again), context(again))
    assert second.version == first.version
    assert everything(second.folder) == before


def test_the_same_content_is_kept_and_not_written_twice(store: PartitionStore) -> None:
    first = write_dataset(store, select_all(store), context(store))
    stamps = {path: path.stat().st_mtime_ns for path in Path(str(first.folder)).iterdir()}
    second = write_dataset(store, select_all(store), context(store))
    assert first.version == second.version
    assert {path: path.stat().st_mtime_ns for path in Path(str(second.folder)).iterdir()} == stamps


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_text_survives(store: PartitionStore, name: str) -> None:
    text = AWKWARD[name]
    put(store, WEB_2, [row(WEB_2, 0, chat(f"q {text}", f"a {text}", system=text))])
    release = write_dataset(store, [select(store, WEB_2)], context(store))
    written = (release.folder / "train.jsonl").read_bytes()
    assert len(written.decode().splitlines()) == 1
    assert [m["content"] for m in orjson.loads(written)["messages"]] == [
        text,
        f"q {text}",
        f"a {text}",
    ]
    pair = lines(release.folder, "exports/prompt_completion/train.jsonl")
    assert pair == [{"prompt": f"{text}\n\nq {text}", "completion": f"a {text}"}]
    examples = read_examples(store.data, release.version, ["messages"]).to_pylist()
    assert examples[0]["messages"][1]["content"] == f"q {text}"


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(SPLITS)), min_size=1, max_size=30))
def test_every_kept_row_is_in_exactly_its_splits_file(
    tmp_path: Path, fates: list[tuple[bool, str]]
) -> None:
    store = PartitionStore(str(tmp_path / uuid.uuid4().hex))
    put(store, WEB_1, [row(WEB_1, i, chat(f"q{i}", f"a{i}")) for i in range(len(fates) + 1)])
    selection = Selection(
        key=WEB_1,
        keep=np.array([True, *(keep for keep, _ in fates)]),
        split=["train", *(split for _, split in fates)],
        group_id=["g"] * (len(fates) + 1),
    )
    dropped = [f"web-01-{i}" for i, (keep, _) in enumerate(fates, start=1) if not keep]
    release = write_dataset(store, [selection], context(store, dropped=dropped))
    examples = read_examples(store.data, release.version).to_pylist()
    for split in SPLITS:
        wanted = [e["messages"][0]["content"] for e in examples if e["split"] == split]
        written = lines(release.folder, f"{split}.jsonl")
        assert [line["messages"][0]["content"] for line in written] == wanted
    counts = release.manifest["content"]["dataset"]
    assert counts["rows_in"] == counts["rows_out"] + counts["rows_dropped"] == len(fates) + 1
    assert counts["rows_out"] == len(examples)


def test_an_empty_split_has_an_empty_file(store: PartitionStore) -> None:
    selections = [select(store, key, split="train") for key in (WEB_1, APP_2, WEB_2)]
    release = write_dataset(store, selections, context(store))
    assert (release.folder / "test.jsonl").read_bytes() == b""


def test_only_chosen_exports_are_written(store: PartitionStore) -> None:
    release = write_dataset(store, select_all(store), context(store, exports=("openai",)))
    assert not list((release.folder / "exports").rglob("*.jsonl"))
    assert (release.folder / "train.jsonl").exists()


def test_progress_is_told_partition_by_partition(store: PartitionStore) -> None:
    told: list[tuple[int, int]] = []
    write_dataset(store, select_all(store), context(store), lambda *step: told.append(step))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_interrupted_build_leaves_the_old_version(store: PartitionStore) -> None:
    first = write_dataset(store, select_all(store), context(store))
    before = everything(store.data / "datasets")

    def interrupt(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    selections = [select(store, key, split="train") for key in (WEB_1, APP_2, WEB_2)]
    with pytest.raises(KeyboardInterrupt):
        write_dataset(store, selections, context(store), interrupt)
    assert everything(store.data / "datasets") == before
    latest = read_latest(store.data)
    assert latest is not None
    assert latest.version == first.version


def test_a_version_that_the_gate_refuses_is_not_published(store: PartitionStore) -> None:
    seen: list[set[str]] = []

    def refuse(folder: Path) -> bool:
        seen.append({path.name for path in folder.iterdir()})
        return False

    first = write_dataset(store, select_all(store), context(store), gate=lambda _: True)
    before = everything(store.data / "datasets")
    put(store, WEB_1, store.read_table("validated_splits", WEB_1).to_pylist()[:1])
    second = write_dataset(store, select_all(store), context(store), gate=refuse)
    assert (first.is_published, second.is_published) == (True, False)
    assert second.version != first.version
    assert {"train.jsonl", "examples.parquet", "manifest.json"} <= seen[0]
    assert everything(store.data / "datasets") == before


def test_an_object_store_works(store: PartitionStore) -> None:
    remote = PartitionStore(f"memory://{uuid.uuid4().hex}")
    for key in (WEB_1, APP_2, WEB_2):
        put(remote, key, store.read_table("validated_splits", key).to_pylist())
        put(store, key, store.read_table("validated_splits", key).to_pylist())
    local = write_dataset(store, select_all(store), context(store))
    far = write_dataset(remote, select_all(remote), context(remote))
    again = write_dataset(remote, select_all(remote), context(remote))
    assert far.version == again.version == local.version
    assert mismatches(far.folder) == []
    assert read_examples(remote.data, far.version).num_rows == 8
    latest = read_latest(remote.data)
    assert latest is not None
    assert latest.manifest == far.manifest


def test_nothing_left_names_the_stage_that_dropped_most(tmp_path: Path) -> None:
    store = PartitionStore(str(tmp_path))
    lost = [("cleaned", "pattern")] * 3 + [("formatted", "too_long")] * 2 + [("cleaned", "short")]
    put(store, WEB_1, [], lost)
    with pytest.raises(ReleaseError, match=r"cleaned dropped most, 4 of 4 rows, 3 of them as pat"):
        write_dataset(store, select_all(store), context(store))
    assert not (tmp_path / "datasets").exists()


def test_nothing_read_says_where_to_put_files(tmp_path: Path) -> None:
    store = PartitionStore(str(tmp_path))
    with pytest.raises(ReleaseError, match="put records or documents below raw/"):
        write_dataset(store, [], context(store))


def test_a_partition_built_in_the_meantime_is_refused(store: PartitionStore) -> None:
    selections, known = select_all(store), context(store)
    put(store, WEB_2, [row(WEB_2, i, chat(f"new{i}", f"a{i}")) for i in range(4)])
    with pytest.raises(ReleaseError, match=r"2025-03-02\|web was built again"):
        write_dataset(store, selections, known)
    assert read_latest(store.data) is None


def test_drops_changed_in_the_meantime_are_refused(store: PartitionStore) -> None:
    selections, known = select_all(store), context(store)
    rows = store.read_table("validated_splits", WEB_1).to_pylist()
    put(store, WEB_1, rows, lost=[("raw_logs", "bad_json")] * 2)
    with pytest.raises(ReleaseError, match=r"raw_logs of 2025-03-01\|web was built again"):
        write_dataset(store, selections, known)


def test_an_unwritable_data_folder_is_named(store: PartitionStore, tmp_path: Path) -> None:
    (tmp_path / "datasets").write_text("a file where the folder should be")
    with pytest.raises(StorageError, match="datasets: the dataset cannot be written"):
        write_dataset(store, select_all(store), context(store))


def test_contradictions_are_refused(store: PartitionStore) -> None:
    web, app, last = select_all(store)
    with pytest.raises(ValueError, match="canonical order"):
        write_dataset(store, [app, web, last], context(store))
    with pytest.raises(ValueError, match="drop 1 examples, the drops table has 0"):
        write_dataset(store, [select(store, WEB_1, drop=[0])], context(store))
    with pytest.raises(ValueError, match=r"'dev' in the selection of 2025-03-01\|web is no split"):
        write_dataset(store, [select(store, WEB_1, split="dev")], context(store))
    short = Selection(key=WEB_1, keep=web.keep[:2], split=["train"] * 2, group_id=["g"] * 2)
    with pytest.raises(ValueError, match="has 2 rows, its table 3"):
        write_dataset(store, [short], context(store))
