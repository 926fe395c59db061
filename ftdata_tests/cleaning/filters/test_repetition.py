"""Repetition: what goes round in circles, and what only looks so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.filters.repetition import find_repetition
from ftdata.settings_cleaning import Cleaning, Repetition
from ftdata_tests.cleaning.filters.asked import ask, reason

LEAD = (
    "The answer depends on the weather, the soil and the season, and most gardeners begin in"
    " spring. "
)
CIRCLE = "You should water the plants every morning. "
POEM = """The catfish swims in muddy water,
His whiskers long, his scales so bright,
He hides in shadows from the otter,
And waits for moonlight every night.

Swim on, swim on, swim on,
The river will be there at dawn,
Swim on, swim on, swim on.
"""
CODE = "for (int i = 0; i < n; i++) { sum += values[i]; }\n" * 12


@pytest.mark.parametrize("times", [5, 20])
def test_a_sentence_said_again_and_again_is_a_circle(times):
    assert reason(find_repetition, "How?", LEAD + CIRCLE * times) == "repetition"


def test_the_detail_says_by_what():
    lines = "We open at nine in the morning.\n" * 3 + "We close at six.\n" * 2
    assert ask(find_repetition, "When?", lines) == (
        "repetition", "60% of the lines were there before"
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", [LEAD, POEM, CODE, f"Use this:\n```\n{CODE}```\nDone.", "ha " * 12]
)
def test_prose_verse_code_and_short_answers_are_none(text):
    assert reason(find_repetition, "How?", text) is None


def test_headings_and_fields_of_a_form_may_come_again():
    items = "".join(f"{name}\nTotal: none\n" for name in LEAD.split(" "))
    assert reason(find_repetition, "List it", items) is None


def test_what_compresses_too_well_is_a_circle():
    numbered = " ".join(f"Test {n % 3}: the score is {n % 7} and passes." for n in range(90))
    options = Cleaning(repetition=Repetition(max_repeated_share=1, max_repeated_lines=1))
    found = ask(find_repetition, "Go", numbered, options=options)
    assert found.detail.startswith("compresses to ")


def test_users_may_repeat_themselves():
    assert reason(find_repetition, LEAD + CIRCLE * 20, "I will.") is None


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=6), unique=True, max_size=60))
def test_words_said_once_are_no_circle(words):
    assert reason(find_repetition, "q", " ".join(words) or "-") is None
