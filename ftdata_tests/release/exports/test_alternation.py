"""Turns of user and assistant, and what of a conversation may be learnt."""

from __future__ import annotations

import pytest
from hypothesis import given

from ftdata.release.examples import Example
from ftdata.release.exports.alternation import (
    learnable,
    split_turns,
    spoken_places,
    turn_problems,
    without_names,
)
from ftdata_tests.release.exports.conversations import (
    FIRST_IS_BAD,
    HELLO,
    TWO_TURNS,
    conversations,
    example,
    rules,
    said,
)


def test_the_first_system_message_stands_apart() -> None:
    assert split_turns(TWO_TURNS.messages) == ("Be brief.", TWO_TURNS.messages[1:])
    assert split_turns(HELLO.messages) == (None, HELLO.messages)
    late = [*HELLO.messages, said("system", "Be brief.")]
    assert split_turns(late) == (None, late)
    assert split_turns([]) == (None, [])


def test_a_conversation_is_cut_before_the_first_reply_not_to_be_learnt() -> None:
    turns = TWO_TURNS.messages
    bad = [said("user", "What?"), said("assistant", "Go.", 0), said("user", "?")]
    assert learnable([*turns, *bad, said("assistant", "Sorry.", 1)]) == turns
    assert learnable([*turns, said("user", "And?")]) == turns
    assert learnable(FIRST_IS_BAD.messages) == []


@given(conversations(several=True))
def test_what_is_kept_is_a_beginning_in_which_all_is_learnt(told: Example) -> None:
    kept = learnable(told.messages)
    assert kept == told.messages[: len(kept)]
    assert all(message.is_trained for message in kept if message.role == "assistant")
    assert not kept or kept[-1].is_trained
    assert learnable(kept) == kept


def test_names_are_taken_out() -> None:
    named = example(said("user", "Hi", name="ann"), said("assistant", "Hello."))
    assert without_names(named) == HELLO
    assert without_names(HELLO) is HELLO


@pytest.mark.parametrize(
    ("roles", "last", "found"),
    [
        (["user", "assistant"], "assistant", []),
        (["user", "assistant", "user"], None, []),
        (["user", "assistant", "user"], "user", []),
        (["user"], "assistant", ["last_role"]),
        (["assistant"], "assistant", ["first_role"]),
        (["assistant", "user"], "assistant", ["first_role", "last_role"]),
        (["user", "user", "user"], None, ["role_order"]),
        (["user", None, {}], None, ["role_order"]),
        ([], "assistant", []),
    ],
)
def test_turns_are_taken(roles: list[object], last: str | None, found: list[str]) -> None:
    assert rules(turn_problems(roles, "messages", last=last)) == found


def test_calls_and_their_results_are_part_of_a_turn() -> None:
    roles = ["system", "user", "assistant", "tool", "tool", "assistant", "user", "assistant"]
    places = spoken_places([{"role": role} for role in roles])
    assert [roles[place] for place in places] == ["user", "assistant"] * 2
    assert places == [1, 2, 6, 7]
