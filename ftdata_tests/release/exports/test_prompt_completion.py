"""Prompt/completion pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.release.examples import Message
from ftdata.release.exports.prompt_completion import (
    PROMPT_COMPLETION,
    prompt_completion_exporter,
    prompt_completion_rows,
)
from ftdata.settings_exports import PromptCompletion
from ftdata_tests.release.exports.test_openai import CALLS, example, said

ENDS = prompt_completion_exporter(PromptCompletion(separator=" ->", prefix=" ", stop=" END"))


def test_a_single_turn_keeps_its_bare_text() -> None:
    rows = prompt_completion_rows(example(said("user", "Hi"), said("assistant", "Hello.", 1)))
    assert list(rows) == [{"prompt": "Hi", "completion": "Hello."}]


def test_the_system_prompt_comes_before_it() -> None:
    turns = (said("system", "Be brief."), said("user", "Hi"), said("assistant", "Hello.", 1))
    assert list(prompt_completion_rows(example(*turns))) == [
        {"prompt": "Be brief.\n\nHi", "completion": "Hello."}
    ]


def test_later_turns_show_who_said_what() -> None:
    turns = (
        said("system", "Be brief."),
        said("user", "Hi"),
        said("assistant", "Hello.", 1),
        said("user", "Bye"),
        said("assistant", "See you.", 1),
    )
    assert list(prompt_completion_rows(example(*turns)))[1] == {
        "prompt": ("System: Be brief.\n\nUser: Hi\n\nAssistant: Hello.\n\nUser: Bye\n\nAssistant:"),
        "completion": "See you.",
    }


def test_a_turn_of_weight_0_is_only_context() -> None:
    turns = (
        said("user", "q"),
        said("assistant", "wrong", 0),
        said("user", "r"),
        said("assistant", "b", 1),
    )
    (row,) = prompt_completion_rows(example(*turns))
    assert "Assistant: wrong" in row["prompt"]
    assert row["completion"] == "b"


def test_tool_calls_become_json_text() -> None:
    turns = (
        said("user", "q"),
        said("assistant", "Wait.", 1, tool_calls=CALLS),
        said("tool", "18 C", tool_call_id="c1"),
        said("assistant", "18.", 1),
    )
    call = '[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]'
    assert list(prompt_completion_rows(example(*turns))) == [
        {"prompt": "q", "completion": f"Wait.\n{call}"},
        {
            "prompt": f"User: q\n\nAssistant: Wait.\n{call}\n\nTool: 18 C\n\nAssistant:",
            "completion": "18.",
        },
    ]


def test_an_assistant_that_speaks_first_is_labelled() -> None:
    (row,) = prompt_completion_rows(example(said("assistant", "How can I help?", 1)))
    assert row == {"prompt": "Assistant:", "completion": "How can I help?"}


@given(
    st.lists(
        st.tuples(st.sampled_from(["system", "user", "assistant"]), st.text(), st.integers(0, 1))
    )
)
def test_one_row_for_each_trained_turn(turns: list[tuple[str, str, int]]) -> None:
    messages = [Message(*turn, None, None, None) for turn in turns]
    rows = list(prompt_completion_rows(example(*messages)))
    assert [row["completion"] for row in rows] == [
        text for role, text, weight in turns if role == "assistant" and weight == 1
    ]


def test_prompts_and_completions_get_their_ends() -> None:
    told = example(said("user", "Hi"), said("assistant", "Hello.", 1))
    assert list(ENDS.rows(told)) == [{"prompt": "Hi ->", "completion": " Hello. END"}]


@given(st.text(), st.text(min_size=1))
def test_what_stands_around_the_texts_is_read_away(prompt: str, completion: str) -> None:
    told = example(said("user", prompt), said("assistant", completion, 1))
    (row,) = ENDS.rows(told)
    assert isinstance(row, dict)
    if not list(ENDS.problems(row)):
        assert ENDS.read(row).messages == told.messages


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({"prompt": "Hi", "completion": " Hello. END"}, "no_separator"),
        ({"prompt": "Hi -> there ->", "completion": " Hello. END"}, "separator_in_text"),
        ({"prompt": "Hi ->", "completion": "Hello. END"}, "no_prefix"),
        ({"prompt": "Hi ->", "completion": " Hello."}, "no_stop"),
        ({"prompt": "Hi ->", "completion": " The END is near. END"}, "stop_in_text"),
        ({"prompt": "Hi ->", "completion": "  END"}, "empty_completion"),
        ({"prompt": 1, "completion": " Hello. END"}, "no_text"),
        ({"prompt": "Hi ->"}, "no_text"),
        ("Hi", "row_no_object"),
    ],
)
def test_bad_rows_with_ends(row: object, rule: str) -> None:
    assert [problem.rule for problem in ENDS.problems(row)] == [rule]


def test_without_ends_any_text_is_right() -> None:
    row = {"prompt": "### END ->", "completion": " END"}
    assert not list(PROMPT_COMPLETION.problems(row))
