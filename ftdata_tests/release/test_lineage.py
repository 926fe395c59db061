"""Where each training row comes from: files, lines, parents, and its line in the split's file."""

import uuid

import orjson
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ftdata.release.dataset import write_dataset
from ftdata.release.files import EXAMPLES, parquet_writer
from ftdata.release.lineage import LINEAGE, SCHEMA, write_lineage
from ftdata.storage import PartitionStore
from ftdata.tables import SPLITS
from ftdata_tests.release.given import (
    APP_2,
    HELP_1,
    WEB_1,
    WEB_2,
    chat,
    context,
    put,
    row,
    select_all,
)

FILE = "raw/web/2025-03-01"
TWO_TURNS = {
    "record_ids": ["log_1", "log_2"],
    "origins": [f"{FILE}/a:b.jsonl.gz:7", f"{FILE}/redacted-0123456789abcdef:12"],
}
VARIANT = {"variant": 1, "parent_id": "web-01-0", "provenance": "paraphrase/rules"}


def released(store):
    return write_dataset(store, select_all(store), context(store))


def lineage(release):
    return pq.read_table(release.folder / LINEAGE).to_pylist()


@pytest.fixture
def store(tmp_path):
    """A log of two records with a variant and a pair, a section's example, a synthetic one."""
    made = PartitionStore(str(tmp_path))
    first = chat("Hi", "Hello.")
    put(
        made,
        WEB_1,
        [
            row(WEB_1, 0, first, **TWO_TURNS),
            row(WEB_1, 0, chat("Hey", "Hello."), id="v-1", **{**TWO_TURNS, **VARIANT}),
            row(WEB_1, 0, first, id="p-1", rejected="No.", **{**TWO_TURNS, **VARIANT}),
            row(WEB_1, 1, chat("Bye", "See you."), split="test"),
        ],
    )
    section = {
        "id": "s1-0a",
        "conversation_id": "s1",
        "record_ids": ["s1-0a"],
        "origins": ["raw/help/2025-03-01/Set up.md:31"],
        "provenance": "generated/rules",
    }
    put(made, HELP_1, [row(HELP_1, 0, chat("How?", "So."), **section)], chain="documents")
    task = {"origins": ["raw/app/2025-03-02/task.md:1"], "provenance": "synthetic/m"}
    put(made, APP_2, [row(APP_2, 0, chat("What?", "That."), **task)], chain="synthetic")
    put(made, WEB_2, [row(WEB_2, 0, chat("Again?", "Yes."), split="test")])
    return made


def test_every_record_of_an_example_is_a_row_with_its_file_and_line(store):
    first, second = [own for own in lineage(released(store)) if own["example_id"] == "web-01-0"]
    assert first == {
        "example_id": "web-01-0", "split": "train", "file_row": 1, "parent_ids": [],
        "source": "web", "date": "2025-03-01", "conversation_id": "c-web-01-0",
        "group_id": "g-web-01-0", "made_from": "record", "record_id": "log_1",
        "file": f"{FILE}/a:b.jsonl.gz", "line": 7,
    }  # fmt: skip
    assert (second["record_id"], second["line"]) == ("log_2", 12)
    assert second["file"].endswith("/redacted-0123456789abcdef")


def test_variants_name_their_parent_and_what_that_was_made_from(store):
    of_variants = [own for own in lineage(released(store)) if own["parent_ids"]]
    assert [own["example_id"] for own in of_variants] == ["v-1", "v-1", "p-1", "p-1"]
    assert {tuple(own["parent_ids"]) for own in of_variants} == {("web-01-0",)}
    assert {own["made_from"] for own in of_variants} == {"record"}


def test_a_chain_of_variants_is_told_up_to_the_original(tmp_path):
    store = PartitionStore(str(tmp_path))
    made = {"id": "s1-0a", "provenance": "generated/rules"}
    child = {"id": "c", "variant": 1, "parent_id": "s1-0a", "provenance": "typos/rules"}
    grandchild = {"id": "g", "variant": 2, "parent_id": "c", "provenance": "typos/rules"}
    rows = [row(HELP_1, 0, chat("How?", "So."), **own) for own in (grandchild, made, child)]
    put(store, HELP_1, rows, chain="documents")
    found = {own["example_id"]: own for own in lineage(released(store))}
    assert found["g"]["parent_ids"] == ["c", "s1-0a"]
    assert found["c"]["parent_ids"] == ["s1-0a"]
    assert {own["made_from"] for own in found.values()} == {"section"}


def test_sections_and_tasks_are_told_apart_from_records(store):
    found = {own["example_id"]: own for own in lineage(released(store))}
    section, task = found["s1-0a"], found["app-02-0"]
    assert (section["made_from"], section["conversation_id"]) == ("section", "s1")
    assert (section["file"], section["line"]) == ("raw/help/2025-03-01/Set up.md", 31)
    assert (task["made_from"], task["file"]) == ("task", "raw/app/2025-03-02/task.md")


def test_a_pair_has_no_line_in_the_splits_own_file(store):
    release = released(store)
    found = {own["example_id"]: own["file_row"] for own in lineage(release)}
    assert found == {
        "s1-0a": 0, "web-01-0": 1, "v-1": 2, "p-1": None, "web-01-1": 0, "app-02-0": 3,
        "web-02-0": 1,
    }  # fmt: skip


def test_it_is_described_in_the_manifest(store):
    release = released(store)
    described = release.manifest["content"]["outputs"][LINEAGE]
    assert described["rows"] == len(lineage(release)) == 10
    assert described["bytes"] == (release.folder / LINEAGE).stat().st_size


def test_what_a_split_file_does_not_take_has_no_line_there(store):
    release = released(store)
    folder = release.folder
    assert write_lineage(folder, ["s1-0a"]) == 10
    found = {own["example_id"]: own["file_row"] for own in lineage(release)}
    assert (found["s1-0a"], found["web-01-0"], found["v-1"]) == (None, 0, 1)


def test_a_version_without_examples_has_an_empty_lineage(tmp_path, store):
    schema = pq.read_schema(released(store).folder / EXAMPLES)
    parquet_writer(tmp_path / EXAMPLES, schema).close()
    assert write_lineage(tmp_path) == 0
    assert pq.read_schema(tmp_path / LINEAGE).names == SCHEMA.names


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.sampled_from(SPLITS), st.booleans(), st.sampled_from((WEB_1, WEB_2))),
        min_size=1,
        max_size=30,
    )
)
def test_the_line_named_holds_the_example(tmp_path, drawn):
    store = PartitionStore(str(tmp_path / uuid.uuid4().hex))
    drawn = [("train", False, WEB_1), *drawn]
    for key in {key: None for _, _, key in drawn}:
        rows = [
            row(
                key,
                place,
                chat(f"asks {key} {place}", "Yes."),
                split=split,
                rejected="No." if is_pair else None,
            )
            for place, (split, is_pair, own) in enumerate(drawn)
            if own == key
        ]
        put(store, key, rows)
    release = released(store)
    written = {
        split: [*map(orjson.loads, (release.folder / f"{split}.jsonl").read_bytes().splitlines())]
        for split in SPLITS
    }
    seen = dict.fromkeys(SPLITS, 0)
    for own in lineage(release):
        if own["file_row"] is not None:
            said = written[own["split"]][own["file_row"]]["messages"][0]["content"]
            key = WEB_1 if own["date"] == WEB_1.date else WEB_2
            assert said == f"asks {key} {own['line'] - 1}"
            seen[own["split"]] += 1
    assert seen == {split: len(lines) for split, lines in written.items()}
