"""ChatML."""

from __future__ import annotations

from ftdata.release.exports.text_chatml import TEXT_CHATML
from ftdata_tests.release.exports.conversations import TOOLS, example, said

BRIEF = (said("system", "Be brief."), said("user", "Hi"), said("assistant", "Hello.", 1))


def test_a_conversation_becomes_this_text() -> None:
    assert list(TEXT_CHATML.rows(example(*BRIEF))) == [
        {
            "text": "<|im_start|>system\nBe brief.<|im_end|>\n"
            "<|im_start|>user\nHi<|im_end|>\n"
            "<|im_start|>assistant\nHello.<|im_end|>\n"
        }
    ]


def test_a_developer_speaks_as_the_system() -> None:
    told = example(said("developer", "Be brief."), *BRIEF[1:])
    assert list(TEXT_CHATML.rows(told)) == list(TEXT_CHATML.rows(example(*BRIEF)))


def test_the_last_line_break_may_be_missing() -> None:
    row = {"text": "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nHello.<|im_end|>"}
    assert not list(TEXT_CHATML.problems(row))


def test_tools_on_offer_are_left_out() -> None:
    assert list(TEXT_CHATML.rows(example(*BRIEF, tools=TOOLS))) == list(
        TEXT_CHATML.rows(example(*BRIEF))
    )
