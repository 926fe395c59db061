"""Rows for Gemini, shown to the types of google-genai, which forbid what they do not know."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import TypeAdapter

from ftdata.release.examples import Example
from ftdata.release.exports.gemini import gemini_problems, gemini_rows, read_gemini
from ftdata_tests.release.exports.conversations import (
    TOOLS,
    TWO_TURNS,
    WEATHER,
    call,
    conversations,
    example,
    rules,
    said,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the package's own, at its import
    from google.genai import types

CONTENTS: TypeAdapter[list[types.Content]] = TypeAdapter(list[types.Content])
GIVEN_TOOLS: TypeAdapter[list[types.Tool]] = TypeAdapter(list[types.Tool])


def validate(row: dict[str, Any]) -> None:
    """Raises ValidationError where Google's types do not take the row."""
    CONTENTS.validate_json(json.dumps(row["contents"]))
    for key in ("systemInstruction", "system_instruction"):
        if key in row:
            types.Content.model_validate_json(json.dumps(row[key]))
    if "tools" in row:
        GIVEN_TOOLS.validate_json(json.dumps(row["tools"]))


def user(*parts: Any) -> dict[str, Any]:
    return {"role": "user", "parts": list(parts)}


def model(*parts: Any) -> dict[str, Any]:
    return {"role": "model", "parts": list(parts)}


HI, HELLO = user({"text": "Hi"}), model({"text": "Hello."})
ASKED = model({"functionCall": {"name": "f", "args": {}}})
GAVE = user({"functionResponse": {"name": "f", "response": {"output": "1"}}})


def declared(**parameters: Any) -> dict[str, Any]:
    function = {"name": "f", "parameters": parameters}
    return {"contents": [HI, HELLO], "tools": [{"functionDeclarations": [function]}]}


def test_a_call_and_its_result_become_this_row() -> None:
    assert list(gemini_rows(WEATHER)) == [
        {
            "contents": [
                user({"text": "Paris?"}),
                model({"functionCall": {"name": "weather", "args": {"city": "Paris"}}}),
                user({"functionResponse": {"name": "weather", "response": {"output": "18 C"}}}),
                model({"text": "18 degrees."}),
            ],
            "tools": [
                {
                    "functionDeclarations": [
                        {
                            "name": "weather",
                            "description": "Tells the weather.",
                            "parameters": {
                                "type": "OBJECT",
                                "properties": {"city": {"type": "STRING"}},
                            },
                        }
                    ]
                }
            ],
        }
    ]


def test_the_system_message_stands_apart() -> None:
    (row,) = gemini_rows(TWO_TURNS)
    assert row["systemInstruction"] == {"parts": [{"text": "Be brief."}]}
    assert [content["role"] for content in row["contents"]] == ["user", "model"] * 2


def test_results_stand_in_the_order_of_their_calls() -> None:
    told = example(
        said("user", "Both?"),
        said("assistant", "Wait.", tool_calls=[call(id="a"), call(id="b")]),
        said("tool", "of b", tool_call_id="b"),
        said("tool", "of a", tool_call_id="a"),
        said("assistant", "Done."),
    )
    (row,) = gemini_rows(told)
    given_back = row["contents"][2]["parts"]
    assert [one["functionResponse"]["response"]["output"] for one in given_back] == ["of a", "of b"]
    assert list(gemini_problems(row)) == []
    results = {m.tool_call_id: m.content for m in read_gemini(row).messages if m.role == "tool"}
    assert results == {"call_1": "of a", "call_2": "of b"}


@pytest.mark.parametrize(
    ("rule", "messages"),
    [
        ("unknown_role", [said("tool", "1", tool_call_id="x"), said("assistant", "a")]),
        (
            "unknown_role",
            [
                said("assistant", None, tool_calls=[call()]),
                said("tool", "1", tool_call_id="c1"),
                said("tool", "2", tool_call_id="c1"),
                said("assistant", "a"),
            ],
        ),
        ("orphan_tool_result", [
            said("assistant", None, tool_calls=[call(id="a"), call(id="b")]),
            said("tool", "1", tool_call_id="b"),
            said("assistant", "a"),
        ]),
        ("unanswered_tool_call", [said("assistant", None, tool_calls=[call()]), said("user", "?"),
                                  said("assistant", "a")]),
        ("arguments_form", [said("assistant", None, tool_calls=[call(arguments="[1]")])]),
        ("arguments_form", [said("assistant", None, tool_calls=[call(arguments="broken")])]),
        ("arguments_form", [
            said("assistant", None, tool_calls=[call(arguments='{"n":123456789012345678901}')])
        ]),
        ("function_name", [said("assistant", None, tool_calls=[call(name="a.b")])]),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused(rule: str, messages: list[Any]) -> None:
    (row,) = gemini_rows(example(said("user", "q"), *messages))
    assert rule in rules(gemini_problems(row))


@settings(max_examples=40)
@given(conversations(several=True))
def test_what_passes_our_rules_passes_googles_types(told: Example) -> None:
    for row in gemini_rows(told):
        if not rules(gemini_problems(row)):
            validate(row)


def test_strict_is_left_out() -> None:
    tools = [{"type": "function", "function": {**TOOLS[0]["function"], "strict": True}}]
    (row,) = gemini_rows(WEATHER._replace(tools=tools))
    assert read_gemini(row).tools == TOOLS


def test_types_are_changed_in_all_depths_and_back() -> None:
    schema = {
        "type": "object",
        "properties": {
            "type": {"type": "array", "items": {"anyOf": [{"type": "number"}, {"type": "null"}]}},
        },
        "required": ["type"],
    }
    tools = [{"type": "function", "function": {"name": "f", "parameters": schema}}]
    (row,) = gemini_rows(WEATHER._replace(tools=tools))
    given_types = row["tools"][0]["functionDeclarations"][0]["parameters"]["properties"]["type"]
    assert given_types["items"]["anyOf"][0] == {"type": "NUMBER"}
    validate(row)
    assert read_gemini(row).tools == tools


def nested(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "OBJECT"}
    for _ in range(levels):
        schema = {"type": "ARRAY", "items": schema}
    return schema


ROW = {"contents": [HI, HELLO]}


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("row_no_object", None),
        ("no_messages", {}),
        ("no_messages", {"contents": "Hi"}),
        ("message_no_object", {"contents": [HI, []]}),
        ("unknown_key", {**ROW, "messages": []}),
        ("unknown_key", {"contents": [{**HI, "name": "ann"}, HELLO]}),
        ("unknown_role", {"contents": [HI, {"role": "assistant", "parts": [{"text": "a"}]}]}),
        ("no_content", {"contents": [HI, model()]}),
        ("no_content", {"contents": [HI, {"role": "model", "parts": "Hello."}]}),
        ("no_content", {**ROW, "systemInstruction": "Be brief."}),
        ("part_unknown", {**ROW, "systemInstruction": {"parts": ["Be brief."]}}),
        ("unknown_key", {**ROW, "systemInstruction": {"parts": [{"text": "a"}], "text": "b"}}),
        ("unknown_key", {
            **ROW,
            "systemInstruction": {"parts": [{"text": "a"}]},
            "system_instruction": {"parts": [{"text": "a"}]},
        }),
        ("part_unknown", {"contents": [HI, model("Hello.")]}),
        ("part_unknown", {"contents": [HI, model({"text": "a", "thought": True})]}),
        ("part_unknown", {"contents": [user(ASKED["parts"][0]), HELLO]}),
        ("empty_text", {"contents": [HI, model({"text": ""})]}),
        ("content_no_text", {"contents": [HI, model({"text": ["a"]})]}),
        ("call_no_function", {"contents": [HI, model({"functionCall": {}})]}),
        ("call_no_function", {"contents": [HI, model({"functionCall": "f"})]}),
        ("arguments_form", {"contents": [HI, model({"functionCall": {"name": "f", "args": ""}})]}),
        ("unknown_key", {
            "contents": [HI, model({"functionCall": {"name": "f", "args": {}, "id": "c1"}})]
        }),
        ("orphan_tool_result", {"contents": [GAVE, HELLO]}),
        ("unanswered_tool_call", {"contents": [HI, ASKED, HI, HELLO]}),
        ("first_role", {"contents": [HELLO]}),
        ("role_order", {"contents": [HI, HI, HELLO]}),
        ("last_role", {"contents": [HI]}),
        ("tools_no_list", {**ROW, "tools": {}}),
        ("tool_no_function", {**ROW, "tools": [{}]}),
        ("tool_no_function", {**ROW, "tools": [{"functionDeclarations": [{}]}]}),
        ("function_name", {**ROW, "tools": [{"functionDeclarations": [{"name": "a b"}]}]}),
        ("unknown_key", {**ROW, "tools": [{"functionDeclarations": [{"name": "f", "strict": 1}]}]}),
        ("tool_schema", declared(type="object")),
        ("tool_schema", declared(type=["STRING", "NULL"])),
        ("tool_schema", declared(type="OBJECT", properties={"a": {"type": "FLOAT"}})),
        ("tool_schema", declared(type="OBJECT", properties={"a": "STRING"})),
        ("tool_schema", declared(type="OBJECT", oneOf=[])),
        ("tool_schema", declared(type="STRING", enum=[1])),
        ("tool_schema", declared(**nested(500))),
    ],
)  # fmt: skip
def test_a_wrong_row_breaks_this_rule(rule: str, row: Any) -> None:
    assert rule in rules(gemini_problems(row))


@pytest.mark.parametrize(
    "row",
    [
        ROW,
        {**ROW, "system_instruction": {"role": "system", "parts": [{"text": "Be brief."}]}},
        {"contents": [HI, ASKED, GAVE, HELLO]},
        {"contents": [HI, ASKED]},
        declared(**nested(5)),
    ],
)
def test_a_right_row_has_no_problem(row: dict[str, Any]) -> None:
    assert list(gemini_problems(row)) == []
    validate(row)
