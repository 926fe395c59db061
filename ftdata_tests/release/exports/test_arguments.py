"""Arguments of calls, as texts and as objects."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
from hypothesis import given

from ftdata.release.exports.arguments import (
    parsed_arguments,
    with_parsed_arguments,
    with_text_arguments,
)
from ftdata_tests.release.exports.conversations import arguments, call


@given(arguments)
def test_a_text_becomes_the_object_that_it_is(text: str) -> None:
    assert parsed_arguments(text) == json.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "broken", "[1]", '"a"', "null", "{",
        '{"n":123456789012345678901234567890}',
        '{"n":' + "9" * 5_000 + "}",
        '{"a":' * 2_000 + "1234567890123456789" + "}" * 2_000,
    ],
    ids=range(9),
)  # fmt: skip
def test_what_is_no_object_or_would_lose_digits_is_none(text: str) -> None:
    assert parsed_arguments(text) is None
    assert with_parsed_arguments(call(arguments=text)) == call(arguments=text)


def test_the_largest_numbers_that_orjson_knows_stay_exact() -> None:
    text = '{"a":18446744073709551615,"b":-9223372036854775808,"c":"12345678901234567890123"}'
    assert parsed_arguments(text) == json.loads(text)


@given(arguments)
def test_there_and_back_is_the_same_value(text: str) -> None:
    there: Any = with_parsed_arguments(call(arguments=text))
    back = with_text_arguments(there)["function"]["arguments"]
    assert orjson.loads(back) == orjson.loads(text)
