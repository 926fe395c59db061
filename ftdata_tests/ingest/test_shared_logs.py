"""The whole folder of real logs, against plain loops over the same files."""

import datetime as dt
import gzip
import json
from pathlib import Path

import pytest
from upath import UPath

from ftdata.ingest.inventory import scan_raw
from ftdata.ingest.raw_logs import read_partition
from ftdata.settings import Extraction, Settings, Source

LOGS = Path(__file__).parents[3] / "shared" / "data" / "logs"
DAYS = ("2025-03-05", "2025-03-09", "2025-03-30")  # two of them beside a change of the clocks

pytestmark = pytest.mark.skipif(not LOGS.is_dir(), reason="the shared logs are not here")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    (folder / "raw").symlink_to(LOGS)
    return UPath(str(folder))


def raw_records(days=None):
    """(source, date, record) of every line."""
    for path in sorted(LOGS.glob("*/*.jsonl*")):
        if days is None or path.name[:10] in days:
            opener = gzip.open if path.suffix == ".gz" else open
            with opener(path, "rt", encoding="utf-8", newline="\n") as file:
                for line in file:
                    yield path.parent.name, path.name[:10], json.loads(line)


def read_days(data, options, days=None):
    """The results of the partitions, by key."""
    inventory = scan_raw(data, Settings())
    return {
        key: read_partition(data, key, files, Source(), options)[0]
        for key, files in inventory.partitions.items()
        if days is None or key.date in days
    }


def kept_ids(results):
    return [
        record_id
        for result in results.values()
        for ids in result.table.column("record_ids").to_pylist()
        for record_id in ids
    ]


def test_every_partition_is_found(data):
    inventory = scan_raw(data, Settings())
    assert len(inventory.partitions) == len(list(LOGS.glob("*/*.jsonl*")))
    assert [problem.path for problem in inventory.problems] == ["raw/truth.jsonl.gz"]


def test_the_defaults_keep_every_record_that_was_answered_without_error(data):
    wanted = {r["id"] for _, _, r in raw_records() if r["response"] and not r["error"]}
    results = read_days(data, Extraction())
    ids = kept_ids(results)
    assert len(ids) == len(set(ids))
    assert set(ids) == wanted
    for result in results.values():
        assert result.rows_in == result.rows_out + result.drops.num_rows


def test_rating_window_and_lengths_keep_exactly_what_they_name(data):
    start = dt.datetime(2025, 3, 5, 6, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    end = dt.datetime(2025, 3, 30, 20, tzinfo=dt.UTC)
    options = Extraction(
        start=start, end=end, min_rating=3, keep_unrated=False,
        max_prompt_chars=400, max_response_chars=600,
    )  # fmt: skip
    wanted = {
        r["id"]
        for _, _, r in raw_records(DAYS)
        if r["response"]
        and r["error"] is None
        and start <= dt.datetime.fromisoformat(r["timestamp"]) <= end
        and (r["user_rating"] or 0) >= 3
        and len(r["prompt"]) <= 400
        and len(r["response"]) <= 600
    }
    results = read_days(data, options, DAYS)
    assert wanted
    assert set(kept_ids(results)) == wanted
    dropped = {d["reason"] for r in results.values() for d in r.drops.to_pylist()}
    assert dropped >= {
        "error", "empty_response", "before_window", "after_window", "low_rating", "unrated",
        "prompt_too_long", "response_too_long",
    }  # fmt: skip


def test_rows_are_the_turns_of_one_conversation_in_time_order(data):
    turns = {}
    for source, date, r in raw_records(DAYS):
        if r["response"] and not r["error"]:
            turns.setdefault((source, date, r["conversation_id"]), []).append(r)
    results = read_days(data, Extraction(), DAYS)
    rows = [row for result in results.values() for row in result.table.to_pylist()]
    assert len(rows) == len(turns)
    for row in rows:
        records = sorted(
            turns[row["source"], row["date"], row["conversation_id"]],
            key=lambda r: dt.datetime.fromisoformat(r["timestamp"]),
        )
        assert [m["content"] for m in row["messages"]] == [
            text for r in records for text in (r["prompt"], r["response"])
        ]
        assert row["record_ids"] == [r["id"] for r in records]
        assert row["ratings"] == [r["user_rating"] for r in records]
