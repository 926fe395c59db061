"""Erased records are left out of `raw_logs`, and nothing of them is noted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.erasures import Erasures, Tombstone, digest_of
from ftdata.ingest.erased import count_repeating, find_erased, rows_holding
from ftdata.ingest.inventory import scan_raw
from ftdata.ingest.raw_logs import read_lines, read_partition
from ftdata.settings import Extraction, Settings, Source
from ftdata_tests.ingest.raw_data import KEY, chat, jsonl, memory_folder, put, turn

SALT = bytes(32)


def erase(kind, identity, source=None):
    digest = digest_of(SALT, kind, identity, source or "")
    return Tombstone(kind, digest, source, "2026-11-21", ())


def raw(content):
    data = memory_folder()
    put(data, "raw/web/2025-03-01.jsonl", content)
    return data, scan_raw(data, Settings()).partitions[KEY]


def read(records, *tombstones, fields=None, **options):
    data, files = raw(jsonl(*records))
    return read_partition(
        data, KEY, files, Source(fields=fields or {}), Extraction(**options),
        Erasures(SALT, tombstones),
    )[0]  # fmt: skip


def kept(result):
    return [name for row in result.table.to_pylist() for name in row["record_ids"]]


RECORDS = [
    turn("1", conversation_id="c1", user_id="ann"),
    turn("2", conversation_id="c1"),
    turn("3", conversation_id="c1", user_id="bob"),
    turn("4", user_id=77),
    turn("5", conversation_id=9),
    {"id": "6", "user_id": "ann", "prompt": 1, "response": "r"},
]


@pytest.mark.parametrize(
    ("kind", "identity", "left"),
    [
        ("record", "1", ["2", "3", "4", "5"]),
        ("record", "6", ["1", "2", "3", "4", "5"]),
        ("conversation", "c1", ["4", "5"]),
        ("conversation", "9", ["1", "2", "3", "4"]),
        ("conversation", "4", ["1", "2", "3", "5"]),
        ("user", "ann", ["3", "4", "5"]),
        ("user", "77", ["1", "2", "3", "5"]),
        ("user", "c1", ["1", "2", "3", "4", "5"]),
    ],
)
def test_the_rest_stays(kind, identity, left):
    result = read(RECORDS, erase(kind, identity), max_quarantine_share=1)
    assert sorted(kept(result)) == left
    assert result.rows_in == result.rows_out + result.drops.num_rows == len(RECORDS)


def test_a_drop_of_what_is_erased_tells_nothing_of_it():
    result = read([turn("a"), turn("b")], erase("record", "a"))
    assert result.drops.to_pylist() == [
        {"record_id": None, "stage": "raw_logs", "reason": "erased", "detail": None,
         "quarantined": False, "file": None, "line": None}
    ]  # fmt: skip
    assert list(result.facts["erasures"].values()) == [1]


def test_fields_are_named_as_the_settings_name_them():
    record = {"id": "a", "prompt": "p", "response": "r", "who": {"id": 5}}
    result = read([record], erase("user", "5"), fields={"user_id": "who.id"})
    assert kept(result) == []


def test_a_malformed_line_of_an_erased_user_is_not_noted_as_one():
    result = read([turn("a"), RECORDS[5]], erase("user", "ann"))
    assert result.drops.column("quarantined").to_pylist() == [False]


def test_what_a_lost_duplicate_hid_comes_back():
    records = [turn("a", user_id="ann", prompt="first"), turn("a", user_id="bob", prompt="second")]
    result = read(records, erase("user", "ann"))
    assert result.table.column("messages").to_pylist()[0][0]["content"] == "second"


@given(st.lists(st.integers(0, 5), max_size=12), st.sets(st.integers(0, 5)))
def test_what_is_left_is_what_was_never_there(users, gone):
    records = [turn(str(n), user_id=f"u{user}") for n, user in enumerate(users)]
    never = [one if int(one["user_id"][1:]) not in gone else "" for one in records]
    result = read(records, *[erase("user", f"u{user}") for user in sorted(gone)])
    blank = b"".join(jsonl(one) if one else b"\n" for one in never)
    data, files = raw(blank or b"\n")
    other = read_partition(data, KEY, files, Source(), Extraction())[0]
    assert result.table == other.table


def test_records_that_repeat_what_goes_are_counted():
    records = [
        chat("1", "a", "b", conversation_id="c"),
        chat("2", "a", "b", "c", "d", conversation_id="c"),
        chat("3", "e", "f", conversation_id="c"),
        chat("4", "a", "b", conversation_id="other"),
    ]
    data, files = raw(jsonl(*records))
    parsed = [line.record for line in read_lines(data, KEY, files, Source(), Extraction())[0]]
    for gone, repeating in (("1", 1), ("2", 0), ("3", 0)):
        names = find_erased(parsed, Erasures(SALT, (erase("record", gone),)), "web")
        assert count_repeating(parsed, names) == repeating


@pytest.mark.parametrize(("group_turns", "extra"), [(True, {"2", "3"}), (False, set())])
def test_every_row_that_may_hold_it_is_told(group_turns, extra):
    data, files = raw(jsonl(*RECORDS))
    lines, _ = read_lines(data, KEY, files, Source(), Extraction())
    records = [line.record for line in lines]
    names = find_erased(records, Erasures(SALT, (erase("record", "1"),)), "web")
    (rows,) = rows_holding(KEY, records, names, group_turns=group_turns).values()
    singles = read(RECORDS, group_turns=False, max_quarantine_share=1).table
    ids = {row["record_ids"][0]: row["id"] for row in singles.to_pylist()}
    assert rows == {ids[one] for one in {"1", *extra}}
