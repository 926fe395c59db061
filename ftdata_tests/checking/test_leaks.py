"""Leaks between two files: the five ties, and the same ones as by the second path."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.checking.leaks import find_leaks, row_ties
from ftdata.tables import MESSAGE
from ftdata.validation.leakage import find_leaks as find_by_other_path
from ftdata_tests.checking.rows import reading

ASKED = "How do I send back the blue tent that I bought in March?"
WORDS = st.sampled_from(["tent", "blue", "send", "back", "map", "boot", "lamp", "rope", "how"])
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
SAID = st.lists(TEXTS, min_size=1, max_size=4)
THRESHOLD = 0.7


def ties(conversations, ids=()):
    values = list(ids) or [{}] * len(conversations)
    readings = [reading(*said) for said in conversations]
    return row_ties(readings, values, range(1, len(conversations) + 1))


def leaks(rows, other, ids=(), other_ids=()):
    found = find_leaks([ties(rows, ids)], [ties(other, other_ids)], "test.jsonl", THRESHOLD)
    return [(one.line, one.rule) for one in found]


@pytest.mark.parametrize(
    ("rows", "other", "rules"),
    [
        ([["Hi", "Hello."]], [["Hi", "Good day."]], []),
        ([["Hi", "Hello."]], [["hi!", "hello"]], ["leaks_prefix"]),
        ([["Hi", "Hello.", "Bye", "See you."]], [["Hi", "Hello."]], ["leaks_prefix"]),
        ([["Hi", "Hello."]], [["Hi", "Hello.", "Bye", "See you."]], ["leaks_prefix"]),
        (
            [[ASKED, "By post."]],
            [["Good day", "Hello.", ASKED.upper(), "In the shop."]],
            ["leaks_turn", "leaks_prompt"],
        ),
        ([["Where is my blue tent?", "Here."]], [["where IS my tent", "x"]], ["leaks_prompt"]),
    ],
)
def test_ties_by_what_is_said(rows, other, rules):
    assert leaks(rows, other) == [(1, rule) for rule in rules]


def test_ties_by_the_ids_that_rows_hold():
    rows, other = [["A", "B"], ["C", "D"], ["E", "F"]], [["G", "H"], ["I", "J"]]
    ids = [{"conversation_id": "c1"}, {"id": "p"}, {"parent_id": "q"}]
    other_ids = [{"conversation_id": "c1", "id": "q"}, {"parent_id": "p"}]
    assert leaks(rows, other, ids, other_ids) == [
        (1, "leaks_conversation"), (2, "leaks_derived"), (3, "leaks_derived"),
    ]  # fmt: skip


def test_a_leak_names_the_line_of_the_other_file():
    found = find_leaks(
        [ties([["Hi", "x"], [ASKED, "y"]])], [ties([["Ho", "z"], [ASKED, "y"]])], "test.jsonl", 0.7
    )
    assert all("line 2 of test.jsonl" in one.message for one in found)


@settings(max_examples=40)
@given(st.lists(SAID, min_size=1, max_size=6), st.lists(SAID, min_size=1, max_size=6))
def test_the_rows_that_leak_are_those_of_the_second_path(rows, other):
    for side, against in ((rows, other), (other, rows)):
        found = {line for line, _ in leaks(side, against)}
        assert found == {
            at + 1 for at, said in enumerate(side) if tied_by_other_path(said, against)
        }


def tied_by_other_path(said, against):
    conversations = [said, *against]
    count = len(conversations)
    messages = [
        [
            {**dict.fromkeys(MESSAGE.names), "role": one.role, "content": one.content}
            for one in reading(*each).messages
        ]
        for each in conversations
    ]
    table = pa.table(
        {
            "id": [str(n) for n in range(count)],
            "source": ["s"] * count,
            "conversation_id": [str(n) for n in range(count)],
            "parent_id": pa.nulls(count, pa.string()),
            "split": ["train", *["test"] * len(against)],
            "messages": pa.array(messages, pa.list_(MESSAGE)),
        }
    )
    return find_by_other_path(table, THRESHOLD, 0).total > 0


def test_nothing_leaks_into_nothing():
    assert leaks([], [["Hi", "x"]]) == []
    assert leaks([["Hi", "x"]], []) == []
