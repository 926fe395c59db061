"""The partitioned assets: one partition, a range, what the UI is shown, and bad selections."""

import dagster as dg
import numpy as np
import pytest

from ftdata.defs.metadata import lengths_plot, text_lengths
from ftdata.keys import PartitionKey
from ftdata.tables import CHAINS, empty
from ftdata_tests.defs.conftest import log_records, write_raw

KEY = PartitionKey.parse("2025-03-02|web")


def failure(result: dg.ExecuteInProcessResult) -> str:
    """The description of the first step that failed."""
    event = next(event for event in result.all_events if event.is_step_failure)
    assert event.step_failure_data.user_failure_data is not None
    return event.step_failure_data.user_failure_data.description


def materialization(instance, stage, key):
    records = instance.fetch_materializations(
        dg.AssetRecordsFilter(asset_key=dg.AssetKey(stage), asset_partitions=[str(key)]), limit=1
    ).records
    return records[0].asset_materialization


def test_one_partition_is_built_through_every_stage(project, run):
    assert run(key=str(KEY)).success
    for stage in CHAINS["logs"]:
        assert project.store.keys(stage) == [KEY]


def test_a_range_builds_each_partition_and_reports_it(project, instance, run):
    assert run(span=("2025-03-01|app", "2025-03-03|web")).success
    for stage in CHAINS["logs"]:
        assert len(project.store.keys(stage)) == 6
        for key in project.store.keys(stage):
            shown = materialization(instance, stage, key).metadata
            record = project.store.existing_record(stage, key)
            for name in ("rows_in", "rows_out", "rows_dropped", "rows_quarantined"):
                assert shown[name].value == getattr(record, name)


def test_a_partition_shows_drops_preview_and_plot(project, instance, run):
    rows = log_records(2, 12)
    rows[3] |= {"error": "timeout", "response": None}
    rows[0]["prompt"] = "Write to jane.doe@walkabout-gear.co about <img src=x onerror=alert(1)>"
    write_raw(project.store.data, "web", 2, rows)
    assert run(key=str(KEY)).success
    for stage in ("raw_logs", "cleaned"):
        shown = materialization(instance, stage, KEY).metadata
        preview = str([record.data for record in shown["preview"].records])
        assert "jane.doe" not in preview
        assert "[EMAIL]" in preview
        assert isinstance(shown["preview"], dg.TableMetadataValue)  # plain text in the UI
        assert shown["lengths"].md_str.startswith("![lengths](data:image/svg+xml;base64,")
    dropped = materialization(instance, "raw_logs", KEY).metadata["drops_by_reason"].records
    assert [record.data for record in dropped] == [{"reason": "error", "rows": 1}]


def test_an_empty_range_is_an_error_that_says_why(run):
    # Sources count in the order of registration: app, then web.
    result = run(span=("2025-03-01|web", "2025-03-02|app"))
    assert not result.success
    assert "swap the two sources" in failure(result)


def test_a_partition_without_raw_files_says_where_to_put_them(run):
    result = run(key="2025-03-09|web")
    assert "raw/web/2025-03-09.jsonl" in failure(result)


def test_a_bad_file_in_a_range_fails_the_run_and_the_others_are_built(project, instance, run):
    bad = project.store.data / "raw" / "web" / "2025-03-02.jsonl"
    bad.write_bytes(b"\x00\x01\x02" * 500)
    result = run(span=("2025-03-01|app", "2025-03-03|web"))
    assert not result.success
    assert "2025-03-02.jsonl" in failure(result)
    assert len(project.store.keys("raw_logs")) == 5
    assert KEY not in project.store.keys("raw_logs")
    assert materialization(instance, "raw_logs", "2025-03-03|web") is not None


def test_a_bad_file_leaves_what_was_built_before(project, run):
    assert run(key=str(KEY)).success
    before = project.store.existing_record("raw_logs", KEY)
    (project.store.data / "raw" / "web" / "2025-03-02.jsonl").write_bytes(b"\x00" * 999)
    assert not run(key=str(KEY)).success
    assert project.store.existing_record("raw_logs", KEY) == before
    assert project.store.read_table("raw_logs", KEY).num_rows == 12


def test_lengths_count_the_characters_of_every_message(project, run):
    assert run(key=str(KEY)).success
    table = project.store.read_table("raw_logs", KEY)
    expected = [
        sum(len(message["content"]) for message in messages)
        for messages in table.column("messages").to_pylist()
    ]
    assert text_lengths(table).tolist() == expected
    assert text_lengths(table.slice(3, 2)).tolist() == expected[3:5]


def test_a_plot_is_short_enough_to_be_shown_in_place():
    # The UI hides Markdown of 1,000 characters and more behind a link.
    lengths = np.random.default_rng(0).lognormal(6, 2, 100_000).astype(np.int64)
    assert len(lengths_plot(lengths).md_str) < 1_000


@pytest.mark.parametrize("stage", CHAINS["logs"])
def test_a_plot_of_nothing_says_so(stage):
    assert lengths_plot(text_lengths(empty(stage))).md_str == "no rows"
