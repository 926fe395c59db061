from __future__ import annotations

import pytest

from ftdata.augmentation.augmenter import Variant
from ftdata.augmentation.back_translation import BACK_TRANSLATION
from ftdata.settings_augmentation import Augmentation
from ftdata_tests.augmentation.by_model.given import (
    PARENT,
    PROMPT,
    by_model_of,
    kept,
    refused,
    saying,
)

BY_MODEL = by_model_of(BACK_TRANSLATION)
GERMAN = "Sag mir, wie ich von [ADDRESS] mit Bus 12 und nicht mit dem Zug zum Odeon komme."
BACK = "Tell me how I can reach the Odeon from [ADDRESS] with bus 12, not with the train."


def answer(back: str, translation: str = GERMAN) -> dict[str, str]:
    return {"translation": translation, "back_translation": back}


def test_the_prompt_comes_back_in_other_words() -> None:
    variant = kept(BY_MODEL, 0, answer(BACK))
    assert variant.messages[3]["content"] == BACK
    assert variant.tags == {"pivot": "de"}


def test_pivots_take_turns_without_the_language_of_the_prompt() -> None:
    def pivots(language: str, *own: str) -> list[str]:
        options = Augmentation(pivots=own)
        parent = saying("Dis-moi où est le cinéma.", language=language)
        requests = [BY_MODEL.request(parent, seed, options) for seed in range(3)]
        return [
            request.user.split("Pivot language (ISO 639-1): ")[1][:2]
            for request in requests
            if request
        ]

    assert pivots("fr", "de", "fr", "es") == ["de", "es", "de"]
    assert pivots("fr", "fr") == []


@pytest.mark.parametrize(
    ("back", "translation", "outcome"),
    [
        (PROMPT, GERMAN, ("unchanged", "the words of the message it was to rewrite")),
        (BACK, PROMPT, ("not_a_variant", "nothing was translated")),
        (GERMAN, GERMAN, ("not_a_variant", "still in de")),
        (BACK.replace("12", "11"), GERMAN, ("fact_lost", "numbers")),
        (BACK.replace("not", "or"), GERMAN, ("fact_lost", "negations")),
        (BACK.replace("Odeon", "Forum"), GERMAN, ("fact_lost", "names")),
    ],
)
def test_what_did_not_come_back_is_refused(
    back: str, translation: str, outcome: tuple[str, str]
) -> None:
    assert refused(BY_MODEL, 0, answer(back, translation)) == outcome


def test_a_pivot_that_nothing_is_known_of_is_not_looked_for() -> None:
    options = Augmentation(pivots=("zz",))
    text = f'{{"translation": "Zzz [ADDRESS] 12", "back_translation": "{BACK}"}}'
    variant = BY_MODEL.read(PARENT, 0, options, text)
    assert isinstance(variant, Variant)
    assert variant.tags == {"pivot": "zz"}
