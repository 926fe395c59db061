"""One partition: what is taken, dropped and quarantined, and that all of it adds up."""

import datetime as dt
import gzip
import hashlib
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.errors import IngestError, PartitionError
from ftdata.ingest.inventory import RawFile
from ftdata.ingest.raw_logs import read_partition
from ftdata.keys import PartitionKey
from ftdata.settings import Extraction, Source
from ftdata.tables import DROPS, conform, schema
from ftdata_tests.ingest.raw_data import (
    KEY,
    chat,
    contents,
    drop_reasons,
    jsonl,
    memory_folder,
    put,
    read,
    read_records_of,
    turn,
)

TOOL_CALL = [{"id": "c1", "function": {"name": "find", "arguments": "{}"}}]


def instant(text):
    return dt.datetime.fromisoformat(text)


def kept_ids(result):
    return [name for row in result.table.to_pylist() for name in row["record_ids"]]


def test_the_tables_have_their_schemas():
    result = read_records_of(turn("a"), turn("b", response=None))
    assert result.table.schema == schema("raw_logs")
    assert conform("raw_logs", result.table) == result.table
    assert result.drops.schema == DROPS


@pytest.mark.parametrize(
    ("record", "options", "reason"),
    [
        (turn("a", error="timeout"), {}, "error"),
        (turn("a", response=None), {}, "empty_response"),
        (turn("a", response=""), {}, "empty_response"),
        (turn("a", response=" \n\t\u00a0"), {}, "empty_response"),
        (chat("a", "only a question"), {}, "empty_response"),
        ({"id": "a", "messages": []}, {}, "empty_response"),
        (chat("a", "question", ""), {}, "empty_response"),
        (turn("a", user_rating=2), {"min_rating": 3}, "low_rating"),
        (turn("a"), {"keep_unrated": False}, "unrated"),
        (turn("a", "x" * 11), {"max_prompt_chars": 10}, "prompt_too_long"),
        (turn("a", "x", "x" * 11), {"max_response_chars": 10}, "response_too_long"),
        (chat("a", "x" * 6, "y", "x" * 5, "y"), {"max_prompt_chars": 10}, "prompt_too_long"),
    ],
)
def test_a_record_that_is_not_taken_is_dropped_with_its_reason(record, options, reason):
    result = read_records_of(record, **options)
    [drop] = result.drops.to_pylist()
    assert (drop["reason"], drop["stage"], drop["record_id"]) == (reason, "raw_logs", "a")
    assert (drop["file"], drop["line"]) == ("raw/web/2025-03-01.jsonl", 1)
    assert not drop["quarantined"]
    assert (result.rows_in, result.rows_out, result.table.num_rows) == (1, 0, 0)


@pytest.mark.parametrize(
    ("record", "options"),
    [
        (turn("a"), {}),
        (turn("a", ""), {}),
        (turn("a", error=False), {}),
        (turn("a", user_rating=3), {"min_rating": 3}),
        (turn("a"), {"min_rating": 3}),
        (turn("a", user_rating=1), {"keep_unrated": False}),
        (turn("a", "x" * 10, "x" * 10), {"max_prompt_chars": 10, "max_response_chars": 10}),
        (chat("a", "question", "an answer", "and one left open"), {}),
        ({"id": "a", "messages": [{"role": "user", "content": "find"},
                                  {"role": "assistant", "tool_calls": TOOL_CALL}]}, {}),
    ],
)  # fmt: skip
def test_a_record_that_is_taken(record, options):
    result = read_records_of(record, **options)
    assert kept_ids(result) == ["a"]
    assert result.drops.num_rows == 0


@pytest.mark.parametrize(
    ("timestamp", "reason"),
    [
        ("2025-03-01T11:59:59.999999Z", "before_window"),
        ("2025-03-01T12:00:00Z", None),
        ("2025-03-01T17:30:00+05:30", None),
        ("2025-03-01T08:00:00-05:00", None),
        ("2025-03-01T13:00:00", None),
        ("2025-03-01T18:30:00.000001+05:30", "after_window"),
        (None, "before_window"),
    ],
)
def test_the_window_is_of_instants_and_holds_both_ends(timestamp, reason):
    result = read_records_of(
        turn("a", timestamp=timestamp),
        start=instant("2025-03-01T13:00:00+01:00"),
        end=instant("2025-03-01T13:00:00Z"),
    )
    assert [r for _, r, _ in drop_reasons(result)] == ([reason] if reason else [])


def test_a_record_without_a_time_counts_as_of_its_partitions_midnight():
    midnight = instant("2025-03-01T00:00:00Z")
    result = read_records_of(turn("a"), start=midnight, end=midnight)
    assert kept_ids(result) == ["a"]
    assert result.table.to_pylist()[0]["started_at"] is None


def test_the_first_reason_is_the_one_that_is_given():
    everything = {"error": "x", "response": "", "user_rating": 1, "prompt": "x" * 20}
    record = {"id": "a", "timestamp": "2025-02-01", **everything}
    options = {"start": instant("2025-03-01T00:00:00Z"), "min_rating": 3, "max_prompt_chars": 10}
    mended = [{}, {"error": None}, {"response": "y"}, {"timestamp": None}, {"user_rating": 5}]
    seen = []
    for mend in mended:
        record |= mend
        seen += [reason for _, reason, _ in drop_reasons(read_records_of(record, **options))]
    assert seen == ["error", "empty_response", "before_window", "low_rating", "prompt_too_long"]


def test_the_first_record_taken_keeps_its_id():
    result = read_records_of(
        turn("a", error="timeout"), turn("a", "first"), turn("a", "second"),
        turn("a", error="timeout"), turn("a", "first"),
    )  # fmt: skip
    [row] = result.table.to_pylist()
    assert contents(row)[0] == "first"
    assert drop_reasons(result) == [
        (1, "error", False), (3, "duplicate_id", False), (4, "error", False),
        (5, "duplicate_id", False),
    ]  # fmt: skip
    assert result.drops.to_pylist()[1]["detail"] == "first at raw/web/2025-03-01.jsonl:2"


def test_a_repeated_line_without_an_id_is_a_repeated_record():
    bare = {"prompt": "Where?", "response": "Here."}
    result = read_records_of(bare, bare, {**bare, "response": "There."})
    assert result.rows_out == 2
    assert drop_reasons(result) == [(2, "duplicate_id", False)]


def test_malformed_lines_are_quarantined_with_file_line_and_reason():
    result = read_records_of(
        turn("a"), b'{"id": ', b"\xff", b"", [1], {"id": "x"}, turn("b", 7),
        turn("d", timestamp="soon"), {"id": "e", "messages": [7]}, {"prompt": "x" * 2_000},
        turn("f"), max_quarantine_share=1, max_line_bytes=1_024,
    )  # fmt: skip
    assert drop_reasons(result) == [
        (2, "bad_json", True), (3, "invalid_utf8", True), (5, "not_an_object", True),
        (6, "missing_field", True), (7, "wrong_type", True), (8, "bad_time", True),
        (9, "bad_messages", True), (10, "line_too_long", True),
    ]  # fmt: skip
    ids = [drop["record_id"] for drop in result.drops.to_pylist()]
    assert ids == [None, None, None, "x", "b", "d", "e", None]
    assert (result.rows_in, result.rows_out) == (10, 2)
    assert {drop["file"] for drop in result.drops.to_pylist()} == {"raw/web/2025-03-01.jsonl"}


def test_too_large_a_share_of_malformed_lines_fails_the_partition():
    lines = [*(turn(str(i)) for i in range(8)), b"secret{", b"secret{"]
    assert read_records_of(*lines, max_quarantine_share=0.2).rows_out == 8
    with pytest.raises(IngestError) as raised:
        read_records_of(*lines, max_quarantine_share=0.19)
    message = str(raised.value)
    assert message.startswith("2 of 10 lines are malformed (20.0%, the limit is 19.0%)")
    assert "raw/web/2025-03-01.jsonl:9 bad_json" in message
    assert "raise extraction.max_quarantine_share" in message
    assert "secret" not in message


def test_a_limit_of_zero_allows_no_malformed_line():
    assert read_records_of(turn("a"), max_quarantine_share=0).rows_out == 1
    with pytest.raises(IngestError, match="1 of 2 lines"):
        read_records_of(turn("a"), b"{", max_quarantine_share=0)


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_a_partition_without_records(content):
    data = memory_folder()
    put(data, "raw/web/2025-03-01.jsonl", content)
    result, [fact] = read(data)
    assert (result.rows_in, result.rows_out) == (0, 0)
    assert result.table.schema == schema("raw_logs")
    assert fact["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_truncated_file_among_good_ones_fails_the_partition():
    data = memory_folder()
    put(data, "raw/web/2025-03-01/a.jsonl", jsonl(turn("a")))
    put(data, "raw/web/2025-03-01/b.jsonl.gz", gzip.compress(jsonl(turn("b")))[:-9])
    with pytest.raises(IngestError, match=r"raw/web/2025-03-01/b\.jsonl\.gz: truncated"):
        read(data)


def test_all_files_of_a_partition_in_all_formats_make_one_table():
    data = memory_folder()
    table = io.BytesIO()
    pq.write_table(pa.table({k: [v] for k, v in turn("d", conversation_id="c").items()}), table)
    files = {
        "raw/web/2025-03-01.jsonl": jsonl(turn("a", conversation_id="c")),
        "raw/web/2025-03-01/b.jsonl.gz": gzip.compress(jsonl(turn("b", conversation_id="c"))),
        "raw/web/2025-03-01/c.csv": b"id,conversation_id,prompt,response\nc,c,x,y\ne,,x,\n",
        "raw/web/2025-03-01/d.parquet": table.getvalue(),
    }
    for path, content in files.items():
        put(data, path, content)
    result, facts = read(data)
    [row] = result.table.to_pylist()
    assert row["record_ids"] == ["a", "b", "c", "d"]
    assert row["origins"][2:] == ["raw/web/2025-03-01/c.csv:2", "raw/web/2025-03-01/d.parquet:1"]
    assert [(d["file"], d["line"]) for d in result.drops.to_pylist()] == [
        ("raw/web/2025-03-01/c.csv", 3)
    ]
    assert {fact["path"]: fact["sha256"] for fact in facts} == {
        path: hashlib.sha256(content).hexdigest() for path, content in files.items()
    }
    assert [fact["bytes"] for fact in facts] == [len(content) for content in files.values()]
    assert all(set(fact) == {"path", "bytes", "mtime_ns", "sha256"} for fact in facts)
    assert result.facts == {
        "files": 4, "conversations": 1, "messages": 8, "multi_turn": 1, "without_time": 1,
    }  # fmt: skip


def test_the_order_in_which_files_are_given_does_not_matter():
    data = memory_folder()
    put(data, "raw/web/2025-03-01/a.jsonl", jsonl(turn("a"), turn("same", "first")))
    put(data, "raw/web/2025-03-01/b.jsonl", jsonl(turn("b"), turn("same", "second")))
    result, facts = read(data)
    paths = [RawFile(f["path"], f["bytes"], f["mtime_ns"]) for f in reversed(facts)]
    again, facts_again = read_partition(data, KEY, paths, Source(), Extraction())
    assert (again, facts_again) == (result, facts)


def test_a_sources_own_names_are_honoured():
    fields = {"id": "request.id", "prompt": "q", "response": "a", "user_rating": "feedback.stars"}
    result = read_records_of(
        {"request": {"id": 1}, "q": "Where?", "a": "Here.", "feedback": {"stars": 2}},
        {"request": {"id": 2}, "q": "Where?", "a": "Here.", "feedback": None},
        fields=fields, min_rating=3,
    )  # fmt: skip
    assert drop_reasons(result) == [(1, "low_rating", False)]
    assert kept_ids(result) == ["2"]


def test_a_source_name_that_climbs_out_is_no_partition():
    with pytest.raises(PartitionError, match=r"'\.\./x' is no source name"):
        PartitionKey(date="2025-03-01", source="../x")


lines = st.lists(
    st.one_of(
        st.builds(
            turn,
            st.sampled_from("abcdefgh"),
            st.sampled_from(["Where?", "x" * 30]),
            st.sampled_from(["Here.", "", None, "y" * 30, 7]),
            conversation_id=st.sampled_from(["c", "d", None]),
            error=st.sampled_from([None, "timeout"]),
            user_rating=st.sampled_from([None, 1, 5, "bad"]),
            timestamp=st.sampled_from([None, "2025-02-27", "2025-03-01T10:00:00Z", "soon"]),
        ),
        st.builds(chat, st.sampled_from("abcdefgh"), st.text(), st.text(), st.text(),
                  conversation_id=st.sampled_from(["c", "d", None])),
        st.sampled_from([b"", b"{", b"[]", b"\xff", b"  "]),
    ),
    max_size=25,
)  # fmt: skip


@given(lines, st.booleans(), st.sampled_from([None, 3]), st.booleans())
def test_every_line_is_kept_dropped_or_quarantined(records, group_turns, min_rating, keep_unrated):
    result = read_records_of(
        *records, group_turns=group_turns, min_rating=min_rating, keep_unrated=keep_unrated,
        start=instant("2025-03-01T00:00:00Z"), max_prompt_chars=20, max_response_chars=20,
        max_quarantine_share=1,
    )  # fmt: skip
    ids = kept_ids(result)
    drops = result.drops.to_pylist()
    assert result.rows_in == sum(not isinstance(r, bytes) or bool(r.strip()) for r in records)
    assert result.rows_in == result.rows_out + len(drops)
    assert result.rows_out == len(ids) == len(set(ids))
    rows = result.table.to_pylist()
    origins = [origin for row in rows for origin in row["origins"]]
    places = [int(origin.rpartition(":")[2]) for origin in origins] + [d["line"] for d in drops]
    assert len(set(places)) == result.rows_in
    for row in rows:
        assert len(row["record_ids"]) == len(row["origins"]) == len(row["ratings"])
        assert len(row["turn_records"]) == len(row["messages"])
        assert set(row["turn_records"]) <= set(range(len(row["record_ids"])))
