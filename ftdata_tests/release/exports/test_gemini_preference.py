"""Preference rows for Gemini."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from ftdata.release.examples import Example
from ftdata.release.exports.gemini_preference import (
    gemini_preference_problems,
    gemini_preference_rows,
    read_gemini_preference,
)
from ftdata_tests.release.exports.conversations import PAIR, TWO_TURNS, pairs, rules
from ftdata_tests.release.exports.test_gemini import CONTENTS, HELLO, HI, model, user, validate


def scored(score: Any, *parts: Any) -> dict[str, Any]:
    return {"score": score, "completion": model(*parts)}


GOOD, BAD = scored(1, {"text": "Hello."}), scored(0, {"text": "What?"})
ROW = {"contents": [HI], "completions": [GOOD, BAD]}


def test_a_pair_becomes_this_row() -> None:
    assert list(gemini_preference_rows(PAIR)) == [ROW]


def test_the_system_message_stands_apart() -> None:
    (row,) = gemini_preference_rows(TWO_TURNS._replace(rejected="No."))
    assert row["system_instruction"] == {"parts": [{"text": "Be brief."}]}
    assert [content["role"] for content in row["contents"]] == ["user", "model", "user"]


@settings(max_examples=30)
@given(pairs(calls=False))
def test_what_passes_our_rules_passes_googles_types(told: Example) -> None:
    (row,) = gemini_preference_rows(told)
    if not rules(gemini_preference_problems(row)):
        validate(row)
        CONTENTS.validate_python([one["completion"] for one in row["completions"]])


def test_the_better_one_may_stand_second() -> None:
    turned = {**ROW, "completions": [BAD, GOOD]}
    assert list(gemini_preference_problems(turned)) == []
    assert read_gemini_preference(turned) == read_gemini_preference(ROW)


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("row_no_object", 1),
        ("no_messages", {"completions": [GOOD, BAD]}),
        ("unknown_key", {**ROW, "tools": []}),
        ("unknown_key", {**ROW, "completions": [{**GOOD, "rank": 1}, BAD]}),
        ("last_role", {**ROW, "contents": [HI, HELLO]}),
        ("first_role", {**ROW, "contents": [HELLO, HI]}),
        ("output_no_message", {"contents": [HI]}),
        ("output_no_message", {**ROW, "completions": [GOOD]}),
        ("output_no_message", {**ROW, "completions": [GOOD, "What?"]}),
        ("output_no_message", {**ROW, "completions": [GOOD, {"score": 0, "completion": HI}]}),
        ("content_no_text", {**ROW, "completions": [GOOD, scored(0, {"functionCall": {}})]}),
        ("content_no_text", {**ROW, "completions": [GOOD, scored(0, {"text": 1})]}),
        ("empty_text", {**ROW, "completions": [GOOD, scored(0)]}),
        ("scores", {**ROW, "completions": [GOOD, {**BAD, "score": 1}]}),
        ("scores", {**ROW, "completions": [{**GOOD, "score": 0.7}, {**BAD, "score": 0.2}]}),
        ("scores", {**ROW, "completions": [{**GOOD, "score": True}, BAD]}),
        ("scores", {**ROW, "completions": [{**GOOD, "score": []}, BAD]}),
        ("same_outputs", {**ROW, "completions": [GOOD, {**GOOD, "score": 0}]}),
        ("orphan_tool_result", {**ROW, "contents": [user({"functionResponse": {"name": "f"}})]}),
    ],
)
def test_a_wrong_row_breaks_this_rule(rule: str, row: Any) -> None:
    assert rule in rules(gemini_preference_problems(row))
