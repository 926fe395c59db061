"""Rows for Amazon Nova, shown to boto's description of the Converse API."""

from __future__ import annotations

from functools import cache
from typing import Any

import botocore.session
import pytest
from botocore.validate import ParamValidator
from hypothesis import given, settings

from ftdata.release.examples import Example
from ftdata.release.exports.nova import nova_problems, nova_rows
from ftdata_tests.release.exports.conversations import HELLO, TWO_TURNS, conversations, rules

USER = {"role": "user", "content": [{"text": "Hi"}]}
REPLY = {"role": "assistant", "content": [{"text": "Hello."}]}
SCHEMA = {"schemaVersion": "bedrock-conversation-2024"}
ROW = {**SCHEMA, "messages": [USER, REPLY]}


@cache
def converse() -> Any:
    model = botocore.session.get_session().get_service_model("bedrock-runtime")
    return model.operation_model("Converse").input_shape


def invalid(row: dict[str, Any]) -> str:
    """What boto says of the row as a request."""
    request = {key: value for key, value in row.items() if key != "schemaVersion"}
    return str(ParamValidator().validate({"modelId": "m", **request}, converse()).generate_report())


def test_an_example_becomes_this_row() -> None:
    assert list(nova_rows(HELLO)) == [ROW]


def test_the_system_message_stands_apart() -> None:
    (row,) = nova_rows(TWO_TURNS)
    assert list(row) == ["schemaVersion", "system", "messages"]
    assert row["system"] == [{"text": "Be brief."}]


@settings(max_examples=30)
@given(conversations(calls=False))
def test_what_passes_our_rules_passes_those_of_boto(told: Example) -> None:
    for row in nova_rows(told):
        if not rules(nova_problems(row)):
            assert invalid(row) == ""


def test_boto_sees_what_is_wrong() -> None:
    assert "Unknown parameter" in invalid({**ROW, "tools": []})


def spoken(text: object) -> dict[str, Any]:
    return {**ROW, "messages": [{"role": "user", "content": [{"text": text}]}, REPLY]}


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("row_no_object", "Hi"),
        ("no_messages", SCHEMA),
        ("message_no_object", {**ROW, "messages": [None]}),
        ("schema_version", {"messages": [USER, REPLY]}),
        ("schema_version", {**ROW, "schemaVersion": "bedrock-conversation-2023"}),
        ("unknown_key", {**ROW, "toolConfig": {}}),
        ("unknown_key", {**ROW, "messages": [{**USER, "weight": 1}, REPLY]}),
        ("unknown_key", {**ROW, "messages": [{"role": "user", "content": [{"image": {}}]}, REPLY]}),
        ("unknown_role", {**ROW, "messages": [{**USER, "role": "human"}, REPLY]}),
        ("content_no_blocks", {**ROW, "messages": [{"role": "user", "content": "Hi"}, REPLY]}),
        ("content_no_blocks", {**ROW, "messages": [{"role": "user", "content": ["Hi"]}, REPLY]}),
        ("content_no_blocks", {**ROW, "messages": [{"role": "user", "content": []}, REPLY]}),
        ("content_no_blocks", {**ROW, "system": "Be brief."}),
        ("content_no_text", spoken(1)),
        ("empty_text", spoken("")),
        ("empty_text", {**ROW, "system": [{"text": ""}]}),
        ("reserved_text", spoken("I asked. User: hi")),
        ("reserved_text", spoken("the robot: it moves")),
        ("reserved_text", spoken("[EOS]")),
        ("reserved_text", spoken("see <image>")),
        ("reserved_text", {**ROW, "system": [{"text": "SYSTEM: be brief"}]}),
        ("first_role", {**ROW, "messages": [REPLY]}),
        ("role_order", {**ROW, "messages": [USER, REPLY, REPLY]}),
        ("last_role", {**ROW, "messages": [USER]}),
    ],
)
def test_a_wrong_row_breaks_this_rule(rule: str, row: Any) -> None:
    assert rule in rules(nova_problems(row))


@pytest.mark.parametrize("text", ["users say so", "system", "EOS", "<images>", "A thought"])
def test_a_word_alone_is_not_reserved(text: str) -> None:
    assert list(nova_problems(spoken(text))) == []
