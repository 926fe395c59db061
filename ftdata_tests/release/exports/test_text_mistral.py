"""Mistral's texts."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from mistral_common.protocol.instruct.normalize import normalizer_for_tokenizer_version
from mistral_common.protocol.instruct.request import ChatCompletionRequest
from mistral_common.protocol.instruct.validator import MistralRequestValidatorV13, ValidationMode
from mistral_common.tokens.tokenizers.base import (
    SpecialTokenPolicy,
    SpecialTokens,
    TokenizerVersion,
)
from mistral_common.tokens.tokenizers.instruct import InstructTokenizerV13
from mistral_common.tokens.tokenizers.mistral import MistralTokenizer
from mistral_common.tokens.tokenizers.tekken import SpecialTokenInfo, Tekkenizer, TokenInfo

from ftdata.release.examples import Example
from ftdata.release.exports.exporter import Problem
from ftdata.release.exports.mistral import mistral_rows
from ftdata.release.exports.text_mistral import TEXT_MISTRAL
from ftdata_tests.release.exports.conversations import (
    TOOLS,
    WEATHER,
    call,
    conversations,
    example,
    said,
)

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


@pytest.fixture(scope="module")
def published() -> Callable[[Example], str]:
    """What mistral-common makes of an example, with a vocabulary of single bytes."""
    version = TokenizerVersion.v13
    tokens = [token.value for token in SpecialTokens]
    special: list[SpecialTokenInfo] = [
        {"rank": rank, "token_str": token, "is_control": True} for rank, token in enumerate(tokens)
    ]
    letters: list[TokenInfo] = [
        {"rank": n, "token_bytes": b64encode(bytes([n])).decode(), "token_str": None}
        for n in range(256)
    ]
    words = Tekkenizer(letters, special, r"[\s\S]", 256 + len(special), len(special), version)
    made = MistralTokenizer(
        InstructTokenizerV13(words),
        MistralRequestValidatorV13(mode=ValidationMode.finetuning),
        normalizer_for_tokenizer_version(version),
    )

    def text_of(told: Example) -> str:
        (row,) = mistral_rows(told)
        request = ChatCompletionRequest.model_validate(row)
        found = made.encode_chat_completion(request).tokens
        return words.decode(found, special_token_policy=SpecialTokenPolicy.KEEP)

    return text_of


@settings(max_examples=40, deadline=None)
@given(told=conversations(several=True, weights=False))
def test_the_text_is_that_of_mistral_common(
    published: Callable[[Example], str], told: Example
) -> None:
    row = next(iter(TEXT_MISTRAL.rows(told)))
    assume(not isinstance(row, Problem))
    # A byte is a token there, and long texts take long.
    assume(len(row["text"]) < 10_000)
    # Of an empty result mistral-common 1.9 makes `{}`, and 1.13 nothing.
    assume(all(message.content for message in told.messages if message.role == "tool"))
    assert row == {"text": published(told)}
