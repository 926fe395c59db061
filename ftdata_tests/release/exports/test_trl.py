"""TRL's rows of messages, which are Unsloth's and NeMo's as well."""

from __future__ import annotations

from ftdata.release.exports.nemo import NEMO
from ftdata.release.exports.trl import TRL, trl_rows
from ftdata.release.exports.unsloth import UNSLOTH
from ftdata_tests.release.exports.conversations import FIRST_IS_BAD, TOOLS, WEATHER, example, said


def test_a_conversation_becomes_this_row() -> None:
    function = {"name": "weather", "arguments": {"city": "Paris"}}
    assert list(trl_rows(WEATHER)) == [
        {
            "messages": [
                {"role": "user", "content": "Paris?"},
                {
                    "role": "assistant",
                    "content": "",
                    "tool_calls": [{"id": "c1", "type": "function", "function": function}],
                },
                {"role": "tool", "content": "18 C", "tool_call_id": "c1"},
                {"role": "assistant", "content": "18 degrees."},
            ],
            "tools": TOOLS,
        }
    ]


def test_weights_are_not_written() -> None:
    (row,) = trl_rows(FIRST_IS_BAD)
    assert "tools" not in row
    assert [sorted(message) for message in row["messages"]] == [["content", "role"]] * 4


def test_arguments_that_are_no_object_are_refused() -> None:
    odd = [{"id": "c1", "type": "function", "function": {"name": "f", "arguments": "[1]"}}]
    (row,) = trl_rows(example(said("user", "q"), said("assistant", None, tool_calls=odd)))
    assert [problem.rule for problem in TRL.problems(row)] == ["arguments_form"]


def test_others_take_the_same_rows() -> None:
    assert UNSLOTH.rows is NEMO.rows is TRL.rows
    assert NEMO.file("train") == "exports/nemo/training.jsonl"
