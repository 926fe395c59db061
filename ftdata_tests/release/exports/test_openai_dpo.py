"""OpenAI's preference rows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.release.examples import Example, Message
from ftdata.release.exports.openai_dpo import openai_dpo_problems, openai_dpo_rows
from ftdata_tests.release.exports.conversations import rules
from ftdata_tests.release.exports.test_openai import CALLS, VALIDATOR, example, said

TOOLS = [{"type": "function", "function": {"name": "f"}}]


def pair(*messages: Message, rejected: str = "What?", **values: list[dict[str, object]]) -> Example:
    return example(*messages, **values)._replace(rejected=rejected)


def test_a_pair_becomes_this_row() -> None:
    (row,) = openai_dpo_rows(
        pair(
            said("system", "Be kind."),
            said("user", "Hi"),
            said("assistant", "Hm.", 0),
            said("user", "Hi!"),
            said("assistant", "Hello.", 1),
        )
    )
    assert row == {
        "input": {
            "messages": [
                {"role": "system", "content": "Be kind."},
                {"role": "user", "content": "Hi"},
                {"role": "assistant", "content": "Hm."},
                {"role": "user", "content": "Hi!"},
            ]
        },
        "preferred_output": [{"role": "assistant", "content": "Hello."}],
        "non_preferred_output": [{"role": "assistant", "content": "What?"}],
    }


def test_tools_stand_in_the_input() -> None:
    call, result = (
        said("assistant", None, 0, tool_calls=CALLS),
        said("tool", "1", tool_call_id="c1"),
    )
    turns = (said("user", "q"), call, result, said("assistant", "One.", 1))
    (row,) = openai_dpo_rows(pair(*turns, tools=TOOLS))
    assert row["input"]["tools"] == TOOLS
    assert row["input"]["parallel_tool_calls"] is True
    assert row["input"]["messages"][1] == {"role": "assistant", "tool_calls": CALLS}


@given(st.lists(st.text(), max_size=4), st.text(), st.text())
def test_every_part_is_valid_for_the_openai_package(
    said_before: list[str], chosen: str, rejected: str
) -> None:
    turns = [said("user", text) for text in said_before]
    (row,) = openai_dpo_rows(pair(*turns, said("assistant", chosen, 1), rejected=rejected))
    for output in ("preferred_output", "non_preferred_output"):
        assert len(row[output]) == 1
        VALIDATOR.validate_python([*row["input"]["messages"], *row[output]])


HI, GOOD, BAD = (
    {"role": role, "content": content}
    for role, content in (("user", "Hi"), ("assistant", "Hello."), ("assistant", "What?"))
)
ROW = {
    "input": {"messages": [HI]},
    "preferred_output": [GOOD],
    "non_preferred_output": [BAD],
}


def given_input(**values: Any) -> dict[str, Any]:
    return {**ROW, "input": {"messages": [HI], **values}}


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("no_input", "pair"),
        ("no_input", {**ROW, "input": "Hi"}),
        ("no_messages", given_input(messages=[])),
        ("unknown_key", {**ROW, "prompt": "Hi"}),
        ("unknown_key", given_input(model="m")),
        ("unknown_role", given_input(messages=[{"role": "human", "content": "Hi"}])),
        ("message_name", given_input(messages=[{**HI, "name": "a b"}])),
        ("tools_no_list", given_input(tools="f")),
        ("parallel_tool_calls", given_input(tools=TOOLS, parallel_tool_calls=1)),
        ("output_no_message", {**ROW, "preferred_output": []}),
        ("output_no_message", {**ROW, "preferred_output": [GOOD, GOOD]}),
        ("output_no_message", {**ROW, "non_preferred_output": None}),
        ("unknown_role", {**ROW, "non_preferred_output": [HI]}),
        ("call_id", {**ROW, "preferred_output": [{**GOOD, "tool_calls": [{**CALLS[0], "id": 1}]}]}),
        ("same_outputs", {**ROW, "non_preferred_output": [GOOD]}),
    ],
)
def test_a_wrong_row_breaks_this_rule(rule: str, row: Any) -> None:
    assert rule in rules(openai_dpo_problems(row))


def test_a_right_row_has_no_problem() -> None:
    assert list(openai_dpo_problems(given_input(tools=TOOLS, parallel_tool_calls=False))) == []
