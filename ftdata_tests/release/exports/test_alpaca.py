"""Alpaca's rows."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.release.exports.alpaca import alpaca_problems, alpaca_rows, read_alpaca
from ftdata.release.exports.exporter import Problem
from ftdata_tests.release.exports.conversations import TWO_TURNS, example, rules, said

GOOD = {"instruction": "Hi", "input": "", "output": "Hello.", "system": "", "history": []}


def test_a_conversation_becomes_this_row() -> None:
    assert list(alpaca_rows(TWO_TURNS)) == [
        {
            "instruction": "Bye",
            "input": "",
            "output": "See you.",
            "system": "Be brief.",
            "history": [["Hi", "Hello."]],
        }
    ]


@pytest.mark.parametrize(
    ("messages", "where"),
    [
        ([said("assistant", "Hi"), said("user", "a"), said("assistant", "b")], "messages[0].role"),
        ([said("user", "a"), said("user", "b"), said("assistant", "c")], "messages[1].role"),
    ],
)
def test_two_of_a_side_are_refused(messages: list[Any], where: str) -> None:
    (problem,) = alpaca_rows(example(*messages))
    assert isinstance(problem, Problem)
    assert (problem.rule, problem.where) == ("role_order", where)


def test_the_input_of_others_is_read_after_the_instruction() -> None:
    row = {"instruction": "Translate", "input": "chat", "output": "cat"}
    assert read_alpaca(row).messages[0].content == "Translate\nchat"


BAD: list[tuple[list[str], Any]] = [
    (["row_no_object"], []),
    (["no_text", "no_text"], {}),
    (["no_text"], GOOD | {"output": None}),
    (["no_text"], GOOD | {"input": 1}),
    (["empty_turn"], GOOD | {"instruction": ""}),
    (["empty_turn"], GOOD | {"output": ""}),
    (["empty_turn"], GOOD | {"history": [["Hi", ""]]}),
    (["history"], GOOD | {"history": "Hi"}),
    (["history", "history"], GOOD | {"history": [["Hi"], ["a", 1]]}),
]


@pytest.mark.parametrize(("found", "row"), BAD)
def test_a_bad_row_gives_its_rule(found: list[str], row: Any) -> None:
    assert rules(alpaca_problems(row)) == found
