"""Rows for Mistral, shown to mistral-common as it looks at them before fine-tuning."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mistral_common.exceptions import MistralCommonException
from mistral_common.protocol.instruct.messages import FinetuningAssistantMessage
from mistral_common.protocol.instruct.request import ChatCompletionRequest
from mistral_common.protocol.instruct.validator import (
    MistralRequestValidatorV3,
    MistralRequestValidatorV13,
    ValidationMode,
)
from pydantic import ValidationError

from ftdata.release.examples import Example
from ftdata.release.exports.mistral import mistral_problems, mistral_rows
from ftdata_tests.release.exports.conversations import (
    FIRST_IS_BAD,
    TOOLS,
    WEATHER,
    call,
    conversations,
    example,
    rules,
    said,
)

V3 = MistralRequestValidatorV3(ValidationMode.finetuning)
V13 = MistralRequestValidatorV13(ValidationMode.finetuning)


def validate(row: dict[str, Any], validator: MistralRequestValidatorV3 = V13) -> None:
    """Raises where mistral-common does not take the row."""
    messages = [
        FinetuningAssistantMessage(**message) if message["role"] == "assistant" else message
        for message in row["messages"]
    ]
    request = ChatCompletionRequest(messages=messages, tools=row.get("tools"))
    validator.validate_request(request)


def test_an_id_becomes_one_of_nine_letters_and_digits() -> None:
    (row,) = mistral_rows(WEATHER)
    (made,) = row["messages"][1]["tool_calls"]
    assert made == {**call(), "id": "xyrdLjJ6v"}
    assert row["messages"][2] == {"role": "tool", "content": "18 C", "tool_call_id": "xyrdLjJ6v"}
    assert row["tools"] == TOOLS
    validate(row, V3)


def test_an_id_that_fits_stays_and_nobody_else_gets_it() -> None:
    told = example(
        said("user", "q"),
        said("assistant", None, tool_calls=[call(id="c1"), call(id="xyrdLjJ6v")]),
        said("tool", "1", tool_call_id="c1"),
        said("tool", "2", tool_call_id="xyrdLjJ6v"),
        said("assistant", "a"),
    )
    (row,) = mistral_rows(told)
    first, second = (one["id"] for one in row["messages"][1]["tool_calls"])
    assert second == "xyrdLjJ6v"
    assert first != second
    assert [m["tool_call_id"] for m in row["messages"][2:4]] == [first, second]
    assert list(mistral_problems(row)) == []


@given(st.lists(st.text(max_size=12), unique=True, min_size=1, max_size=8))
def test_ids_follow_from_ids_alone(ids: list[str]) -> None:
    told = example(said("assistant", None, tool_calls=[call(id=one) for one in ids]))
    (row,) = mistral_rows(told)
    made = [one["id"] for one in row["messages"][0]["tool_calls"]]
    assert len(set(made)) == len(ids)
    assert all(re.fullmatch("[A-Za-z0-9]{9}", one) for one in made)
    assert list(mistral_rows(told)) == [row]


def test_weights_stay_and_names_go() -> None:
    named = FIRST_IS_BAD.messages[0]._replace(name="ann")
    (row,) = mistral_rows(FIRST_IS_BAD._replace(messages=[named, *FIRST_IS_BAD.messages[1:]]))
    assert [message.get("weight") for message in row["messages"]] == [None, 0, None, 1]
    assert not any("name" in message for message in row["messages"])
    validate(row)


@settings(max_examples=40)
@given(conversations(several=True))
def test_what_passes_our_rules_passes_mistral_common(told: Example) -> None:
    (row,) = mistral_rows(told)
    assert rules(mistral_problems(row)) == []
    validate(row)


USER, REPLY = {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."}
CALLING = {"role": "assistant", "tool_calls": [call(id="abcdefgh1")]}
RESULT = {"role": "tool", "content": "1", "tool_call_id": "abcdefgh1"}


def messages(*given_messages: Any) -> dict[str, Any]:
    return {"messages": list(given_messages)}


def tool(**schema: Any) -> dict[str, Any]:
    function = {"name": "f", "parameters": schema}
    return {**messages(USER, REPLY), "tools": [{"type": "function", "function": function}]}


def nested(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object"}
    for _ in range(levels):
        schema = {"type": "array", "items": schema}
    return schema


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("row_no_object", 1.5),
        ("no_messages", {}),
        ("message_no_object", messages(USER, 1)),
        ("unknown_key", {**messages(USER, REPLY), "parallel_tool_calls": True}),
        ("unknown_key", messages({**USER, "name": "ann"}, REPLY)),
        ("unknown_role", messages({"role": "developer", "content": "Be."}, USER, REPLY)),
        ("call_id", messages(USER, {**CALLING, "tool_calls": [call(id="call_1")]})),
        ("call_id", messages(USER, {**CALLING, "tool_calls": [{**call(), "id": 5}]})),
        ("call_id", messages(USER, CALLING, {**RESULT, "tool_call_id": None}, REPLY)),
        ("orphan_tool_result", messages(USER, RESULT, REPLY)),
        ("role_order", messages(USER, CALLING, RESULT, USER, REPLY)),
        ("role_order", messages(USER, RESULT, REPLY)),
        ("role_order", messages(USER, REPLY, {"role": "system", "content": "Be."}, REPLY)),
        ("last_role", messages(USER)),
        ("last_role", messages(USER, CALLING, RESULT)),
        ("empty_text", messages(USER, {"role": "assistant", "content": ""})),
        ("weight", messages(USER, {**REPLY, "weight": 2})),
        ("weight", messages(USER, {**REPLY, "weight": 0.5})),
        ("arguments_form", messages(USER, {**CALLING, "tool_calls": [call(arguments={})]})),  # type: ignore[arg-type]
        ("tool_schema", {**messages(USER, REPLY), "tools": [
            {"type": "function", "function": {"name": "f"}}
        ]}),
        ("tool_schema", tool(type="dict")),
        ("tool_schema", tool(type=["string", "float"])),
        ("tool_schema", tool(type={})),
        ("tool_schema", tool(properties={"a": {"type": "tuple"}})),
        ("tool_schema", tool(properties={"a": {"anyOf": [{"type": "any"}]}})),
        ("tool_schema", tool(properties={"a": "string"})),
        ("tool_schema", tool(**nested(500))),
        ("unknown_key", {**messages(USER, REPLY), "tools": [
            {"type": "function", "function": {"name": "f", "parameters": {}, "strict": True}}
        ]}),
        ("tool_no_function", {**messages(USER, REPLY), "tools": [None]}),
    ],
)  # fmt: skip
def test_a_wrong_row_breaks_this_rule(rule: str, row: Any) -> None:
    assert rule in rules(mistral_problems(row))


@pytest.mark.parametrize(
    "row",
    [
        messages(USER),
        messages(USER, CALLING, RESULT, USER, REPLY),
        messages(USER, {**CALLING, "tool_calls": [call(id="call_1")]}, REPLY),
        messages({**USER, "name": "ann"}, REPLY),
        tool(type="dict"),
        tool(properties={"a": {"type": "tuple"}}),
    ],
)
def test_mistral_common_finds_these_wrong_too(row: dict[str, Any]) -> None:
    assert rules(mistral_problems(row))
    with pytest.raises((MistralCommonException, ValidationError)):
        validate(row)


@pytest.mark.parametrize(
    "row",
    [
        messages(USER, {**CALLING, "content": "Wait."}, RESULT, REPLY),
        messages(USER, CALLING, {**RESULT, "name": "weather"}, REPLY),
        tool(type="object", properties={"a": {"type": ["string", "null"]}}, required=["a"]),
        tool(**nested(5)),
    ],
)
def test_a_right_row_has_no_problem(row: dict[str, Any]) -> None:
    assert list(mistral_problems(row)) == []
    validate(row)
