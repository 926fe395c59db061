"""LLaMA-Factory's rows, and what its `dataset_info.json` says of them."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from ftdata.release.exports.exporter import Beside
from ftdata.release.exports.llama_factory import (
    LLAMA_FACTORY,
    llama_factory_problems,
    llama_factory_rows,
)
from ftdata_tests.release.exports.conversations import HELLO, WEATHER, rules

USER = {"role": "user", "content": "Hi"}
REPLY = {"role": "assistant", "content": "Hello."}


def test_a_conversation_becomes_this_row() -> None:
    assert list(llama_factory_rows(HELLO)) == [{"messages": [USER, REPLY], "tools": ""}]


def test_a_call_has_a_role_of_its_own() -> None:
    (row,) = llama_factory_rows(WEATHER)
    assert isinstance(row, dict)
    assert row["messages"][1:3] == [
        {"role": "function_call", "content": '{"name":"weather","arguments":{"city":"Paris"}}'},
        {"role": "tool", "content": "18 C"},
    ]


def test_every_tag_is_set() -> None:
    made = LLAMA_FACTORY.beside(Beside("help", {"train": 1}, True, 10))
    entry = orjson.loads(made["dataset_info.json"])["help_train"]
    assert entry == {
        "file_name": "train.jsonl",
        "formatting": "sharegpt",
        "columns": {"messages": "messages", "tools": "tools"},
        "tags": {
            "role_tag": "role",
            "content_tag": "content",
            "user_tag": "user",
            "assistant_tag": "assistant",
            "observation_tag": "tool",
            "function_tag": "function_call",
            "system_tag": "system",
        },
    }


BAD: list[tuple[str, Any]] = [
    ("row_no_object", []),
    ("no_messages", {"messages": {}}),
    ("unknown_role", {"messages": [{"role": "human", "content": "Hi"}, REPLY]}),
    ("role_order", {"messages": [USER, USER]}),
    ("content_no_text", {"messages": [USER, {"role": "assistant"}]}),
    ("last_turn", {"messages": [USER, REPLY, USER]}),
    ("tools_no_json", {"messages": [USER, REPLY], "tools": [{"name": "f"}]}),
]


@pytest.mark.parametrize(("rule", "row"), BAD)
def test_a_bad_row_gives_its_rule(rule: str, row: Any) -> None:
    assert rules(llama_factory_problems(row)) == [rule]
