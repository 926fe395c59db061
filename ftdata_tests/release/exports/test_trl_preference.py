"""TRL's preference rows."""

from __future__ import annotations

import pytest

from ftdata.release.exports.trl_preference import trl_preference_rows
from ftdata_tests.release.exports.test_openai import said
from ftdata_tests.release.exports.test_openai_dpo import TOOLS, pair


def call(arguments: str) -> dict[str, object]:
    return {"id": "c1", "type": "function", "function": {"name": "f", "arguments": arguments}}


def test_a_pair_becomes_this_row() -> None:
    (row,) = trl_preference_rows(pair(said("user", "Hi"), said("assistant", "Hello.", 1)))
    assert row == {
        "prompt": [{"role": "user", "content": "Hi"}],
        "chosen": [{"role": "assistant", "content": "Hello."}],
        "rejected": [{"role": "assistant", "content": "What?"}],
    }


@pytest.mark.parametrize(
    ("written", "read"), [('{"a":1}', {"a": 1}), ("[1]", "[1]"), ("broken", "broken")]
)
def test_arguments_are_objects_where_they_can_be(written: str, read: object) -> None:
    asked = said("assistant", None, 0, tool_calls=[call(written)])
    turns = (said("user", "q"), asked, said("tool", "1", tool_call_id="c1"))
    (row,) = trl_preference_rows(pair(*turns, said("assistant", "One.", 1), tools=TOOLS))
    assert row["tools"] == TOOLS
    assert row["prompt"][1]["tool_calls"][0]["function"]["arguments"] == read
