"""What holds for every target of rendered text."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ftdata.release.examples import Example, Message
from ftdata.release.exports.exporter import Exporter, Problem, Reading
from ftdata.release.exports.text_chatml import TEXT_CHATML
from ftdata.release.exports.text_gemma import TEXT_GEMMA
from ftdata.release.exports.text_llama3 import TEXT_LLAMA3
from ftdata.release.exports.text_mistral import TEXT_MISTRAL
from ftdata.release.exports.text_qwen import TEXT_QWEN
from ftdata_tests.release.exports.conversations import (
    TOOLS,
    WEATHER,
    call,
    conversations,
    example,
    plain,
    said,
)
from ftdata_tests.release.given import AWKWARD

ALL = (TEXT_CHATML, TEXT_GEMMA, TEXT_LLAMA3, TEXT_MISTRAL, TEXT_QWEN)
WITH_TOOLS = (TEXT_LLAMA3, TEXT_MISTRAL, TEXT_QWEN)
MARKERS = {
    "text_chatml": ("<|im_start|>", "<|im_end|>\n<|im_start|>assistant\nYes."),
    "text_gemma": ("<start_of_turn>", "<end_of_turn>\n<start_of_turn>model\nYes.", "<bos>"),
    "text_llama3": ("<|eot_id|>", "<|start_header_id|>", "<|reserved_special_token_7|>"),
    "text_mistral": ("[INST]", "[/INST]Yes.</s>[INST]", "<s>", "[TOOL_CALLS]f[ARGS]{}"),
    "text_qwen": ("<|im_end|>", "<tool_call>", "</tool_response>", "<tools>", "<|fim_pad|>"),
}
named = pytest.mark.parametrize("target", ALL, ids=lambda target: target.name)
tooled = pytest.mark.parametrize("target", WITH_TOOLS, ids=lambda target: target.name)


def read_back(target: Exporter, told: Example) -> Reading | Problem:
    """The one row of the example, read; or why there is none."""
    row = next(iter(target.rows(told)))
    if isinstance(row, Problem):
        return row
    assert not list(target.problems(row))
    return target.read(row)


def is_refused(found: Reading | Problem) -> bool:
    """Whether a drawn text happens to hold a token of the template's."""
    return isinstance(found, Problem) and found.rule == "template_marker"


def spoken(target: Exporter, messages: list[Message]) -> list[Message]:
    """What a reader of the target's texts can know of the messages."""
    if target in (TEXT_LLAMA3, TEXT_GEMMA):
        messages = [
            m if m.role == "tool" or (target, m.role) == (TEXT_GEMMA, "system")
            else m._replace(content=(m.content or "").strip())
            for m in messages
        ]  # fmt: skip
    if target is TEXT_LLAMA3 and (messages[0].role, messages[0].content) == ("system", ""):
        messages = messages[1:]
    if target is TEXT_GEMMA and messages[0].role == "system":
        first = messages[1]._replace(content=f"{messages[0].content}\n\n{messages[1].content}")
        messages = [first, *messages[2:]]
    return [
        m._replace(content=(None if target is TEXT_LLAMA3 else m.content) or None)
        if m.tool_calls
        else m
        for m in messages
    ]


@named
@settings(max_examples=50)
@given(told=conversations(calls=False))
def test_a_conversation_is_read_back(target: Exporter, told: Example) -> None:
    found = read_back(target, told)
    assume(not is_refused(found))
    assert isinstance(found, Reading)
    assert plain(found.messages) == plain(spoken(target, told.messages))


@tooled
@settings(max_examples=50)
@given(data=st.data())
def test_tools_calls_and_results_are_read_back(target: Exporter, data: st.DataObject) -> None:
    told = data.draw(conversations(several=target is not TEXT_LLAMA3))
    found = read_back(target, told)
    assume(not is_refused(found))
    assert isinstance(found, Reading)
    assert plain(found.messages, ids=False) == plain(spoken(target, told.messages), ids=False)
    assert (found.tools or []) == (told.tools or [])


@named
@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_awkward_texts_survive(target: Exporter, text: str) -> None:
    told = example(said("user", text), said("assistant", f"{text}."))
    found = read_back(target, told)
    assert isinstance(found, Reading)
    assert plain(found.messages) == plain(spoken(target, told.messages))


@tooled
@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_awkward_arguments_and_results_survive(target: Exporter, text: str) -> None:
    asked, called, result, answered = WEATHER.messages
    given_text = orjson.dumps({text: [text]}).decode()
    called = called._replace(tool_calls=[call(arguments=given_text)])
    told = example(asked, called, result._replace(content=text), answered)
    found = read_back(target, told)
    assert isinstance(found, Reading)
    assert plain(found.messages, ids=False) == plain(told.messages, ids=False)


@named
@pytest.mark.parametrize("place", range(3))
def test_a_marker_in_a_message_is_refused(target: Exporter, place: int) -> None:
    for marker in MARKERS[target.name]:
        told = [said("system", "s"), said("user", "q"), said("assistant", "a", 1)]
        told[place] = told[place]._replace(content=f"Say {marker} now")
        found = read_back(target, example(*told))
        assert isinstance(found, Problem)
        assert (found.rule, found.where) == ("template_marker", f"messages[{place}]")


@named
def test_the_markers_of_others_are_text(target: Exporter) -> None:
    for name, markers in MARKERS.items():
        if name != target.name and {name, target.name} != {"text_chatml", "text_qwen"}:
            told = example(said("user", f"Say {' '.join(markers)}"), said("assistant", "No.", 1))
            found = read_back(target, told)
            assert isinstance(found, Reading)
            assert plain(found.messages) == plain(told.messages)


@tooled
def test_a_marker_in_arguments_or_tools_is_refused(target: Exporter) -> None:
    marker = MARKERS[target.name][0]
    asked, called, *rest = WEATHER.messages
    marked = call(arguments=orjson.dumps({"city": marker}).decode())
    offered = {"type": "function", "function": {"name": "f", "description": marker}}
    places = [
        read_back(target, example(asked, called._replace(tool_calls=[marked]), *rest)),
        read_back(target, WEATHER._replace(tools=[*TOOLS, offered])),
    ]
    assert [(p.rule, p.where) for p in places if isinstance(p, Problem)] == [
        ("template_marker", "messages[1]"),
        ("template_marker", "tools"),
    ]


@tooled
def test_results_follow_the_order_of_their_calls(target: Exporter) -> None:
    asked, called, result, answered = WEATHER.messages
    strange = result._replace(tool_call_id="other")
    found = read_back(target, example(asked, called, strange, answered))
    assert isinstance(found, Problem)
    assert (found.rule, found.where) == ("result_order", "messages[2]")
    found = read_back(target, example(asked, called, answered))
    assert isinstance(found, Problem)
    assert found.rule == "unanswered_tool_call"


@named
@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (None, "no_text"),
        ([], "no_text"),
        ({"text": None}, "no_text"),
        ({"text": ["Hi"]}, "no_text"),
        ({"text": "User: Hi"}, "template_form"),
    ],
)
def test_bad_rows(target: Exporter, row: object, rule: str) -> None:
    assert [problem.rule for problem in target.problems(row)] == [rule]


@named
def test_a_text_that_nothing_is_learnt_from_is_found(target: Exporter) -> None:
    row = next(iter(target.rows(example(said("user", "Hi")))))
    assert isinstance(row, dict)
    assert [problem.rule for problem in target.problems(row)] == ["nothing_trained"]


@named
def test_a_broken_off_text_is_found_at_its_place(target: Exporter) -> None:
    row = next(iter(target.rows(example(said("user", "Hi"), said("assistant", "Hello.", 1)))))
    assert isinstance(row, dict)
    (problem,) = target.problems({"text": f"{row['text']}and more"})
    assert problem.rule == "template_form"
    assert f"at character {len(row['text'])}" in problem.message


@named
@given(text=st.text())
def test_any_text_is_judged_without_an_error(target: Exporter, text: str) -> None:
    list(target.problems({"text": text}))


@tooled
@pytest.mark.parametrize("arguments", ["[]", "none", '"{}"', '{"id": 123456789012345678901234}'])
def test_arguments_that_are_no_object_are_refused(target: Exporter, arguments: str) -> None:
    asked, called, *rest = WEATHER.messages
    called = called._replace(tool_calls=[call(arguments=arguments)])
    found = read_back(target, example(asked, called, *rest))
    assert isinstance(found, Problem)
    assert found.rule == "arguments_no_json"
    assert found.where == "messages[1].tool_calls[0].function.arguments"


@tooled
@pytest.mark.parametrize("value", ["NaN", "9" * 40, '"\\ud800"', "[" * 5_000, "1e999", "{" * 5_000])
def test_strange_json_of_others_is_judged_without_an_error(target: Exporter, value: str) -> None:
    row = next(iter(target.rows(WEATHER)))
    assert isinstance(row, dict)
    for known in ('{"city": "Paris"}', '"object"', '{"type": "object", '):
        list(target.problems({"text": row["text"].replace(known, value)}))


@named
def test_a_call_of_no_function_is_refused(target: Exporter) -> None:
    asked, called, *rest = WEATHER.messages
    custom = {"id": "c1", "type": "custom", "custom": {"name": "g", "input": "text"}}
    found = read_back(target, example(asked, called._replace(tool_calls=[custom]), *rest))
    assert isinstance(found, Problem)
    assert (found.rule, found.where) == ("call_no_function", "messages[1].tool_calls[0]")
