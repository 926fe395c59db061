"""Gemma's texts."""

from __future__ import annotations

import pytest

from ftdata.release.examples import Message
from ftdata.release.exports.exporter import Problem
from ftdata.release.exports.text_gemma import TEXT_GEMMA
from ftdata_tests.release.exports.conversations import example, said

HI, HELLO = said("user", "Hi"), said("assistant", "Hello.", 1)


def test_a_system_text_goes_before_the_first_users() -> None:
    (row,) = TEXT_GEMMA.rows(example(said("system", "Be brief."), HI, HELLO, HI, HELLO))
    later = "<start_of_turn>user\nHi<end_of_turn>\n<start_of_turn>model\nHello.<end_of_turn>\n"
    assert row == {
        "text": "<bos><start_of_turn>user\nBe brief.\n\nHi<end_of_turn>\n"
        "<start_of_turn>model\nHello.<end_of_turn>\n" + later
    }


def test_a_merged_system_text_is_counted_as_lost() -> None:
    assert "system" not in TEXT_GEMMA.carries | TEXT_GEMMA.refuses


def test_the_merged_text_is_read_as_the_users() -> None:
    (row,) = TEXT_GEMMA.rows(example(said("system", "Be brief."), HI, HELLO))
    assert not isinstance(row, Problem)
    assert TEXT_GEMMA.read(row).messages == [said("user", "Be brief.\n\nHi"), HELLO]


@pytest.mark.parametrize(
    "messages", [(HELLO,), (HI, HI, HELLO), (HI, HELLO, HELLO), (HI, said("system", "s"), HELLO)]
)
def test_turns_that_do_not_alternate_are_refused(messages: tuple[Message, ...]) -> None:
    (problem,) = TEXT_GEMMA.rows(example(*messages))
    assert isinstance(problem, Problem)
    assert problem.rule == "role_order"


@pytest.mark.parametrize("roles", [("model", "user"), ("user", "user", "model")])
def test_turns_that_do_not_alternate_are_found(roles: tuple[str, ...]) -> None:
    text = "<bos>" + "".join(f"<start_of_turn>{role}\nHi<end_of_turn>\n" for role in roles)
    assert [problem.rule for problem in TEXT_GEMMA.problems({"text": text})] == ["role_order"]
