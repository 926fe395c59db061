from __future__ import annotations

import pytest

from ftdata.augmentation.augmenter import Parent, Variant
from ftdata.augmentation.closings import THANKS, THANKS_FOR_ANSWER, WELCOMES
from ftdata.augmentation.multi_turn import derive_extension
from ftdata.settings_augmentation import Augmentation
from ftdata_tests.augmentation.formatted import turn

STEPS = "Do it in these steps:\n\n1. Lift the bike.\n2. Loosen the nut.\n3. Take the wheel out."


def variants(prompt: str, reply: str) -> list[Variant]:
    parent = Parent(turn(prompt, reply), {})
    made = [derive_extension(parent, seed, Augmentation()) for seed in range(60)]
    return [one for one in made if one is not None]


def added(found: list[Variant], kind: str) -> set[tuple[str, str]]:
    chosen = [one.messages[-2:] for one in found if one.tags == {"extension": kind}]
    return {(prompt["content"], reply["content"]) for prompt, reply in chosen}


def test_a_user_thanks_and_gets_nothing_new() -> None:
    closings = added(variants("When does the shop in Bonn open?", "It opens at nine."), "closing")
    assert len(closings) > 20
    assert {thanks for thanks, _ in closings} <= {*THANKS, *THANKS_FOR_ANSWER}
    assert {welcome for _, welcome in closings} <= set(WELCOMES)


def test_there_are_more_than_thirty_wordings() -> None:
    assert len({*THANKS, *THANKS_FOR_ANSWER, *WELCOMES}) > 30


def test_the_last_step_is_repeated_word_for_word() -> None:
    found = variants("How do I take the wheel off my bike?", STEPS)
    assert added(found, "recap") == {
        ("What was the last step again?", "Take the wheel out."),
        ("Can you repeat the last step?", "Take the wheel out."),
        ("Can you give me just the list?", STEPS.split("\n\n")[1]),
        ("Only the list again, please.", STEPS.split("\n\n")[1]),
    }


def test_the_turn_comes_last_and_is_trained() -> None:
    parent = turn("When does the shop in Bonn open?", "It opens at nine.")
    for variant in variants("When does the shop in Bonn open?", "It opens at nine."):
        assert variant.messages[:2] == parent
        assert [one["weight"] for one in variant.messages[2:]] == [None, 1]


@pytest.mark.parametrize(
    ("prompt", "reply"),
    [
        ("When does the shop in Bonn open?", "Which shop do you mean?"),
        ("When does the shop in Bonn open?", "I'm sorry, I don't know."),
        ("Thank you, that is all I need for now.", "You have a reservation at nine."),
        ("I will take the one in Bonn then.", "Have a nice day!"),
        ("When does the shop in Bonn open?", '{"api": {"open": "Bonn"}}'),
    ],
)
def test_where_nothing_was_answered_nobody_thanks(prompt: str, reply: str) -> None:
    assert variants(prompt, reply) == []


def test_a_reply_that_is_not_trained_ends_the_conversation() -> None:
    messages = [
        *turn("When does the shop in Bonn open?", "It opens at nine."),
        *turn("And when does the shop in Bonn close?", "It closes at six.", 0),
    ]
    parent = Parent(messages, {})
    assert {derive_extension(parent, seed, Augmentation()) for seed in range(20)} == {None}
