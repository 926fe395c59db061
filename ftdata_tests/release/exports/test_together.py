"""Rows for Together, shown to the check of files in its own package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from together.lib.utils.files import check_file

from ftdata import jsonl
from ftdata.release.examples import Example
from ftdata.release.exports.together import together_problems, together_rows
from ftdata_tests.release.exports.conversations import (
    TWO_TURNS,
    WEATHER,
    call,
    conversations,
    rules,
)

USER, REPLY = {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."}
SYSTEM = {"role": "system", "content": "Be brief."}
CALLING = {"role": "assistant", "tool_calls": [call()]}
RESULT = {"role": "tool", "content": "1", "tool_call_id": "c1"}


def checked(path: Path, *rows: dict[str, Any]) -> str:
    """What Together says of a file of these rows."""
    path.write_bytes(b"".join(jsonl.dumps(row) + b"\n" for row in rows))
    report = check_file(path)
    return "" if report["is_check_passed"] else report["message"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rows.jsonl"


def messages(*given_messages: Any) -> dict[str, Any]:
    return {"messages": list(given_messages)}


def test_an_example_becomes_this_row(path: Path) -> None:
    named = TWO_TURNS.messages[1]._replace(name="ann")
    told = TWO_TURNS._replace(messages=[TWO_TURNS.messages[0], named, *TWO_TURNS.messages[2:]])
    (row,) = together_rows(told)
    assert row["messages"][:3] == [SYSTEM, USER, REPLY]
    assert checked(path, row) == ""


def test_calls_are_written_as_openai_has_them() -> None:
    (row,) = together_rows(WEATHER)
    assert list(row) == ["messages", "tools"]
    assert row["messages"][1] == CALLING
    assert list(together_problems(row)) == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=conversations(calls=False))
def test_what_passes_our_rules_passes_together(path: Path, told: Example) -> None:
    (row,) = together_rows(told)
    assert list(together_problems(row)) == [
        problem for problem in together_problems(row) if problem.rule == "nul"
    ]
    assert checked(path, row) == ""


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("row_no_object", "{}"),
        ("no_messages", {}),
        ("message_no_object", messages(None)),
        ("unknown_key", {**messages(USER, REPLY), "text": "a"}),
        ("unknown_key", {**messages(USER, REPLY), "parallel_tool_calls": True}),
        ("unknown_role", messages({"role": "human", "content": "Hi"}, REPLY)),
        ("unknown_role", messages({"role": {}, "content": "Hi"}, REPLY)),
        ("first_role", messages(REPLY)),
        ("first_role", messages(SYSTEM, SYSTEM, USER, REPLY)),
        ("role_order", messages(USER, USER, REPLY)),
        ("role_order", messages(USER, REPLY, SYSTEM, USER, REPLY)),
        ("role_order", messages(USER, REPLY, REPLY)),
        ("orphan_tool_result", messages(USER, RESULT, REPLY)),
        ("no_content", messages(USER, {"role": "assistant"})),
        ("weight", messages({**USER, "weight": 0}, {**REPLY, "weight": 3})),
        ("nothing_trained", messages(USER)),
        ("nothing_trained", messages(USER, {**REPLY, "weight": 0})),
        ("tools_no_list", {**messages(USER, REPLY), "tools": "f"}),
    ],
)
def test_a_wrong_row_breaks_this_rule(rule: str, row: Any) -> None:
    assert rule in rules(together_problems(row))


@pytest.mark.parametrize(
    "row",
    [
        messages(REPLY, REPLY),
        messages(USER, USER, REPLY),
        messages(USER),
        messages(USER, {**REPLY, "weight": 3}),
        {**messages(USER, REPLY), "more": 1},
    ],
)
def test_together_finds_these_wrong_too(path: Path, row: dict[str, Any]) -> None:
    assert rules(together_problems(row))
    assert checked(path, row)


@pytest.mark.parametrize(
    "row",
    [
        messages(USER, REPLY, USER),
        messages({**USER, "weight": 0}, {**REPLY, "weight": 1}),
        messages(USER, CALLING, RESULT, REPLY, USER, REPLY),
        messages(USER, CALLING, RESULT, CALLING, RESULT, REPLY),
        messages(USER, CALLING),
    ],
)
def test_a_row_that_will_do_has_no_error(row: dict[str, Any]) -> None:
    assert rules(together_problems(row)) == []
