"""The phrases are many, well-formed, and filled the same way each time."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.sample.conversations import SOURCES
from ftdata.sample.draws import between, fraction, shuffled
from ftdata.sample.phrases import fill, load_exchanges, personal_kinds

EXCHANGES = [exchange for source in SOURCES for exchange in load_exchanges(source)]
CHOICE = re.compile("<<(.*?)>>", re.DOTALL)
names = st.text(max_size=20)


def test_there_are_many():
    assert len(EXCHANGES) >= 200
    assert len({exchange.turns[0][0] for exchange in EXCHANGES}) == len(EXCHANGES)


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda e: f"{e.source}-{e.number}")
def test_every_wording_reads_as_a_whole(exchange):
    assert 1 <= exchange.wordings <= 2
    for turn in exchange.turns:
        for text in turn:
            for choice in CHOICE.findall(text):
                assert len(re.split(r"(?<!\\)\|", choice)) == exchange.wordings
            for use in range(exchange.wordings):
                filled = fill(text, use, "a name")
                assert filled.strip() == filled != ""
                assert not any(mark in filled for mark in ("{{", "}}", "<<", ">>"))


def test_a_choice_follows_the_use():
    assert [fill("<<one|two>> {{weekday}}", use, "x").split()[0] for use in (0, 1, 2)] == [
        "one",
        "two",
        "one",
    ]


def test_an_escaped_bar_is_text():
    assert fill(r"<<a \|\| b|c>>", 0, "x") == "a || b"


def test_a_slot_keeps_its_value_within_a_conversation():
    first, again, other = fill("{{town}}/{{town}}/{{town2}}", 0, "x").split("/")
    assert first == again != other


def test_kinds_of_personal_data():
    assert personal_kinds("<<{{email2}} {{card}}|{{iban}}>> {{town}}", 0) == ("card", "email")
    assert personal_kinds("<<{{email2}} {{card}}|{{iban}}>> {{town}}", 1) == ("iban",)


@given(names, st.integers(-50, 50), st.integers(0, 50))
def test_draws_stay_in_their_range(name, low, width):
    assert low <= between(low, low + width, name) <= low + width
    assert 0 <= fraction(name) < 1


@given(st.lists(st.integers()), names)
def test_shuffling_keeps_every_item(items, name):
    assert sorted(shuffled(items, name)) == sorted(items)
    assert shuffled(items, name) == shuffled(items, name)
