"""Axolotl's preference rows."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.release.exports.axolotl_preference import (
    AXOLOTL_PREFERENCE,
    axolotl_preference_problems,
    axolotl_preference_rows,
)
from ftdata.release.exports.exporter import features_of
from ftdata_tests.release.exports.conversations import PAIR, WEATHER_PAIR, rules

USER = {"role": "user", "content": "Hi"}
REPLY = {"role": "assistant", "content": "Hello."}
OTHER = {"role": "assistant", "content": "What?"}
GOOD = {"messages": [USER], "chosen": REPLY, "rejected": OTHER}


def test_a_pair_becomes_this_row() -> None:
    assert list(axolotl_preference_rows(PAIR)) == [GOOD]


def test_calls_are_refused() -> None:
    assert AXOLOTL_PREFERENCE.refuses & set(features_of(WEATHER_PAIR)) == {"tool_calls"}


BAD: list[tuple[str, Any]] = [
    ("row_no_object", []),
    ("no_messages", GOOD | {"messages": "Hi"}),
    ("reply_no_object", GOOD | {"chosen": [REPLY]}),
    ("unknown_role", GOOD | {"rejected": {"role": "gpt", "content": "What?"}}),
    ("unknown_key", GOOD | {"messages": [{**USER, "name": "ann"}]}),
    ("reply_in_template", GOOD | {"chosen": {"role": "assistant", "content": "user"}}),
    ("reply_in_template", GOOD | {"rejected": {"role": "assistant", "content": ""}}),
    ("same_outputs", GOOD | {"rejected": REPLY}),
]


@pytest.mark.parametrize(("rule", "row"), BAD)
def test_a_bad_row_gives_its_rule(rule: str, row: Any) -> None:
    assert rules(axolotl_preference_problems(row)) == [rule]


def test_the_place_of_a_problem_is_the_reply() -> None:
    (problem,) = axolotl_preference_problems(
        GOOD | {"chosen": {"role": "gpt", "content": "Hello."}}
    )
    assert problem.where == "chosen.role"
