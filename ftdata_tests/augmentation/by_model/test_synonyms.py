from __future__ import annotations

import pytest

from ftdata.augmentation.by_model.synonyms import SYNONYMS_BY_MODEL
from ftdata_tests.augmentation.by_model.given import PROMPT, kept, read, refused, seed_that_asks

OTHER = PROMPT.replace("get", "travel")


def test_words_are_replaced_and_the_sentence_stays() -> None:
    variant = kept(SYNONYMS_BY_MODEL, 0, {"message": OTHER})
    assert variant.messages[3]["content"] == OTHER
    assert variant.tags == {}


def test_few_words_are_replaced_or_more() -> None:
    few = seed_that_asks(SYNONYMS_BY_MODEL, "one or two")
    more = seed_that_asks(SYNONYMS_BY_MODEL, "three or four")
    assert few != more
    assert read(SYNONYMS_BY_MODEL, few, {"message": OTHER}) == read(
        SYNONYMS_BY_MODEL, more, {"message": OTHER}
    )


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (PROMPT, ("unchanged", "the words of the message it was to rewrite")),
        (OTHER.replace("not", "never"), ("fact_lost", "negations")),
        (
            "Which route leads a visitor, starting at [ADDRESS], towards the Odeon, using 12, not"
            " rails?",
            ("not_a_variant", "5 of 17 words are left"),
        ),
    ],
)
def test_another_message_is_no_choice_of_words(text: str, outcome: tuple[str, str]) -> None:
    assert refused(SYNONYMS_BY_MODEL, 0, {"message": text}) == outcome
