"""What the manifest says and what its version depends on."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import orjson
import pytest

from ftdata.release.dataset import write_dataset
from ftdata.release.manifest import stage_counts, version_of
from ftdata.release.plan import ReleaseContext
from ftdata.settings import Automation, Checks, Dataset, Settings
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_report import Report
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import APP_2, WEB_1, chat, context, put, row, select_all


@pytest.fixture
def store(tmp_path: Path) -> PartitionStore:
    made = PartitionStore(str(tmp_path))
    put(made, WEB_1, [row(WEB_1, 0, chat("q", "a"))], [("raw_logs", "bad_json")] * 2)
    put(made, APP_2, [row(APP_2, 0, chat("r", "b"))], [("cleaned", "short"), ("cleaned", "long")])
    return made


def version(store: PartitionStore, known: ReleaseContext) -> str:
    return write_dataset(store, select_all(store), known).version


def with_settings(known: ReleaseContext, settings: Settings) -> ReleaseContext:
    return dataclasses.replace(known, settings=settings)


def test_the_manifest_on_disk_is_the_one_returned(store: PartitionStore) -> None:
    release = write_dataset(store, select_all(store), context(store))
    written = (release.folder / "manifest.json").read_bytes()
    assert orjson.loads(written) == release.manifest
    assert release.version == version_of(release.manifest["content"])
    assert b"mtime" not in written


def test_what_does_not_reach_the_data_is_told_beside_the_content(store: PartitionStore) -> None:
    manifest = write_dataset(store, select_all(store), context(store)).manifest
    assert manifest["environment"]["settings_hash"] == {"cleaning": "aa", "automation": "bb"}
    told = manifest["content"]["settings"]
    assert not {"data_dir", "automation", "checks", "report"} & set(told)
    assert set(told["dataset"]) == set(Dataset.model_fields) - {"keep_versions"}


def test_inputs_are_the_raw_files_by_path(store: PartitionStore) -> None:
    release = write_dataset(store, select_all(store), context(store))
    assert release.manifest["content"]["inputs"] == [
        {"path": "raw/app/2025-03-02.jsonl", "bytes": 7, "sha256": "ab" * 32},
        {"path": "raw/web/2025-03-01.jsonl", "bytes": 7, "sha256": "ab" * 32},
    ]


def test_stages_are_counted_in_all_and_by_partition(store: PartitionStore) -> None:
    counts = stage_counts(context(store).stage_records)
    assert counts["totals"]["raw_logs"] == {
        "rows_in": 4,
        "rows_out": 2,
        "rows_dropped": 0,
        "rows_quarantined": 2,
        "reasons": {"bad_json": 2},
    }
    assert counts["partitions"]["cleaned"]["2025-03-02|app"]["reasons"] == {"short": 1, "long": 1}
    for stage, total in counts["totals"].items():
        lost = total["rows_dropped"] + total["rows_quarantined"]
        assert (
            total["rows_in"]
            == total["rows_out"] + lost
            == sum(partition["rows_in"] for partition in counts["partitions"][stage].values())
        )


def test_the_version_does_not_depend_on_where_when_and_what_is_kept_beside(
    store: PartitionStore,
) -> None:
    known = context(store)
    first = version(store, known)
    elsewhere = Settings(
        data_dir="s3://bucket",
        automation=Automation(watch_seconds=99),
        checks=Checks(min_examples=7, max_drop_share=0.1),
        report=Report(goal="style", max_age_days=7),
        dataset=Dataset(keep_versions=9),
    )
    assert version(store, with_settings(known, elsewhere)) == first
    assert version(store, dataclasses.replace(known, libraries={"pyarrow": "2"})) == first
    hashes = {"cleaning": "aa", "automation": "zz"}
    assert version(store, dataclasses.replace(known, settings_hash=hashes)) == first


def test_the_version_does_not_depend_on_the_order_of_the_records(store: PartitionStore) -> None:
    known = context(store)
    backwards = dataclasses.replace(known, stage_records=list(known.stage_records)[::-1])
    assert version(store, backwards) == version(store, known)


def test_the_version_depends_on_settings_and_data(store: PartitionStore) -> None:
    known = context(store)
    first = version(store, known)
    stricter = Settings(cleaning=Cleaning(max_chars=1_000))
    assert version(store, with_settings(known, stricter)) != first
    named = Settings(dataset=Dataset(name="Support"))
    assert version(store, with_settings(known, named)) != first
    assert version(store, dataclasses.replace(known, left_out=["something is missing"])) != first
    put(store, APP_2, [row(APP_2, 0, chat("r", "c"))], [("cleaned", "short"), ("cleaned", "long")])
    assert version(store, context(store)) != first
