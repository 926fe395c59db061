from __future__ import annotations

import re
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.augmentation.augmenter import Parent
from ftdata.augmentation.facts import keeps_facts
from ftdata.augmentation.noise_words import ACCENTED, COMMON, MISSPELLED
from ftdata.augmentation.typos import MIN_WORDS_PER_TYPO, add_typos, derive_typos
from ftdata.settings_augmentation import Augmentation
from ftdata.text import same_key, words
from ftdata_tests.augmentation.formatted import message, turn

SEEDS = range(60)
OPTIONS = Augmentation()


def variants(text: str, language: str = "en") -> dict[str, set[str]]:
    """What becomes of a text, folded as `same_key` does, by kind."""
    found: dict[str, set[str]] = {}
    for seed in SEEDS:
        made = add_typos(text, seed, language)
        if made is not None:
            found.setdefault(made[1], set()).add(same_key(made[0]))
    return found


def test_each_kind_has_its_typos() -> None:
    found = variants("Can you tell me if that's a restaurant for us, please?")
    assert found.keys() == {"letters", "spelling", "apostrophes", "texting"}
    assert found["apostrophes"] == {"can you tell me if thats a restaurant for us please"}
    assert found["texting"] == {
        "can u tell me if that s a restaurant for us please",
        "can you tell me if that s a restaurant for us pls",
        "can you tell me if that s a restaurant for us plz",
    }
    assert "can you tell me if that s a resturant for us please" in found["spelling"]
    slipped = {text.replace("can you tell me if that s a ", "") for text in found["letters"]}
    assert len(slipped) > 3


def test_a_capital_a_blank_and_the_last_mark_may_go_along() -> None:
    text = "What's the time, and can you call Rome?"
    made = {found[0] for seed in SEEDS if (found := add_typos(text, seed)) is not None}
    assert "what's the time, and can u call Rome?" in made
    assert "Whats the time,and can you call Rome?" in made
    assert any(text.endswith("Rome") for text in made)


def test_a_capital_among_others_stays() -> None:
    text = "THey think that it is because of the weather today."
    made = {found[0] for seed in SEEDS if (found := add_typos(text, seed))}
    assert made
    assert all(text.startswith("THey") for text in made)


@pytest.mark.parametrize(
    "text",
    [
        "I don't and I can't and I won't.",  # negations alone
        "Tell me about it.",  # too short for a typo
        "My film is it or it is my show or not so.",  # no word that is often mistyped
        "Correct the spelling of these three words for me please",
        "IS IT ON OR IS IT NOT ON TODAY, PLEASE?",
        "",
    ],
)
def test_texts_without_a_likely_typo_stay_alone(text: str) -> None:
    assert variants(text) == {}


def test_an_essay_is_not_written_as_a_text_message() -> None:
    text = "Imagine you are a guide because you want to please people in the old town."
    assert "texting" not in variants(text)


@pytest.mark.parametrize(
    ("language", "text", "typed"),
    [
        ("es", "¿Qué día está abierto el museo?", "Que dia esta abierto el museo?"),
        ("ca", "Què més hi ha al museu?", "Que mes hi ha al museu?"),
        (
            "de",
            "Können Sie mir etwas für heute nennen?",
            "Koennen Sie mir etwas fuer heute nennen?",
        ),
        ("de", "Ich möchte für heute zwei Karten.", "Ich moechte fuer heute zwei Karten."),
        ("es", "¿Qué dirección tiene Bogotá?", "Que direccion tiene Bogotá?"),
        ("es", "¿Qué corazón tiene?", None),  # an accent of another word would stay
        ("pt", "Eu não sei o que é isso", None),
        ("fa", "فیلم امروز کجاست؟", None),
    ],
)
def test_other_languages_lose_accents_and_marks(
    language: str, text: str, typed: str | None
) -> None:
    assert variants(text, language) == ({"accents": {same_key(typed)}} if typed else {})


def test_the_last_trained_prompt_that_has_room_is_taken() -> None:
    messages = [
        *turn("What's the name of the film they play today?", "Rome."),
        *turn("What's the time at which it starts today?", "Six."),
        *turn("Two, and not three.", "Done."),
    ]
    variant = derive_typos(Parent(messages, {"language": "en"}), 0, OPTIONS)
    assert variant is not None
    both = zip(messages, variant.messages, strict=True)
    assert [i for i, (old, new) in enumerate(both) if old != new] == [2]
    assert variant.messages[2] == message("user", variant.messages[2]["content"])
    assert variant.tags.keys() == {"noise"}


@pytest.mark.parametrize("language", ["fa", "zh"])
def test_other_scripts_are_left_alone(language: str) -> None:
    parent = Parent(turn("Can you tell me when it opens today?"), {"language": language})
    assert derive_typos(parent, 0, OPTIONS) is None


MATTER = st.lists(
    st.sampled_from(
        ["Can you", "please", "find", "because", "the", "restaurant", "Rome", "42", "not", "two",
         "don't", "[EMAIL]", "`because it`", '"because"', "https://a.example/because", "never",
         "what's", "I'm", "people", "tomorrow,", "without", "Because", "that", "7:30 p.m.", "?"]
    ),
    min_size=5, max_size=24,
)  # fmt: skip


@settings(deadline=None)
@given(MATTER.map(" ".join), st.integers(0, 2**64 - 1))
def test_few_words_are_mistyped_and_every_fact_stays(text: str, seed: int) -> None:
    made = add_typos(text, seed)
    assert made == add_typos(text, seed)
    if made is None:
        return
    typed, kind = made
    assert keeps_facts(text, typed) is None
    for exact in ("Rome", "42", "two", "[EMAIL]", "`because it`", '"because"', "never", "don't"):
        assert typed.count(exact) == text.count(exact)
    if kind in {"letters", "spelling", "texting"}:
        pairs = SequenceMatcher(None, words(text), words(typed), autojunk=False)
        changed = sum(j - i for tag, i, j, _, _ in pairs.get_opcodes() if tag != "equal")
        assert 0 < changed <= len(text.split()) / MIN_WORDS_PER_TYPO * 2  # "thank you": two words


def test_what_may_be_mistyped_is_no_negation_and_no_number() -> None:
    kept = re.compile(r"no|not|nor|none|never|nothing|without|one|two|three|second|half|\w*n't")
    for word in (*COMMON, *MISSPELLED, *(word for own in ACCENTED.values() for word in own)):
        assert not kept.fullmatch(word)
    assert all(word not in forms for word, forms in MISSPELLED.items())
    assert all(word != plain for own in ACCENTED.values() for word, plain in own.items())
