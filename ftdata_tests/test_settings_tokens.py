"""Control tokens of the owner: which ones the settings refuse, and why."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.control_tokens import neutralise_tokens
from ftdata.settings_cleaning import ControlTokens
from ftdata.settings_tokens import check_token

CALLS = json.dumps(
    [
        {
            "id": "call_1",
            "type": "function",
            "function": {"name": "find", "arguments": json.dumps({"a": [None, True, -1.5e-7, ""]})},
        },
        {"parameters": {"x": [None, False, True, 10.25, [[]], {}]}, "description": "finds"},
    ]
)


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("[EMAIL]", "placeholder"), ("PERSON", "placeholder"), ("[PERSON_1]", "placeholder"),
        ("[CREDIT_CARD_0123456789ab]", "placeholder"), ("D_4]", "placeholder"),
        ('":', "JSON"), ("null", "JSON"), ("ul", "JSON"), ("},{", "JSON"), ("l,", "JSON"),
        ("1.5", "JSON"), ("name", "JSON"), ("\\n", "JSON"), ("{}", "JSON"),
        ("{", "2 to 100 characters"), ("", "2 to 100 characters"), ("a b", "no white space"),
        ("x" * 101, "2 to 100 characters"),
    ],
)  # fmt: skip
def test_what_placeholders_and_json_are_written_with_is_refused(token, words):
    with pytest.raises(ValueError, match=words):
        check_token(token)


@pytest.mark.parametrize("token", ["<<END>>", "STOP", "---", "###", "<|im_end|>", "[PREFIX]", "ΩΩ"])
def test_other_tokens_are_taken(token):
    assert check_token(token) == token


@given(st.integers(0, len(CALLS) - 2), st.integers(2, 9))
def test_no_token_that_is_taken_spoils_a_tool_call(start, length):
    token = CALLS[start : start + length]
    try:
        options = ControlTokens(tokens=(token,))
    except ValueError:
        return
    broken = neutralise_tokens([CALLS], ["assistant"], options).texts[0]
    assert [sorted(call) for call in json.loads(broken)] == [
        sorted(call) for call in json.loads(CALLS)
    ]
