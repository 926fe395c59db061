"""What was erased, in the manifest and on the card: numbers alone."""

from dataclasses import replace

import pytest

from ftdata.keys import PartitionKey
from ftdata.release.dataset import write_dataset
from ftdata.release.erased import erased_note
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import chat, context, put, row, select_all

WEB = PartitionKey.parse("2025-03-01|web")
APP = PartitionKey.parse("2025-03-02|web")


@pytest.fixture
def store(tmp_path):
    store = PartitionStore(str(tmp_path))
    for key in (WEB, APP):
        put(store, key, [row(key, 0, chat(f"What is {key}?", "It is that."))])
    return store


def written(store, *erasures):
    """The dataset, the first stages of whose partitions matched these tombstones."""
    release = context(store)
    found = dict(zip((WEB, APP), erasures, strict=False))
    records = [
        replace(record, facts={"erasures": found[record.key]})
        if record.stage == "raw_logs" and record.key in found
        else record
        for record in release.stage_records
    ]
    made = write_dataset(store, select_all(store), replace(release, stage_records=records))
    return made.manifest["content"]["erasures"], (made.folder / "README.md").read_text()


def test_a_tombstone_counts_once_and_a_record_each_time(store):
    counts, card = written(store, {"user-1": 3, "record-7": 1}, {"user-1": 2})
    assert counts == {
        "user": {"tombstones": 1, "records": 5},
        "record": {"tombstones": 1, "records": 1},
    }
    assert "6 records were left out because somebody asked for it" in card
    assert "1 user, 1 record" in card


def test_without_erasures_the_card_says_nothing_of_them(store):
    counts, card = written(store)
    assert counts == {}
    assert "somebody asked for it" not in card


def test_one_is_told_in_the_singular():
    note = erased_note({"conversation": {"tombstones": 2, "records": 1}})
    assert "1 record was left out" in note
    assert "2 conversations" in note
