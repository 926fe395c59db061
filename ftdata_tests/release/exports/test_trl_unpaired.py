"""TRL's rows of unpaired preference."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.release.exports.trl_unpaired import trl_unpaired_problems, trl_unpaired_rows
from ftdata_tests.release.exports.conversations import PAIR, TOOLS, WEATHER_PAIR, rules

USER = {"role": "user", "content": "Hi"}
REPLY = {"role": "assistant", "content": "Hello."}


def test_a_pair_becomes_these_rows() -> None:
    assert list(trl_unpaired_rows(PAIR)) == [
        {"prompt": [USER], "completion": [REPLY], "label": True},
        {
            "prompt": [USER],
            "completion": [{"role": "assistant", "content": "What?"}],
            "label": False,
        },
    ]


def test_both_rows_have_the_tools() -> None:
    assert [row["tools"] for row in trl_unpaired_rows(WEATHER_PAIR)] == [TOOLS, TOOLS]


BAD: list[tuple[str, Any]] = [
    ("row_no_object", None),
    ("label", {"prompt": [USER], "completion": [REPLY], "label": 1}),
    ("label", {"prompt": [USER], "completion": [REPLY]}),
    ("no_messages", {"prompt": [], "completion": [REPLY], "label": True}),
    ("reply_role", {"prompt": [USER], "completion": [USER], "label": True}),
]


@pytest.mark.parametrize(("rule", "row"), BAD)
def test_a_bad_row_gives_its_rule(rule: str, row: Any) -> None:
    assert rules(trl_unpaired_problems(row)) == [rule]
