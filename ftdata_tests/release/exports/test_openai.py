"""OpenAI's rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai.types.chat import ChatCompletionMessageParam
from pydantic import TypeAdapter

from ftdata.release.examples import Example, Message
from ftdata.release.exports.openai import openai_rows

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
