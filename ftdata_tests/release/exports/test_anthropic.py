"""Rows for Claude on Bedrock."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.release.exports.anthropic import ANTHROPIC, anthropic_problems, anthropic_rows
from ftdata_tests.release.exports.conversations import HELLO, TWO_TURNS, example, rules, said

USER = {"role": "user", "content": "Hi"}
REPLY = {"role": "assistant", "content": "Hello."}
TURNS = [USER, REPLY]


def test_an_example_becomes_this_row() -> None:
    assert list(anthropic_rows(HELLO)) == [{"messages": TURNS}]


def test_the_system_message_stands_apart() -> None:
    (row,) = anthropic_rows(TWO_TURNS)
    assert row["system"] == "Be brief."
    assert [message["role"] for message in row["messages"]] == ["user", "assistant"] * 2


def test_names_and_what_follows_a_bad_reply_are_left_out() -> None:
    told = example(
        said("user", "Hi", name="ann"),
        said("assistant", "Hello."),
        said("user", "Bye"),
        said("assistant", "Go.", 0),
    )
    assert list(anthropic_rows(told)) == [{"messages": TURNS}]


@pytest.mark.parametrize("row", [{"messages": TURNS}, {"system": "Be brief.", "messages": TURNS}])
def test_a_right_row_has_no_problem(row: dict[str, Any]) -> None:
    assert list(anthropic_problems(row)) == []


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("row_no_object", []),
        ("no_messages", {}),
        ("no_messages", {"messages": {}}),
        ("message_no_object", {"messages": [USER, "Hello."]}),
        ("unknown_key", {"messages": TURNS, "tools": []}),
        ("unknown_key", {"messages": [{**USER, "name": "ann"}, REPLY]}),
        ("unknown_role", {"messages": [{"role": "human", "content": "Hi"}, REPLY]}),
        ("unknown_role", {"messages": [{"role": "system", "content": "Be."}, *TURNS]}),
        ("unknown_role", {"messages": [{"role": [], "content": "Hi"}, REPLY]}),
        ("content_no_text", {"messages": [{"role": "user", "content": None}, REPLY]}),
        ("content_no_text", {"messages": TURNS, "system": ["Be brief."]}),
        ("empty_text", {"messages": [{"role": "user", "content": " \n"}, REPLY]}),
        ("empty_text", {"messages": TURNS, "system": ""}),
        ("first_role", {"messages": [REPLY]}),
        ("role_order", {"messages": [USER, *TURNS]}),
        ("last_role", {"messages": [USER]}),
    ],
)
def test_a_wrong_row_breaks_this_rule(rule: str, row: Any) -> None:
    assert rule in rules(anthropic_problems(row))


def test_a_problem_names_its_place() -> None:
    (problem,) = anthropic_problems({"messages": [*TURNS, USER]})
    assert (problem.rule, problem.where) == ("last_role", "messages[2].role")


def test_it_says_that_its_model_is_gone() -> None:
    assert ANTHROPIC.status == "sunset"
    assert ANTHROPIC.limits.rows["train"] == (32, 10_000)
