"""Mistral's texts."""

from __future__ import annotations

import pytest

from ftdata.release.exports.exporter import Problem
from ftdata.release.exports.text_mistral import TEXT_MISTRAL
from ftdata_tests.release.exports.conversations import TOOLS, WEATHER, call, example, said

OFFERED = (
    '[AVAILABLE_TOOLS][{"type": "function", "function": {"name": "weather", "description":'
    ' "Tells the weather.", "parameters": {"type": "object", "properties":'
    ' {"city": {"type": "string"}}}}}][/AVAILABLE_TOOLS]'
)


def test_a_call_and_its_result_become_this_text() -> None:
    (row,) = TEXT_MISTRAL.rows(example(said("system", "Be brief."), *WEATHER.messages, tools=TOOLS))
    assert row == {
        "text": f"<s>[SYSTEM_PROMPT]Be brief.[/SYSTEM_PROMPT]{OFFERED}[INST]Paris?[/INST]"
        '[TOOL_CALLS]weather[ARGS]{"city": "Paris"}</s>'
        "[TOOL_RESULTS]18 C[/TOOL_RESULTS]18 degrees.</s>"
    }


def test_words_and_calls_stand_together() -> None:
    calls = [call(arguments="{}", id="call_0"), call(id="call_1")]
    results = [said("tool", text, tool_call_id=f"call_{n}") for n, text in enumerate("ab")]
    told = example(said("user", "q"), said("assistant", "Wait.", 1, tool_calls=calls), *results)
    (row,) = TEXT_MISTRAL.rows(told)
    assert row == {
        "text": "<s>[INST]q[/INST]Wait.[TOOL_CALLS]weather[ARGS]{}"
        '[TOOL_CALLS]weather[ARGS]{"city": "Paris"}</s>'
        "[TOOL_RESULTS]a[/TOOL_RESULTS][TOOL_RESULTS]b[/TOOL_RESULTS]"
    }


def test_an_empty_reply_is_refused() -> None:
    (problem,) = TEXT_MISTRAL.rows(example(said("user", "Hi"), said("assistant", "", 1)))
    assert isinstance(problem, Problem)
    assert problem.rule == "empty_text"


def test_two_users_in_a_row_are_refused() -> None:
    told = example(said("user", "Hi"), said("user", "there"), said("assistant", "Hello.", 1))
    (problem,) = TEXT_MISTRAL.rows(told)
    assert isinstance(problem, Problem)
    assert (problem.rule, problem.where) == ("role_order", "messages[1].role")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("<s>[INST]Hi[/INST][TOOL_CALLS]f[ARGS]none</s>", "arguments_no_json"),
        ("<s>[AVAILABLE_TOOLS]none[/AVAILABLE_TOOLS][INST]Hi[/INST]Hello.</s>", "tools_no_list"),
        ("<s>[INST]Hi[INST][/INST]Hello.</s>", "template_marker"),
        ("<s>[INST]Hi[/INST]Hello.", "template_form"),
    ],
)
def test_bad_texts(text: str, rule: str) -> None:
    assert [problem.rule for problem in TEXT_MISTRAL.problems({"text": text})] == [rule]
