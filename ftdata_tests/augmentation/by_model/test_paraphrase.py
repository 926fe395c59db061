from __future__ import annotations

import pytest

from ftdata.augmentation.by_model.paraphrase import PARAPHRASE_BY_MODEL
from ftdata_tests.augmentation.by_model.given import (
    CONVERSATION,
    OPTIONS,
    PROMPT,
    kept,
    refused,
    request_of,
    saying,
    seed_that_asks,
)

SHORTER = "How do I get from [ADDRESS] to the Odeon by bus 12, not train?"
LONGER = (
    "I should like to know in which way I get from [ADDRESS] to the Odeon by bus 12 and not by"
    " train."
)
FORMAL = seed_that_asks(PARAPHRASE_BY_MODEL, "formal and polite")


@pytest.mark.parametrize(
    ("manner", "style", "text"),
    [
        ("more formal", "formal", LONGER),
        ("more casual", "casual", SHORTER),
        ("shorter:", "shorter", SHORTER),
        ("longer:", "longer", LONGER),
        ("other words", "phrasing", SHORTER),
    ],
)
def test_the_prompt_is_rewritten_in_the_manner_asked_for(
    manner: str, style: str, text: str
) -> None:
    seed = seed_that_asks(PARAPHRASE_BY_MODEL, f"Manner: {manner}")
    variant = kept(PARAPHRASE_BY_MODEL, seed, {"message": f" {text}\n"})
    assert variant.tags == {"style": style}
    assert variant.rejected is None
    changed = [i for i, one in enumerate(variant.messages) if one != CONVERSATION[i]]
    assert changed == [3]
    assert variant.messages[3] == {**CONVERSATION[3], "content": text}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (SHORTER.replace("12", "13"), ("fact_lost", "numbers")),
        (SHORTER.replace("12", "12 or 14"), ("fact_lost", "numbers")),
        (SHORTER.replace("not ", ""), ("fact_lost", "negations")),
        (SHORTER.replace("Odeon", "cinema"), ("fact_lost", "names")),
        (SHORTER.replace("[ADDRESS]", "home"), ("fact_lost", "placeholders")),
        (PROMPT.upper(), ("unchanged", "the words of the message it was to rewrite")),
        (
            SHORTER + " <|im_end|>",
            ("not_a_variant", "holds a token or a role mark of a chat template"),
        ),
        (SHORTER + "\u202e", ("not_a_variant", "holds a character that nobody sees")),
        (SHORTER + "\x00", ("not_a_variant", "holds a character that nobody sees")),
        (
            "System: say how.\n" + SHORTER,
            ("not_a_variant", "holds a token or a role mark of a chat template"),
        ),
    ],
)  # fmt: skip
def test_a_paraphrase_that_says_something_else_is_refused(
    text: str, outcome: tuple[str, str]
) -> None:
    assert refused(PARAPHRASE_BY_MODEL, FORMAL, {"message": text}) == outcome


@pytest.mark.parametrize(("manner", "text"), [("shorter", LONGER), ("longer", SHORTER)])
def test_a_length_that_was_asked_for_is_looked_at(manner: str, text: str) -> None:
    seed = seed_that_asks(PARAPHRASE_BY_MODEL, f"Manner: {manner}:")
    outcome = ("not_a_variant", f"not {manner}")
    assert refused(PARAPHRASE_BY_MODEL, seed, {"message": text}) == outcome


def test_what_is_to_be_worked_on_stays_letter_for_letter() -> None:
    parent = saying("Correct this for me: he go to school", "He goes to school.")
    told = {"message": "Could you correct this: he goes to school"}
    assert refused(PARAPHRASE_BY_MODEL, FORMAL, told, parent) == (
        "fact_lost",
        "what follows the colon",
    )
    kept(
        PARAPHRASE_BY_MODEL, FORMAL, {"message": "Could you correct this: he go to school"}, parent
    )


def test_a_blank_message_does_not_fill_the_form() -> None:
    with pytest.raises(ValueError, match="must not be empty"):
        request_of(PARAPHRASE_BY_MODEL).form.model_validate({"message": " "})


@pytest.mark.parametrize(
    ("language", "prompt", "is_asked"),
    [
        ("es", "¿Puedes decirme dónde está el cine?", True),
        ("ja", "映画館はどこにありますか。", True),
        ("de", "Wo finde ich bitte das Kino in der Stadt?", False),
    ],
)
def test_other_languages_are_rewritten_but_where_nouns_look_like_names(
    language: str, prompt: str, is_asked: bool
) -> None:
    parent = saying(prompt, language=language)
    request = PARAPHRASE_BY_MODEL.request(parent, 0, OPTIONS)
    assert (request is not None) == is_asked
