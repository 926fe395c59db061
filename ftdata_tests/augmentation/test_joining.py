from __future__ import annotations

import pytest

from ftdata.augmentation.augmenter import Parent
from ftdata.augmentation.joining import join_turns
from ftdata.augmentation.turns import find_turns
from ftdata.token_count import Message
from ftdata_tests.augmentation.formatted import message, turn

POOL = turn("Does the house in Bonn have a pool?", "Yes, a small pool.")


def joined(messages: list[Message]) -> list[str] | None:
    parent = Parent(messages, {})
    first = next(turn for turn in find_turns(parent, 0) if turn.is_first)
    found = join_turns(parent, first)
    return None if found is None else [one["content"] for one in found]


def test_two_questions_are_asked_and_answered_at_once() -> None:
    assert joined(
        [*POOL, *turn("What does the house in Bonn cost?", "The rent is 900 euros.")]
    ) == [
        "Does the house in Bonn have a pool? Also, what does the house in Bonn cost?",
        "Yes, a small pool. The rent is 900 euros.",
    ]


@pytest.mark.parametrize(
    "second",
    [
        turn("Does it allow pets of any size?", "Dogs are welcome."),
        turn("What is the price for the two of us?", "It is 900 euros."),
        turn("What is the phone number?", "Call 555."),
        turn("How deep is the small one at the house?", "Two metres."),
        turn("How about the house in Rome?", "Rome has none."),
        turn("What does the house in Bonn cost?", "Which month do you mean?"),
        turn("What does the house in Bonn cost?", "The rent is 900 euros.", 0),
        [],
    ],
)
def test_a_turn_that_leans_on_the_one_before_stays_apart(second: list[Message]) -> None:
    assert joined([*POOL, *second]) is None


def test_a_question_of_the_assistant_between_keeps_turns_apart() -> None:
    asked = turn("Does the house in Bonn have a pool?", "Which house do you mean?")
    assert (
        joined([*asked, *turn("Does the house in Bonn allow pets?", "Dogs are welcome.")]) is None
    )


def test_tool_calls_between_keep_turns_apart() -> None:
    call = {**message("assistant", "", 1), "content": None, "tool_calls": "[]"}
    prompt, reply = turn("What does the house in Bonn cost?", "The rent is 900 euros.")
    assert joined([*POOL, prompt, call, reply]) is None
