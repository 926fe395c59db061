"""Axolotl's rows of messages."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.release.exports.axolotl import axolotl_problems, axolotl_rows
from ftdata_tests.release.exports.conversations import FIRST_IS_BAD, TWO_TURNS, rules

USER = {"role": "user", "content": "Hi"}
REPLY = {"role": "assistant", "content": "Hello."}


def test_weights_stand_on_replies_where_one_is_context() -> None:
    (row,) = axolotl_rows(FIRST_IS_BAD)
    assert [message.get("weight") for message in row["messages"]] == [None, 0, None, 1]


def test_no_weight_is_written_where_all_is_trained_on() -> None:
    (row,) = axolotl_rows(TWO_TURNS)
    assert not any("weight" in message for message in row["messages"])


BAD: list[tuple[str, Any]] = [
    ("row_no_object", 1),
    ("weight", {"messages": [USER, {**REPLY, "weight": 0.5}]}),
    ("weight_of_others", {"messages": [{**USER, "weight": 1}, REPLY]}),
    ("nothing_trained", {"messages": [USER, {**REPLY, "weight": 0}]}),
    ("unknown_role", {"messages": [{"role": "human", "content": "Hi"}, REPLY]}),
    ("unknown_key", {"messages": [USER, {**REPLY, "from": "gpt"}]}),
]


@pytest.mark.parametrize(("rule", "row"), BAD)
def test_a_bad_row_gives_its_rule(rule: str, row: Any) -> None:
    assert rules(axolotl_problems(row)) == [rule]
