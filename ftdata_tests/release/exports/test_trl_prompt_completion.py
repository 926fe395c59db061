"""TRL's conversational prompt-completion rows."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.release.exports.trl_prompt_completion import (
    trl_prompt_completion_problems,
    trl_prompt_completion_rows,
)
from ftdata_tests.release.exports.conversations import FIRST_IS_BAD, WEATHER, example, rules, said

USER = {"role": "user", "content": "Hi"}
REPLY = {"role": "assistant", "content": "Hello."}


def test_a_trained_reply_becomes_this_row() -> None:
    assert list(trl_prompt_completion_rows(FIRST_IS_BAD)) == [
        {
            "prompt": [
                {"role": "user", "content": "Hi"},
                {"role": "assistant", "content": "Hm."},
                {"role": "user", "content": "Hi!"},
            ],
            "completion": [{"role": "assistant", "content": "Hello."}],
        }
    ]


def test_a_call_is_a_completion_of_its_own() -> None:
    calling, answering = trl_prompt_completion_rows(WEATHER)
    assert calling["completion"][0]["tool_calls"][0]["function"]["arguments"] == {"city": "Paris"}
    assert answering["prompt"] == [
        *calling["prompt"],
        *calling["completion"],
        answering["prompt"][2],
    ]
    assert calling["tools"] == answering["tools"] == WEATHER.tools


def test_a_reply_to_nothing_is_refused() -> None:
    (row,) = trl_prompt_completion_rows(example(said("assistant", "How can I help?")))
    assert rules(trl_prompt_completion_problems(row)) == ["no_messages"]


BAD: list[tuple[str, Any]] = [
    ("row_no_object", "Hi"),
    ("no_messages", {"prompt": "Hi", "completion": [REPLY]}),
    ("no_messages", {"prompt": [USER]}),
    ("reply_role", {"prompt": [USER], "completion": [USER]}),
    ("unknown_role", {"prompt": [{"role": "human", "content": "Hi"}], "completion": [REPLY]}),
    ("tools_no_list", {"prompt": [USER], "completion": [REPLY], "tools": 1}),
]


@pytest.mark.parametrize(("rule", "row"), BAD)
def test_a_bad_row_gives_its_rule(rule: str, row: Any) -> None:
    assert rules(trl_prompt_completion_problems(row)) == [rule]
