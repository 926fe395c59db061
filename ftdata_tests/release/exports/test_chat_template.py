"""Rows of messages for chat templates: what TRL, Axolotl, Unsloth, MLX-LM and NeMo share."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.release.exports.chat_template import (
    read_template,
    template_message,
    template_problems,
    until_last_trained,
)
from ftdata_tests.release.exports.conversations import TOOLS, call, rules, said

USER = {"role": "user", "content": "Hi"}
REPLY = {"role": "assistant", "content": "Hello."}
OBJECT = {**call(), "function": {"name": "weather", "arguments": {"city": "Paris"}}}
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["messages", "tools", "role", "content", "tool_calls", "function"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


def test_every_message_has_a_content() -> None:
    asked = template_message(said("assistant", None, tool_calls=[call()]))
    assert asked == {"role": "assistant", "content": "", "tool_calls": [OBJECT]}


def test_the_name_of_a_tool_stays() -> None:
    result = template_message(said("tool", "18 C", tool_call_id="c1", name="weather"))
    assert result["name"] == "weather"


def test_a_developer_speaks_as_the_system() -> None:
    assert template_message(said("developer", "Be brief."))["role"] == "system"


def test_what_follows_the_last_trained_reply_is_left_out() -> None:
    turns = [said("user", "a"), said("assistant", "b", 1), said("user", "c")]
    assert list(until_last_trained([*turns, said("assistant", "d", 0)])) == turns[:2]
    assert list(until_last_trained(turns[:1])) == []


BAD: list[tuple[str, Any]] = [
    ("row_no_object", []),
    ("no_messages", {}),
    ("no_messages", {"messages": []}),
    ("message_no_object", {"messages": ["Hi"]}),
    ("unknown_role", {"messages": [{"role": "human", "content": "Hi"}, REPLY]}),
    ("unknown_role", {"messages": [{"role": ["user"], "content": "Hi"}, REPLY]}),
    ("unknown_key", {"messages": [USER, {**REPLY, "weight": 0}]}),
    ("no_content", {"messages": [{"role": "user"}, REPLY]}),
    ("content_no_text", {"messages": [{"role": "user", "content": [USER]}, REPLY]}),
    ("arguments_form", {"messages": [USER, {**REPLY, "tool_calls": [call()]}]}),
    ("orphan_tool_result", {"messages": [USER, {"role": "tool", "content": "1"}, REPLY]}),
    ("unanswered_tool_call", {"messages": [USER, {**REPLY, "tool_calls": [OBJECT]}, USER]}),
    ("nothing_trained", {"messages": [USER]}),
    ("tools_no_list", {"messages": [USER, REPLY], "tools": {"name": "f"}}),
    ("tools_no_json", {"messages": [USER, REPLY], "tools": "f"}),
    ("tool_no_function", {"messages": [USER, REPLY], "tools": [{"name": "f"}]}),
]


@pytest.mark.parametrize(("rule", "row"), BAD)
def test_a_bad_row_gives_its_rule(rule: str, row: Any) -> None:
    assert rule in rules(template_problems(row))


def test_a_system_message_after_the_start_is_warned_about() -> None:
    late = {"messages": [USER, {"role": "system", "content": "x"}, REPLY]}
    assert rules(template_problems(late)) == []
    assert rules(template_problems(late), "warning") == ["system_place"]


@pytest.mark.parametrize(
    "tools", [TOOLS, None, "", '[{"type":"function","function":{"name":"f"}}]']
)
def test_tools_are_a_list_or_its_text(tools: Any) -> None:
    row = {"messages": [USER, REPLY], "tools": tools}
    assert not list(template_problems(row))
    assert (read_template(row).tools is None) == (not tools)


@given(JSON)
def test_no_value_makes_the_rules_fail(value: Any) -> None:
    assert all(problem.message for problem in template_problems(value))
