from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.augmentation import lexicon
from ftdata.augmentation.augmenter import Parent
from ftdata.augmentation.facts import keeps_facts
from ftdata.augmentation.swapping import read_lexicon
from ftdata.augmentation.synonyms import MAX_SWAPS, derive_synonyms, swap_synonyms
from ftdata.settings_augmentation import Augmentation
from ftdata_tests.augmentation.formatted import message, turn

SEEDS = range(40)
OPTIONS = Augmentation()


def variants(text: str) -> set[str]:
    return {variant for seed in SEEDS if (variant := swap_synonyms(text, seed)) is not None}


def test_some_or_all_of_the_words_are_replaced() -> None:
    assert variants("I want to purchase a ticket to that film for my kids.") == {
        "I want to buy a ticket to that film for my kids.",
        "I want to purchase a ticket to that movie for my kids.",
        "I want to purchase a ticket to that film for my children.",
        "I want to buy a ticket to that movie for my kids.",
        "I want to buy a ticket to that film for my children.",
        "I want to purchase a ticket to that movie for my children.",
        "I want to buy a ticket to that movie for my children.",
    }


def test_the_article_goes_with_its_word() -> None:
    assert variants("I have a problem with the seat you gave me.") == {
        "I have an issue with the seat you gave me."
    }
    assert variants("You are an experienced guide in our old town.") == {
        "You are a seasoned guide in our old town."
    }


@pytest.mark.parametrize(
    "text",
    [
        "What do you want me to do with all of this?",  # nothing the lexicon knows
        "What does it mean to purchase a house in the city?",  # the word is what is asked about
        "What is the difference between a movie and a show for you?",
        "Is Kids on the list of what you have for me?",  # a name
        'Can you play the "Movie" by them for me?',
        "Which purchase order is it that you want from me?",
        "Quiero comprar dos entradas para el film de hoy",
        "Can you run `buy a` for me on that?",
        "I want to buy-in for the rest of it",
        "",
    ],
)
def test_texts_without_a_safe_synonym_stay_alone(text: str) -> None:
    assert variants(text) == set()


def test_the_last_trained_prompt_with_room_for_one_is_taken() -> None:
    messages = [
        *turn("I want to buy a ticket to Rome.", "From where?"),
        *turn("I want to buy a ticket to Oslo.", "From where?"),
        *turn("From Paris.", "Done."),
        *turn("I want to buy a ticket to Bern.", "No.", weight=0),
    ]
    variant = derive_synonyms(Parent(messages, {}), 0, OPTIONS)
    assert variant is not None
    changed = message("user", "I want to purchase a ticket to Oslo.")
    assert variant.messages == [*messages[:2], changed, *messages[3:]]


def test_only_english_is_known() -> None:
    messages = turn("I want to buy a ticket to Rome.")
    assert derive_synonyms(Parent(messages, {"language": "de"}), 0, OPTIONS) is None


WORDS = st.sampled_from(
    ["I want to", "purchase", "a", "movie", "two", "Rome", "not", "never", "[EMAIL]", "`buy a`",
     "anyone", "someone", "an", "issue", "with", "for example", "quickly.", "Hi,", "the", "kids",
     "don't", "7:30", "https://a.example/movie", '"film"', "what kind of", "is", "too", "?"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(WORDS, min_size=5, max_size=16).map(" ".join), st.integers(0, 2**64 - 1))
def test_few_words_are_replaced_and_every_fact_stays(text: str, seed: int) -> None:
    variant = swap_synonyms(text, seed)
    assert variant == swap_synonyms(text, seed)
    if variant is None:
        return
    assert keeps_facts(text, variant) is None
    before, after = Counter(text.split()), Counter(variant.split())
    assert 0 < (before - after).total() <= MAX_SWAPS * 5
    for exact in ("Rome", "[EMAIL]", "https://a.example/movie", '"film"', "never", "7:30"):
        assert variant.count(exact) == text.count(exact)


def test_the_lexicon_holds_what_can_be_found() -> None:
    """A class misspelled in capitals would never match, and a phrase never becomes itself."""
    groups = [group for found in read_lexicon(*lexicon.SYNONYMS).values() for group in found]
    assert len(groups) > 200
    for group in groups:
        neighbours = group.left.wanted | group.left.unwanted | group.right.wanted
        shouted = {one for one in neighbours | group.right.unwanted if one.isupper()}
        assert shouted <= {"START", "END", "COMMA"}
        assert " ".join(group.old) not in group.new
        assert all(new == new.strip().lower() != "" for new in group.new)
