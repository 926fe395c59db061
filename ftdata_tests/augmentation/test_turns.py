from __future__ import annotations

import pytest

from ftdata.augmentation.augmenter import Parent
from ftdata.augmentation.turns import (
    as_sentence,
    find_last_turn,
    find_turns,
    followed_by,
    is_answer,
    is_minor,
    is_trained_prose,
)
from ftdata_tests.augmentation.formatted import message, turn

ROME = turn("When is there a flight to Rome?", "At nine.")
OSLO = turn("When is there a flight to Oslo?", "At ten.")


def test_the_last_turn_is_the_last_trained_one() -> None:
    unrated = turn("When is there a flight to Bonn?", "Never.", 0)
    found = find_last_turn(Parent([*ROME, *OSLO, *unrated], {}))
    assert found is not None
    assert (found.place, found.reply, found.is_first, found.is_last) == (2, "At ten.", False, False)


def test_turns_are_those_in_english_prose() -> None:
    data = turn("When is there a flight to Bonn?", '{"api": 1}')
    spanish = turn("¿Cuándo hay un vuelo a la ciudad de Bonn?", "Mañana.")
    parent = Parent([*ROME, *data, *spanish, *OSLO], {})
    orders = [[found.place for found in find_turns(parent, seed)] for seed in range(20)]
    assert {tuple(sorted(order)) for order in orders} == {(0, 6)}
    assert [0, 6] in orders
    assert [6, 0] in orders


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At nine.", True),
        ("[PERSON] said so.", True),
        ("[1, 2]", False),
        ('{"a": 1}', False),
        ('I call {"name": "find"}', False),
        ("<html>", False),
        ("", False),
        ("It goes on and on " * 20, False),
        ("It goes on and on " * 20 + "until now.", True),
    ],
)
def test_prose_is_what_a_sentence_may_follow(text: str, expected: bool) -> None:
    assert is_trained_prose(message("assistant", text, 1)) == expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("At nine.", True),
        ("Which one?", False),
        ("Sorry, I can’t say.", False),
        ("Have a great day!", False),
        ("Please confirm: two seats.", False),
        ("As an AI, I have none.", False),
        ("what area should i search", False),
        ("Sure, but first confirm that you want it at 3.", False),
        ("The lamp is $5. " * 12 + "Would you like it? Please confirm, or not.", False),
        ("You want two seats in row one", False),
    ],
)
def test_an_answer_gives_what_was_asked_for(reply: str, expected: bool) -> None:
    assert is_answer(reply) == expected


@pytest.mark.parametrize(
    ("prompt", "sentence"),
    [
        ("what is on", "what is on?"),
        ("List the films", "List the films."),
        ("Is it on?", "Is it on?"),
        ("Is it on ?", None),
        ("And then...", None),
        ("this, that,", None),
        ("", None),
    ],
)
def test_a_prompt_gets_the_mark_that_it_lacks(prompt: str, sentence: str | None) -> None:
    assert as_sentence(prompt) == sentence


def test_a_sentence_follows_short_prose_on_its_line() -> None:
    assert followed_by("At nine.", "And so on.") == "At nine. And so on."
    assert followed_by("Rome", "And so on.") == "Rome\n\nAnd so on."
    assert followed_by("- Rome\n- Bonn.", "And so on.") == "- Rome\n- Bonn.\n\nAnd so on."


def test_what_is_added_weighs_less_than_what_was_said() -> None:
    parent = Parent(turn("When is there a flight?"), {})
    assert is_minor(parent, "Is it a big one?")
    assert not is_minor(parent, "Is it a big one, or not?")
