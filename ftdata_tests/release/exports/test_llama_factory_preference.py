"""LLaMA-Factory's preference rows."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from ftdata.release.exports.exporter import Beside, Problem
from ftdata.release.exports.llama_factory_preference import (
    LLAMA_FACTORY_PREFERENCE,
    llama_factory_preference_problems,
    llama_factory_preference_rows,
)
from ftdata_tests.release.exports.conversations import PAIR, call, example, rules, said

USER = {"role": "user", "content": "Hi"}
REPLY = {"role": "assistant", "content": "Hello."}
OTHER = {"role": "assistant", "content": "What?"}
GOOD = {"messages": [USER], "chosen": REPLY, "rejected": OTHER, "tools": ""}


def test_a_pair_becomes_this_row() -> None:
    assert list(llama_factory_preference_rows(PAIR)) == [GOOD]


def test_a_call_may_be_chosen() -> None:
    chosen = said("assistant", None, tool_calls=[call()])
    (row,) = llama_factory_preference_rows(example(said("user", "Paris?"), chosen, rejected="No."))
    assert not isinstance(row, Problem)
    assert row["chosen"]["role"] == "function_call"
    assert rules(llama_factory_preference_problems(row)) == []


def test_the_entry_is_one_of_ranking() -> None:
    made = LLAMA_FACTORY_PREFERENCE.beside(Beside("help", {"train": 1}, False, 10))
    entry = orjson.loads(made["dataset_info.json"])["help_train"]
    assert entry["ranking"] is True
    assert set(entry["columns"]) == {"messages", "chosen", "rejected", "tools"}


BAD: list[tuple[str, Any]] = [
    ("row_no_object", []),
    ("no_messages", GOOD | {"messages": []}),
    ("last_turn", GOOD | {"messages": [USER, REPLY]}),
    ("reply_no_object", GOOD | {"chosen": [REPLY]}),
    ("reply_role", GOOD | {"chosen": USER}),
    ("content_no_text", GOOD | {"rejected": {"role": "assistant", "content": ""}}),
    ("same_outputs", GOOD | {"rejected": REPLY}),
    ("tools_no_json", GOOD | {"tools": 1}),
]


@pytest.mark.parametrize(("rule", "row"), BAD)
def test_a_bad_row_gives_its_rule(rule: str, row: Any) -> None:
    assert rules(llama_factory_preference_problems(row)) == [rule]
