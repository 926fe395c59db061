"""Joining records: turns in time order, and lists that repeat the history so far."""

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata_tests.ingest.raw_data import chat, contents, read_records_of, turn

MORNING = dt.datetime(2025, 3, 1, 8, tzinfo=dt.UTC)


def at(minute):
    """An instant of the partition's day, as the log writes it."""
    return (MORNING + dt.timedelta(minutes=minute)).isoformat()


def rows_of(*records, **options):
    return read_records_of(*records, **options).table.to_pylist()


def test_turns_of_a_conversation_become_one_row_in_time_order():
    [row] = rows_of(
        turn("b", "two?", "2", conversation_id="c", timestamp=at(2), user_rating=5, model="m2"),
        turn("a", "one?", "1", conversation_id="c", timestamp=at(1), metadata={"n": 1}),
        turn("d", "four?", "4", conversation_id="c", timestamp=at(4), category="sums", user_id="u",
             metadata={"n": 4}, tools=[{"type": "function"}], model="m4"),
    )  # fmt: skip
    assert contents(row) == ["one?", "1", "two?", "2", "four?", "4"]
    assert [m["role"] for m in row["messages"]] == ["user", "assistant"] * 3
    assert row["record_ids"] == ["a", "b", "d"]
    assert row["origins"] == [f"raw/web/2025-03-01.jsonl:{line}" for line in (2, 1, 3)]
    assert row["ratings"] == [None, 5.0, None]
    assert row["turn_records"] == [0, 0, 1, 1, 2, 2]
    assert row["started_at"] == MORNING + dt.timedelta(minutes=1)
    assert (row["model"], row["category"], row["user_id"]) == ("m2", "sums", "u")
    assert (row["metadata"], row["tools"]) == ('{"n":1}', '[{"type":"function"}]')
    assert (row["source"], row["date"], row["conversation_id"]) == ("web", "2025-03-01", "c")


def test_equal_times_keep_file_order_and_a_record_without_time_follows_its_predecessor():
    [row] = rows_of(
        turn("a", "1", timestamp=at(5), conversation_id="c"),
        turn("b", "2", conversation_id="c"),
        turn("c", "3", timestamp=at(5), conversation_id="c"),
        turn("d", "0", timestamp=at(1), conversation_id="c"),
        turn("e", "0b", conversation_id="c"),
    )
    assert row["record_ids"] == ["d", "e", "a", "b", "c"]


def test_a_record_without_conversation_is_one_of_its_own():
    first, second = rows_of(turn("a"), turn("b"))
    assert (first["conversation_id"], second["conversation_id"]) == ("a", "b")
    assert first["id"] != second["id"]
    assert [row["position"] for row in (first, second)] == [0, 1]


def test_positions_follow_the_first_records_of_the_rows():
    rows = rows_of(
        turn("late", conversation_id="x", timestamp=at(9)),
        turn("b", conversation_id="y", timestamp=at(5)),
        turn("early", conversation_id="x", timestamp=at(1)),
    )
    assert [(row["conversation_id"], row["position"]) for row in rows] == [("y", 0), ("x", 1)]


def test_without_grouping_every_record_is_a_row():
    records = [turn(name, conversation_id="c", timestamp=at(i)) for i, name in enumerate("abc")]
    rows = rows_of(*records, group_turns=False)
    assert [row["record_ids"] for row in rows] == [["a"], ["b"], ["c"]]
    assert {row["conversation_id"] for row in rows} == {"c"}
    assert len({row["id"] for row in rows}) == 3


def test_a_list_that_repeats_the_history_adds_what_is_new():
    [row] = rows_of(
        chat("a", "u1", "a1", conversation_id="c", timestamp=at(1), user_rating=1),
        chat("b", "u1", "a1", "u2", "a2", conversation_id="c", timestamp=at(2), user_rating=5),
        chat("again", "u1", "a1", conversation_id="c", timestamp=at(3)),
        chat("d", "u1", "a1", "u2", "a2", "u3", "a3", conversation_id="c", timestamp=at(4)),
    )
    assert contents(row) == ["u1", "a1", "u2", "a2", "u3", "a3"]
    assert row["record_ids"] == ["a", "b", "again", "d"]
    assert row["turn_records"] == [0, 0, 1, 1, 3, 3]
    assert row["ratings"] == [1.0, 5.0, None, None]


def test_a_list_that_parts_from_the_history_is_a_row_of_the_same_conversation():
    rows = rows_of(
        chat("a", "u1", "a1", "u2", "a2", conversation_id="c", timestamp=at(1)),
        chat("b", "u1", "a1", "u2", "other", conversation_id="c", timestamp=at(2)),
        chat("d", "u1", "a1", "u2", "other", "u3", "a3", conversation_id="c", timestamp=at(3)),
        chat("e", "u1", "a1", "u2", "a2", "u4", "a4", conversation_id="c", timestamp=at(4)),
    )
    assert [contents(row)[3:] for row in rows] == [["a2", "u4", "a4"], ["other", "u3", "a3"]]
    assert [row["record_ids"] for row in rows] == [["a", "e"], ["b", "d"]]
    assert {row["conversation_id"] for row in rows} == {"c"}


def test_a_list_that_begins_otherwise_is_the_next_piece():
    [row] = rows_of(
        chat("a", "u1", "a1", conversation_id="c", timestamp=at(1)),
        chat("b", "u2", "a2", conversation_id="c", timestamp=at(2)),
    )
    assert contents(row) == ["u1", "a1", "u2", "a2"]
    assert row["turn_records"] == [0, 0, 1, 1]


def test_lists_of_different_conversations_stay_apart():
    rows = rows_of(chat("a", "u1", "a1"), chat("b", "u1", "a1", "u2", "a2"))
    assert [len(row["messages"]) for row in rows] == [2, 4]


def test_the_first_system_message_stays_at_the_start():
    system = [{"role": "system", "content": f"It is {hour} o'clock."} for hour in (8, 9)]
    first = chat("a", "u1", "a1", conversation_id="c", timestamp=at(1))
    second = chat("b", "u1", "a1", "u2", "a2", conversation_id="c", timestamp=at(2))
    first["messages"].insert(0, system[0])
    second["messages"].insert(0, system[1])
    [row] = rows_of(first, second)
    assert contents(row) == ["It is 8 o'clock.", "u1", "a1", "u2", "a2"]
    assert row["turn_records"] == [0, 0, 0, 1, 1]
    del first["messages"][0]
    [row] = rows_of(first, second)
    assert contents(row) == ["It is 9 o'clock.", "u1", "a1", "u2", "a2"]
    assert row["turn_records"] == [1, 0, 0, 1, 1]


def test_weights_tool_calls_and_names_reach_the_table():
    [row] = rows_of(
        {
            "id": "a",
            "messages": [
                {"role": "user", "content": "Where is 7?"},
                {"role": "assistant", "content": None, "weight": 0,
                 "tool_calls": [{"id": "c1", "function": {"name": "find", "arguments": {}}}]},
                {"role": "tool", "tool_call_id": "c1", "name": "find", "content": "Leeds"},
                {"role": "assistant", "content": "In Leeds.", "weight": 1},
            ],
        }
    )  # fmt: skip
    _, call, result, reply = row["messages"]
    assert (call["content"], call["weight"], reply["weight"]) == (None, 0, 1)
    assert call["tool_calls"] == (
        '[{"type":"function","id":"c1","function":{"name":"find","arguments":"{}"}}]'
    )
    assert (result["tool_call_id"], result["name"], result["weight"]) == ("c1", "find", None)


def test_the_same_record_has_the_same_row_id_and_another_partition_another():
    [one] = rows_of(turn("a", "x"))
    [same] = rows_of(turn("a", "y"))
    assert one["id"] == same["id"]
    assert len(one["id"]) == 16
    int(one["id"], 16)


# Every conversation is a list of turns; `None` stands for a turn without a time.
conversations = st.lists(
    st.lists(st.none() | st.integers(0, 600), min_size=1, max_size=4), min_size=1, max_size=5
)


@pytest.mark.parametrize("group_turns", [True, False])
@given(conversations, st.integers(0, 2**32))
def test_mixing_conversations_in_the_file_changes_places_alone(group_turns, drawn, seed):
    lists = [
        [
            turn(f"r{c}.{t}", f"{c} {t}", conversation_id=f"c{c}")
            | ({} if minute is None else {"timestamp": at(minute)})
            for t, minute in enumerate(minutes)
        ]
        for c, minutes in enumerate(drawn)
    ]
    turns = [c for c, records in enumerate(lists) for _ in records]
    random.Random(seed).shuffle(turns)
    queues = [iter(records) for records in lists]
    mixed = [next(queues[c]) for c in turns]

    def placeless(records):
        rows = rows_of(*records, group_turns=group_turns)
        assert [row.pop("position") for row in rows] == list(range(len(rows)))
        for row in rows:
            del row["origins"]
        return sorted(rows, key=lambda row: row["id"])

    assert placeless(mixed) == placeless(record for records in lists for record in records)


@given(st.permutations(range(6)))
def test_lines_of_one_conversation_may_come_in_any_order_when_their_times_differ(order):
    records = [turn(f"r{i}", f"{i}", conversation_id="c", timestamp=at(i)) for i in range(6)]
    [row] = rows_of(*(records[i] for i in order))
    assert row["record_ids"] == [f"r{i}" for i in range(6)]
