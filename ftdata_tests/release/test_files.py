"""The data files: batches and samples of drops."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow.parquet as pq

from ftdata import tables
from ftdata.release.exports import chosen_exporters
from ftdata.release.files import place_drops, write_drops
from ftdata.settings import Dataset
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import APP_2, WEB_1, context, put


def test_three_drops_are_sampled_for_each_reason(tmp_path: Path) -> None:
    store = PartitionStore(str(tmp_path))
    put(store, WEB_1, [], [("cleaned", "short")] * 2 + [("cleaned", "long")])
    put(store, APP_2, [], [("cleaned", "short")] * 2)
    known = context(store)
    drops = place_drops(known.drops, {})
    count, samples = write_drops(tmp_path / "drops", store, known.stage_records, drops)
    assert count == 5
    taken = [(sample["reason"], sample["date"]) for sample in samples]
    assert taken == [
        ("short", "2025-03-01"),
        ("short", "2025-03-01"),
        ("long", "2025-03-01"),
        ("short", "2025-03-02"),
    ]


def test_no_drops_at_all_make_an_empty_table(tmp_path: Path) -> None:
    store = PartitionStore(str(tmp_path))
    none = place_drops(tables.drops_table([]), {})
    assert write_drops(tmp_path / "drops", store, [], none) == (0, [])
    written = pq.read_table(io.BytesIO((tmp_path / "drops").read_bytes()))
    assert written.column_names == [*tables.DROPS.names, "source", "date"]


def test_the_drops_of_the_dataset_get_the_place_of_their_row() -> None:
    drops = tables.drops_table(
        [
            {"record_id": name, "stage": "dataset", "reason": "r"}
            for name in ("known", "other", "known")
        ]
    )
    placed = place_drops(drops, {"known": [WEB_1, APP_2]}).select(["source", "date"]).to_pylist()
    assert placed == [
        {"source": "web", "date": "2025-03-01"},
        {"source": None, "date": None},
        {"source": "app", "date": "2025-03-02"},
    ]


def test_the_top_level_is_always_written() -> None:
    assert [
        exporter.name for exporter in chosen_exporters(Dataset(exports=("prompt_completion",)))
    ] == [
        "openai",
        "prompt_completion",
    ]
