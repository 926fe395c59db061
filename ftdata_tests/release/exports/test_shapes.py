"""Rules about shapes that targets share."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.release.exports.exporter import Problem
from ftdata.release.exports.shapes import (
    key_problems,
    objects_in,
    pair_problems,
    schema_problems,
    text_problems,
)
from ftdata_tests.release.exports.conversations import rules


def test_unknown_keys_are_one_problem() -> None:
    (problem,) = key_problems({"b": 1, "a": 2, "role": 3}, frozenset(("role",)), "messages[0]")
    assert (problem.rule, problem.where) == ("unknown_key", "messages[0]")
    assert "a, b" in problem.message


@pytest.mark.parametrize(
    ("value", "rule"),
    [("a", []), ("\u00a0a", []), ("", ["empty_text"]), ("\u2003\n", ["empty_text"]),
     (None, ["content_no_text"]), (["a"], ["content_no_text"])],
)  # fmt: skip
def test_a_text_says_something(value: Any, rule: list[str]) -> None:
    assert rules(text_problems(value, "text")) == rule


def test_objects_come_back_as_they_are() -> None:
    given = [{"role": "user"}]
    assert objects_in(given, "messages") is given


@pytest.mark.parametrize(
    ("value", "rule", "where"),
    [
        (None, "no_messages", "messages"),
        ([], "no_messages", "messages"),
        ([{}, 1], "message_no_object", "messages[1]"),
    ],
)
def test_what_is_no_list_of_objects_is_a_problem(value: Any, rule: str, where: str) -> None:
    found = objects_in(value, "messages")
    assert isinstance(found, Problem)
    assert (found.rule, found.where) == (rule, where)


def test_equal_replies_teach_nothing() -> None:
    assert rules(pair_problems("a", "a", "rejected")) == ["same_outputs"]
    assert rules(pair_problems("a", "b", "rejected")) == []


def test_the_place_of_a_wrong_type_is_named() -> None:
    schema = {"properties": {"city": {"type": "array", "items": {"type": "str"}}}}
    (problem,) = schema_problems(schema, "parameters")
    assert problem.where == "parameters.properties.city.items.type"
    assert "string" in problem.message


@pytest.mark.parametrize(
    "schema", [{}, {"type": ["string", "null"]}, {"properties": {"a": True}}, {"items": [{}]}]
)
def test_a_right_schema_has_no_problem(schema: dict[str, Any]) -> None:
    assert rules(schema_problems(schema, "parameters")) == []
