"""Answers in another language than their prompt, and languages that are not wanted."""

import pytest

from ftdata.cleaning.conversations import read_conversations
from ftdata.cleaning.filters.language import find_language_mismatches, find_unwanted_languages
from ftdata.settings_cleaning import Cleaning, Language
from ftdata_tests.cleaning.raw import raw_table, turns

SPANISH = "Su pedido ya está en camino y llegará mañana por la tarde a su casa."
ENGLISH = "Your order is on its way and it will be with you in the afternoon."


def mismatch(*texts):
    table = raw_table(turns(*texts))
    return find_language_mismatches(read_conversations(table.column("messages")), Cleaning())[0]


def test_an_answer_in_another_language_is_found():
    found = mismatch("Where is the order that I made last week?", SPANISH)
    assert found == ("language_mismatch", "es in answer to en")


@pytest.mark.parametrize(
    "texts",
    [
        ("Where is the order that I made last week?", ENGLISH),
        ("¿Dónde está el pedido que hice la semana pasada?", SPANISH),
        (f"Translate this for me, please: {ENGLISH}", SPANISH),
        ("Please answer me in Spanish: where is the order that I made?", SPANISH),
        ("Traduce esto al idioma de mi madre, por favor, es para hoy", ENGLISH),
        ("What American beer is called the king of beers?", "Budweiser"),
        ("Where is it?", "Ok"),
        ("Where is the order that I made last week?", "12345"),
    ],
)
def test_no_other_answer_is(texts):
    assert mismatch(*texts) is None


def test_languages_that_are_not_kept_are_found():
    table = raw_table(
        turns("¿Dónde está el pedido que hice la semana pasada?", SPANISH),
        turns("Where is the order that I made last week?", ENGLISH),
        turns("ok", "ok"),
    )
    conversations = read_conversations(table.column("messages"))
    english = Cleaning(language=Language(keep=("en",)))
    assert find_unwanted_languages(conversations, english) == [
        ("language_not_kept", "es"),
        None,
        None,
    ]
    assert find_unwanted_languages(conversations, Cleaning()) == [None, None, None]
