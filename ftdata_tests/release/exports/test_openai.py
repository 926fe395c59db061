"""OpenAI's rows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai.types.chat import ChatCompletionMessageParam
from pydantic import TypeAdapter

from ftdata.release.examples import Example, Message
from ftdata.release.exports.exporter import Problem
from ftdata.release.exports.openai import OPENAI, openai_problems, openai_rows, read_openai
from ftdata_tests.release.exports.conversations import call, rules

CALLS = [{"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]
VALIDATOR: TypeAdapter[list[ChatCompletionMessageParam]] = TypeAdapter(
    list[ChatCompletionMessageParam]
)


def said(role: str, content: str | None, weight: int | None = None, **values: object) -> Message:
    blank = {"tool_calls": None, "tool_call_id": None, "name": None}
    return Message(role=role, content=content, weight=weight, **{**blank, **values})


def example(*messages: Message, tools: list[dict[str, object]] | None = None) -> Example:
    return Example(id="e", split="train", messages=list(messages), tools=tools)


def test_weights_are_left_out_where_all_is_trained_on() -> None:
    (row,) = openai_rows(example(said("user", "q"), said("assistant", "a", 1)))
    assert row == {
        "messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]
    }


def test_weights_stand_on_every_assistant_turn_where_one_is_context() -> None:
    turns = (said("user", "q"), said("assistant", "a", 0), said("user", "r"))
    (row,) = openai_rows(example(*turns, said("assistant", "b", 1)))
    assert [message.get("weight") for message in row["messages"]] == [None, 0, None, 1]


@pytest.mark.parametrize("content", [None, ""])
def test_a_tool_call_without_words_has_no_content(content: str | None) -> None:
    (row,) = openai_rows(example(said("assistant", content, 1, tool_calls=CALLS)))
    assert row["messages"] == [{"role": "assistant", "tool_calls": CALLS}]


def test_a_tool_call_with_words_keeps_them() -> None:
    (row,) = openai_rows(example(said("assistant", "Let me look.", 1, tool_calls=CALLS)))
    assert list(row["messages"][0]) == ["role", "content", "tool_calls"]


def test_an_empty_text_stays_an_empty_text() -> None:
    (row,) = openai_rows(example(said("tool", "", tool_call_id="c1")))
    assert row["messages"] == [{"role": "tool", "content": "", "tool_call_id": "c1"}]


def test_a_name_is_written_where_the_types_know_one() -> None:
    messages = said("user", "q", name="ann"), said("tool", "18", tool_call_id="c1", name="f")
    (row,) = openai_rows(example(*messages))
    assert [message.get("name") for message in row["messages"]] == ["ann", None]


def test_a_name_that_openai_refuses_is_left_out_and_told() -> None:
    told = example(said("user", "q", name="Ann Lee"), said("assistant", "a", 1, name="bot"))
    loss, row = OPENAI.rows(told)
    assert isinstance(loss, Problem)
    assert (loss.rule, loss.level) == ("message_name", "warning")
    assert isinstance(row, dict)
    assert [message.get("name") for message in row["messages"]] == [None, "bot"]
    assert list(openai_problems(row)) == []


def test_tools_stand_beside_the_messages() -> None:
    tools: list[dict[str, object]] = [{"type": "function", "function": {"name": "f"}}]
    (row,) = openai_rows(example(said("user", "q"), tools=tools))
    assert list(row) == ["messages", "tools"]


USER = st.builds(said, st.just("user"), st.text(), st.none())
ASSISTANT = st.builds(said, st.just("assistant"), st.text(), st.sampled_from([0, 1]))
CALLING = st.builds(
    lambda weight: said("assistant", None, weight, tool_calls=CALLS), st.sampled_from([0, 1])
)
TOOL = st.builds(lambda text: said("tool", text, tool_call_id="c1"), st.text())


@given(st.lists(st.one_of(USER, ASSISTANT, CALLING, TOOL), min_size=1))
def test_every_row_passes_openais_own_types(messages: list[Message]) -> None:
    (row,) = openai_rows(example(*messages))
    validated = VALIDATOR.validate_python(row["messages"])
    calls = [call for message in validated for call in message.get("tool_calls", [])]
    assert len(calls) == sum(message.tool_calls is not None for message in messages)
    assert [message.get("content") for message in row["messages"]] == [
        message.content for message in messages
    ]


HI, REPLY = {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."}
CALLING = {"role": "assistant", "tool_calls": CALLS}
RESULT = {"role": "tool", "content": "1", "tool_call_id": "c1"}
ROW = {"messages": [HI, REPLY]}
TOOLS = [{"type": "function", "function": {"name": "f"}}]

TEXT = {"type": "text", "text": "What is this?"}
PICTURE = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}


def messages(*given_messages: Any) -> dict[str, Any]:
    return {"messages": list(given_messages)}


def calling(**values: Any) -> dict[str, Any]:
    return messages(HI, {**CALLING, "tool_calls": [{**CALLS[0], **values}]})


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("row_no_object", [ROW]),
        ("no_messages", {"prompt": "Hi"}),
        ("message_no_object", messages(HI, "Hello.")),
        ("unknown_key", {**ROW, "id": 1}),
        ("unknown_key", messages({**HI, "text": "a"}, REPLY)),
        ("unknown_role", messages({"role": "human", "content": "Hi"}, REPLY)),
        ("unknown_role", messages({"content": "Hi"}, REPLY)),
        ("no_content", messages({"role": "user"}, REPLY)),
        ("no_content", messages(HI, {"role": "assistant", "content": None})),
        ("content_no_text", messages(HI, {"role": "assistant", "content": 5})),
        ("content_no_text", messages(HI, {"role": "assistant", "content": []})),
        ("part_unknown", messages(HI, {"role": "assistant", "content": ["Hello."]})),
        ("part_unknown", messages({"role": "user", "content": [{"type": "text"}]}, REPLY)),
        ("part_unknown", messages(HI, {"role": "assistant", "content": [PICTURE]})),
        ("message_name", messages({**HI, "name": "ann lee"}, REPLY)),
        ("message_name", messages({**HI, "name": "<ann>"}, REPLY)),
        ("message_name", messages({**HI, "name": ""}, REPLY)),
        ("message_name", messages({**HI, "name": "a" * 65}, REPLY)),
        ("message_name", messages({**HI, "name": 1}, REPLY)),
        ("call_id", calling(id=None)),
        ("call_id", calling(id="")),
        ("call_type", calling(type="tool")),
        ("function_name", calling(function={"name": "a.b", "arguments": "{}"})),
        ("function_name", calling(function={"name": "a" * 65, "arguments": "{}"})),
        ("arguments_form", calling(function={"name": "f", "arguments": {}})),
        ("arguments_no_json", calling(function={"name": "f", "arguments": "a=1"})),
        ("arguments_no_json", calling(function={"name": "f", "arguments": "[1]"})),
        ("call_no_function", calling(function="f")),
        ("no_calls", messages(HI, {**CALLING, "tool_calls": []})),
        ("calls_of_others", messages({**HI, "tool_calls": CALLS}, REPLY)),
        ("orphan_tool_result", messages(HI, RESULT, REPLY)),
        ("orphan_tool_result", messages(HI, CALLING, RESULT, RESULT, REPLY)),
        ("unanswered_tool_call", messages(HI, CALLING, REPLY)),
        ("weight", messages(HI, {**REPLY, "weight": 1.0})),
        ("weight", messages(HI, {**REPLY, "weight": "1"})),
        ("weight", messages(HI, {**REPLY, "weight": True})),
        ("weight_of_others", messages({**HI, "weight": 0}, REPLY)),
        ("nothing_trained", messages(HI)),
        ("nothing_trained", messages(HI, {**REPLY, "weight": 0})),
        ("parallel_tool_calls", {**ROW, "tools": TOOLS, "parallel_tool_calls": "yes"}),
        ("tools_no_list", {**ROW, "tools": {}}),
        ("tool_no_function", {**ROW, "tools": [{"name": "f"}]}),
        ("tool_no_function", {**ROW, "tools": [{"function": {"name": "f"}}]}),
        ("function_name", {**ROW, "tools": [{"type": "function", "function": {"name": "a b"}}]}),
    ],
)
def test_a_wrong_row_breaks_this_rule(rule: str, row: Any) -> None:
    assert rule in rules(openai_problems(row))


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("null_content", messages(HI, {**CALLING, "content": None})),
        ("last_role", messages(HI, REPLY, HI)),
        ("nul", messages({"role": "user", "content": "a\0b"}, REPLY)),
        ("parallel_tool_calls", {**ROW, "parallel_tool_calls": True}),
        ("part_unread", messages({"role": "user", "content": [TEXT, PICTURE]}, REPLY)),
    ],
)
def test_what_passes_and_trains_amiss_is_warned_of(rule: str, row: Any) -> None:
    assert rules(openai_problems(row)) == []
    assert rules(openai_problems(row), "warning") == [rule]


@pytest.mark.parametrize(
    "row",
    [
        messages({"role": "developer", "content": "Be brief."}, HI, REPLY),
        messages({**HI, "name": "ann"}, {**REPLY, "name": "bot"}),
        messages(REPLY, HI, {**REPLY, "weight": 0}, HI, {**REPLY, "weight": 1}),
        {**messages(HI, CALLING, RESULT, REPLY), "tools": TOOLS, "parallel_tool_calls": False},
        messages(HI, {**CALLING, "tool_calls": [call(id="a"), call(id="b")]}),
    ],
)
def test_a_right_row_has_no_problem(row: dict[str, Any]) -> None:
    assert list(openai_problems(row)) == []
    VALIDATOR.validate_python(
        [{key: one[key] for key in one if key != "weight"} for one in row["messages"]]
    )


def test_the_texts_of_parts_are_read() -> None:
    row = messages({"role": "user", "content": [TEXT, PICTURE, {**TEXT, "text": "Say."}]}, REPLY)
    assert read_openai(row).messages[0].content == "What is this?\nSay."
    VALIDATOR.validate_python(row["messages"])


def test_ten_rows_and_512_megabytes_are_its_limits() -> None:
    assert (OPENAI.status, OPENAI.limits.rows["train"]) == ("sunset", (10, None))
    assert OPENAI.limits.max_bytes == 512 * 1024 * 1024
