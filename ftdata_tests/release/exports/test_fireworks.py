"""Rows for Fireworks, in the form of OpenAI's."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.release.exports.fireworks import FIREWORKS, fireworks_problems, fireworks_rows
from ftdata_tests.release.exports.conversations import FIRST_IS_BAD, WEATHER, rules
from ftdata_tests.release.exports.test_openai import VALIDATOR

USER, REPLY = {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."}
SYSTEM = {"role": "system", "content": "Be brief."}


def messages(*given_messages: Any) -> dict[str, Any]:
    return {"messages": list(given_messages)}


def test_an_example_becomes_this_row() -> None:
    named = FIRST_IS_BAD.messages[0]._replace(name="ann")
    (row,) = fireworks_rows(FIRST_IS_BAD._replace(messages=[named, *FIRST_IS_BAD.messages[1:]]))
    assert row == messages(
        USER,
        {"role": "assistant", "content": "Hm.", "weight": 0},
        {"role": "user", "content": "Hi!"},
        {**REPLY, "weight": 1},
    )


def test_calls_are_written_as_openai_has_them() -> None:
    (row,) = fireworks_rows(WEATHER)
    assert list(fireworks_problems(row)) == []
    VALIDATOR.validate_python(row["messages"])


@pytest.mark.parametrize(
    "row",
    [messages(SYSTEM, USER, REPLY), messages(USER, USER, REPLY), messages(REPLY, USER, REPLY)],
)
def test_a_row_that_will_do_has_no_problem(row: dict[str, Any]) -> None:
    assert list(fireworks_problems(row)) == []


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("row_no_object", None),
        ("no_messages", messages()),
        ("unknown_key", {**messages(USER, REPLY), "id": 1}),
        ("unknown_role", messages({"role": "developer", "content": "Be."}, USER, REPLY)),
        ("role_order", messages(USER, SYSTEM, REPLY)),
        ("role_order", messages(SYSTEM, SYSTEM, USER, REPLY)),
        ("weight", messages(USER, {**REPLY, "weight": True})),
        ("weight_of_others", messages({**USER, "weight": 0}, REPLY)),
        ("nothing_trained", messages(USER, {**REPLY, "weight": 0})),
        ("content_no_text", messages({"role": "user", "content": 1}, REPLY)),
        ("tools_no_list", {**messages(USER, REPLY), "tools": {}}),
    ],
)
def test_a_wrong_row_breaks_this_rule(rule: str, row: Any) -> None:
    assert rule in rules(fireworks_problems(row))


def test_three_rows_are_enough() -> None:
    assert FIREWORKS.limits.rows["train"] == (3, 3_000_000)
