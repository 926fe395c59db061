"""ShareGPT's rows, and the turns that LLaMA-Factory asks for."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from ftdata.release.exports.exporter import Beside, Problem
from ftdata.release.exports.sharegpt import SHAREGPT, sharegpt_problems, sharegpt_rows
from ftdata_tests.release.exports.conversations import (
    TWO_TURNS,
    WEATHER,
    call,
    example,
    rules,
    said,
)

HUMAN = {"from": "human", "value": "Hi"}
GPT = {"from": "gpt", "value": "Hello."}
CALL = {"from": "function_call", "value": '{"name":"weather","arguments":{"city":"Paris"}}'}
RESULT = {"from": "observation", "value": "18 C"}
SYSTEM = {"from": "system", "value": "Be brief."}


def test_a_conversation_becomes_this_row() -> None:
    assert list(sharegpt_rows(TWO_TURNS)) == [
        {
            "conversations": [
                SYSTEM,
                HUMAN,
                GPT,
                {"from": "human", "value": "Bye"},
                {"from": "gpt", "value": "See you."},
            ],
            "tools": "",
        }
    ]


def test_a_call_becomes_json() -> None:
    (row,) = sharegpt_rows(WEATHER)
    assert isinstance(row, dict)
    question, last = {"from": "human", "value": "Paris?"}, {"from": "gpt", "value": "18 degrees."}
    assert row["conversations"] == [question, CALL, RESULT, last]
    assert orjson.loads(row["tools"]) == [tool["function"] for tool in WEATHER.tools or ()]


def test_a_function_without_parameters_gets_empty_ones() -> None:
    bare = WEATHER._replace(tools=[{"type": "function", "function": {"name": "f"}}])
    (row,) = sharegpt_rows(bare)
    assert isinstance(row, dict)
    parameters = {"type": "object", "properties": {}}
    assert orjson.loads(row["tools"]) == [{"name": "f", "parameters": parameters}]


TWO = [call(id="c1"), call(id="c2")]
RESULTS = (said("tool", "18", tool_call_id="c1"), said("tool", "18", tool_call_id="c2"))


@pytest.mark.parametrize(
    ("rule", "middle"),
    [
        ("words_beside_call", [said("assistant", "Wait.", tool_calls=TWO[:1]), RESULTS[0]]),
        ("several_results", [said("assistant", None, tool_calls=TWO), *RESULTS]),
    ],
)
def test_what_has_no_turn_of_its_own_is_refused(rule: str, middle: list[Any]) -> None:
    told = example(said("user", "q"), *middle, said("assistant", "18."))
    assert [one.rule for one in sharegpt_rows(told) if isinstance(one, Problem)] == [rule]


BAD: list[tuple[list[str], Any]] = [
    (["row_no_object"], []),
    (["no_messages"], {"conversations": []}),
    (["message_no_object"], {"conversations": ["Hi"]}),
    (["unknown_role"], {"conversations": [{"from": "user", "value": "Hi"}, GPT]}),
    (["unknown_role"], {"conversations": [{"from": ["human"], "value": "Hi"}, GPT]}),
    (["role_order"], {"conversations": [HUMAN, GPT, GPT, GPT]}),
    (["role_order"], {"conversations": [HUMAN, SYSTEM]}),
    (["last_turn"], {"conversations": [HUMAN, GPT, HUMAN]}),
    (["content_no_text"], {"conversations": [HUMAN, {"from": "gpt", "value": None}]}),
    (["call_no_json"], {"conversations": [HUMAN, {"from": "function_call", "value": "f(x)"}]}),
    (["call_no_json"], {"conversations": [HUMAN, {"from": "function_call", "value": "[]"}]}),
    (["orphan_tool_result"], {"conversations": [HUMAN, GPT, RESULT, GPT]}),
    (["unanswered_tool_call"], {"conversations": [HUMAN, CALL, HUMAN, GPT]}),
    (["tools_no_json"], {"conversations": [HUMAN, GPT], "tools": []}),
    (["tools_no_json"], {"conversations": [HUMAN, GPT], "tools": "f"}),
    (["tool_no_function"], {"conversations": [HUMAN, GPT], "tools": "[{}]"}),
    (["tool_no_parameters"], {"conversations": [HUMAN, GPT], "tools": '[{"name":"f"}]'}),
    (
        ["function_name"],
        {"conversations": [HUMAN, GPT], "tools": '[{"name":"f g","parameters":{"properties":{}}}]'},
    ),
]


@pytest.mark.parametrize(("found", "row"), BAD)
def test_a_bad_row_gives_its_rule(found: list[str], row: Any) -> None:
    assert rules(sharegpt_problems(row)) == found


def test_a_mark_for_pictures_is_warned_about() -> None:
    row = {"conversations": [{"from": "human", "value": "What is <image>?"}, GPT]}
    assert rules(sharegpt_problems(row)) == []
    assert rules(sharegpt_problems(row), "warning") == ["media_mark"]


def test_dataset_info_names_the_files_that_have_rows() -> None:
    made = SHAREGPT.beside(Beside("Help, 2025", {"train": 9, "test": 1}, False, 10))
    info = orjson.loads(made["dataset_info.json"])
    assert {key: entry["file_name"] for key, entry in info.items()} == {
        "help_2025_train": "train.jsonl",
        "help_2025_test": "test.jsonl",
    }
