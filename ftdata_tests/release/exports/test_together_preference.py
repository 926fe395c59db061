"""Preference rows for Together, shown to the check of files in its own package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from ftdata.release.examples import Example
from ftdata.release.exports.together_preference import (
    together_preference_problems,
    together_preference_rows,
)
from ftdata_tests.release.exports.conversations import PAIR, TOOLS, WEATHER_PAIR, call, pairs, rules
from ftdata_tests.release.exports.test_together import REPLY, USER, checked

BAD = {"role": "assistant", "content": "What?"}
ROW = {
    "input": {"messages": [USER]},
    "preferred_output": [REPLY],
    "non_preferred_output": [BAD],
}


def test_a_pair_becomes_this_row() -> None:
    assert list(together_preference_rows(PAIR)) == [ROW]


def test_tools_stand_in_the_input_alone() -> None:
    (row,) = together_preference_rows(WEATHER_PAIR)
    assert list(row) == list(ROW)
    assert list(row["input"]) == ["messages", "tools"]
    assert row["input"]["tools"] == TOOLS
    # Words after the result: the assistant's call and its answer are one turn.
    assert rules(together_preference_problems(row)) == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=pairs(calls=False, weights=False))
def test_what_passes_our_rules_passes_together(tmp_path: Path, told: Example) -> None:
    (row,) = together_preference_rows(told)
    assert rules(together_preference_problems(row)) == []
    assert checked(tmp_path / "rows.jsonl", row) == ""


def given_input(*messages: Any, **more: Any) -> dict[str, Any]:
    return {**ROW, "input": {"messages": list(messages), **more}}


CALLING = {"role": "assistant", "tool_calls": [call()]}


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("no_input", []),
        ("no_input", {**ROW, "input": []}),
        ("no_messages", given_input()),
        ("unknown_key", {**ROW, "prompt": "Hi"}),
        ("unknown_key", given_input(USER, parallel_tool_calls=True)),
        ("role_order", given_input(USER, USER)),
        ("last_role", given_input(USER, REPLY)),
        ("output_no_message", {**ROW, "preferred_output": REPLY}),
        ("output_no_message", {**ROW, "non_preferred_output": [BAD, BAD]}),
        ("output_no_message", {"input": ROW["input"]}),
        ("unknown_role", {**ROW, "preferred_output": [USER]}),
        ("content_no_text", {**ROW, "preferred_output": [CALLING]}),
        ("same_outputs", {**ROW, "non_preferred_output": [REPLY]}),
    ],
)
def test_a_wrong_row_breaks_this_rule(rule: str, row: Any) -> None:
    assert rule in rules(together_preference_problems(row))


@pytest.mark.parametrize(
    "row",
    [
        given_input(USER, REPLY),
        given_input(USER, USER),
        {**ROW, "preferred_output": [USER]},
        {**ROW, "non_preferred_output": [BAD, BAD]},
    ],
)
def test_together_finds_these_wrong_too(tmp_path: Path, row: dict[str, Any]) -> None:
    assert rules(together_preference_problems(row))
    assert checked(tmp_path / "rows.jsonl", row)
