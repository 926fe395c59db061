"""Llama 3's texts."""

from __future__ import annotations

import pytest

from ftdata.release.exports.exporter import Problem
from ftdata.release.exports.text_llama3 import TEXT_LLAMA3
from ftdata_tests.release.exports.conversations import TOOLS, WEATHER, call, example, said

DATES = "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n"
OFFER = """\
Given the following functions, please respond with a JSON for a function call with its proper \
arguments that best answers the given prompt.

Respond in the format {"name": function name, "parameters": dictionary of argument name and its \
value}.Do not use variables.

{
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Tells the weather.",
        "parameters": {
            "type": "object",
            "properties": {
                "city": {
                    "type": "string"
                }
            }
        }
    }
}

"""


def turn(role: str, text: str) -> str:
    return f"<|start_header_id|>{role}<|end_header_id|>\n\n{text}<|eot_id|>"


def test_a_conversation_becomes_this_text() -> None:
    told = example(said("system", "Be brief."), said("user", "Hi"), said("assistant", "Hello.", 1))
    (row,) = TEXT_LLAMA3.rows(told)
    assert row == {
        "text": "<|begin_of_text|>"
        + turn("system", f"{DATES}Be brief.")
        + turn("user", "Hi")
        + turn("assistant", "Hello.")
    }


def test_a_call_and_its_result_become_this_text() -> None:
    (row,) = TEXT_LLAMA3.rows(WEATHER)
    assert row == {
        "text": "<|begin_of_text|>"
        + turn("system", f"Environment: ipython\n{DATES}")
        + turn("user", f"{OFFER}Paris?")
        + turn("assistant", '{"name": "weather", "parameters": {"city": "Paris"}}')
        + turn("ipython", '"18 C"')
        + turn("assistant", "18 degrees.")
    }


def test_white_space_at_the_ends_is_a_loss() -> None:
    row, loss = TEXT_LLAMA3.rows(example(said("user", " Hi\n"), said("assistant", "Hello.", 1)))
    assert isinstance(row, dict)
    assert turn("user", "Hi") in row["text"]
    assert isinstance(loss, Problem)
    assert (loss.rule, loss.level) == ("outer_space", "warning")


def test_words_beside_a_call_are_a_loss() -> None:
    asked, called, *rest = WEATHER.messages
    row, loss = TEXT_LLAMA3.rows(example(asked, called._replace(content="Wait."), *rest))
    assert isinstance(row, dict)
    assert "Wait." not in row["text"]
    assert isinstance(loss, Problem)
    assert (loss.rule, loss.level) == ("words_beside_call", "warning")


def test_two_calls_in_a_turn_are_refused() -> None:
    calls = said(
        "assistant",
        None,
        1,
        tool_calls=[call(arguments="{}", id="call_0"), call(arguments="{}", id="call_1")],
    )
    results = [said("tool", "a", tool_call_id=f"call_{n}") for n in range(2)]
    (problem,) = TEXT_LLAMA3.rows(example(said("user", "q"), calls, *results))
    assert isinstance(problem, Problem)
    assert problem.rule == "several_calls"


def test_tools_need_a_user_to_be_offered_to() -> None:
    (problem,) = TEXT_LLAMA3.rows(example(said("assistant", "Hello.", 1), tools=TOOLS))
    assert isinstance(problem, Problem)
    assert problem.rule == "role_order"


@pytest.mark.parametrize(
    ("role", "text"),
    [("assistant", '{"name": "weather", "parameters": {}}'), ("user", f"{OFFER}Paris?")],
)
def test_a_text_that_looks_like_the_templates_own_is_refused(role: str, text: str) -> None:
    told = {"user": "Hi", "assistant": "Hello.", role: text}
    (problem,) = TEXT_LLAMA3.rows(example(*(said(name, one) for name, one in told.items())))
    assert isinstance(problem, Problem)
    assert problem.rule == "template_marker"


@pytest.mark.parametrize(
    "system",
    ["Be brief.", "Cutting Knowledge Date: March 2024\nToday Date: 1 May 2026\n\nBe brief."],
)
def test_texts_of_llama_3_and_of_other_days_are_read(system: str) -> None:
    text = "<|begin_of_text|>" + turn("system", system) + turn("assistant", "Hello.")
    assert not list(TEXT_LLAMA3.problems({"text": text}))
    assert TEXT_LLAMA3.read({"text": text}).messages[0].content == "Be brief."
