"""More of what makes answering hard never makes an example simpler."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.tagging.complexity import complexity_of
from ftdata.tagging.said import read_said
from ftdata.tagging.values import COMPLEXITIES
from ftdata_tests.tagging.saying import message, said

DEMANDS = "Write at least 300 words, in exactly 3 paragraphs, without adverbs, and make it rhyme."


@pytest.mark.parametrize(
    ("prompts", "reply", "complexity"),
    [
        (["Is the shop open?"], "Yes.", "simple"),
        (["Find a bus."] * 10, "Which?", "medium"),
        (["Tell me of Rome."], "word " * 400, "medium"),
        (["word " * 130], "No.", "medium"),
        ([DEMANDS], "word " * 300, "medium"),
        (["Prove x = 3:\n- each step\n- without words\n" + "word " * 130], "w " * 400, "hard"),
    ],
)
def test_by_what_is_asked_and_answered(prompts: list[str], reply: str, complexity: str) -> None:
    assert complexity_of(said(*prompts, reply=reply)) == complexity


def test_calls_of_tools_count() -> None:
    asked = message("user", "Find a bus and each stop, at most 3, and only by day.")
    one = '[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]'
    plain = [asked, message("assistant", "Here.")]
    calling = [asked, *[message("assistant", None, tool_calls=one)] * 3]
    assert complexity_of(read_said(plain, "en")) == "simple"
    assert complexity_of(read_said(calling, "en")) == "medium"


@given(
    st.lists(st.text(max_size=200), min_size=1, max_size=4),
    st.text(max_size=200),
    st.sampled_from(["en", "zh", "de"]),
)
def test_another_turn_and_a_longer_reply_never_make_it_simpler(
    prompts: list[str], reply: str, language: str
) -> None:
    def rank(*asked: str, answer: str) -> int:
        return COMPLEXITIES.index(complexity_of(said(*asked, language=language, reply=answer)))

    before = rank(*prompts, answer=reply)
    assert rank(*prompts, "", answer=reply) >= before
    assert rank(*prompts, answer=f"{reply} {reply} more") >= before
