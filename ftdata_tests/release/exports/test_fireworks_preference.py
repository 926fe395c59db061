"""Preference rows for Fireworks, in the form of OpenAI's."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.release.exports.fireworks_preference import (
    fireworks_preference_problems,
    fireworks_preference_rows,
)
from ftdata_tests.release.exports.conversations import PAIR, WEATHER_PAIR, rules
from ftdata_tests.release.exports.test_together_preference import ROW, given_input

USER, SYSTEM = {"role": "user", "content": "Hi"}, {"role": "system", "content": "Be brief."}


def test_a_pair_becomes_this_row() -> None:
    assert list(fireworks_preference_rows(PAIR)) == [ROW]


def test_tools_stand_in_the_input() -> None:
    (row,) = fireworks_preference_rows(WEATHER_PAIR)
    assert row["input"]["parallel_tool_calls"] is True
    assert list(fireworks_preference_problems(row)) == []


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("no_input", {}),
        ("no_messages", given_input()),
        ("unknown_key", {**ROW, "score": 1}),
        ("unknown_key", given_input(USER, weight=1)),
        ("unknown_role", given_input({"role": "developer", "content": "Be."}, USER)),
        ("role_order", given_input(USER, SYSTEM)),
        ("output_no_message", {**ROW, "preferred_output": []}),
        ("same_outputs", {**ROW, "non_preferred_output": ROW["preferred_output"]}),
    ],
)
def test_a_wrong_row_breaks_this_rule(rule: str, row: Any) -> None:
    assert rule in rules(fireworks_preference_problems(row))
