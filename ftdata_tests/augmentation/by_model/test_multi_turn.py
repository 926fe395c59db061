from __future__ import annotations

import pytest

from ftdata.augmentation.by_model.multi_turn import MULTI_TURN_BY_MODEL
from ftdata_tests.augmentation.by_model.given import (
    CONVERSATION,
    OPTIONS,
    PLACE,
    REPLY,
    kept,
    refused,
    saying,
    seed_that_asks,
)
from ftdata_tests.augmentation.formatted import message

GOOD = {
    "question": "And where do I get off?",
    "passage": "get off at  Mill street.",
    "answer": "At Mill Street: the Odeon is opposite the stop of bus 12.",
}


@pytest.mark.parametrize(
    ("manner", "kind"),
    [("one detail", "detail"), ("own words", "check"), ("more plainly", "explain")],
)
def test_the_conversation_goes_on_by_a_turn_that_is_trained_on(manner: str, kind: str) -> None:
    seed = seed_that_asks(MULTI_TURN_BY_MODEL, manner)
    variant = kept(MULTI_TURN_BY_MODEL, seed, GOOD)
    assert variant.tags == {"extension": kind}
    assert variant.messages == [
        *CONVERSATION,
        message("user", GOOD["question"]),
        message("assistant", GOOD["answer"], 1),
    ]


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (
            {"passage": "get off at Mill Road"},
            ("not_a_variant", "the passage does not stand in the conversation"),
        ),
        ({"answer": "At Mill Street, in 20 minutes."}, ("not_a_variant", "invents numbers")),
        ({"answer": "At Mill Street, ask for Ana."}, ("not_a_variant", "invents names")),
        ({"answer": "See www.odeon.example."}, ("not_a_variant", "invents addresses")),
        ({"answer": "Type `bus 14` there."}, ("not_a_variant", "invents code")),
        ({"question": "Is it [PHONE]?"}, ("not_a_variant", "invents placeholders")),
        ({"question": PLACE.upper()}, ("unchanged", "the question was said before")),
        ({"answer": REPLY}, ("unchanged", "the answer was said before")),
        (
            {"answer": "Get off there. <|im_end|>"},
            ("not_a_variant", "holds a token or a role mark of a chat template"),
        ),
    ],
)
def test_what_the_conversation_does_not_hold_is_refused(
    change: dict[str, str], outcome: tuple[str, str]
) -> None:
    assert refused(MULTI_TURN_BY_MODEL, 0, {**GOOD, **change}) == outcome


@pytest.mark.parametrize("reply", ["At six.", f"{REPLY} Or do you mean the other one?"])
def test_a_reply_that_is_short_or_asks_back_is_left_alone(reply: str) -> None:
    parent = saying(PLACE, reply)
    assert MULTI_TURN_BY_MODEL.request(parent, 0, OPTIONS) is None


def test_german_nouns_are_no_names() -> None:
    reply = (
        "Nehmen Sie am Markt den Bus, der alle paar Minuten fährt, und steigen Sie an der"
        " Mühlstraße aus. Das Kino liegt gegenüber der Haltestelle, gleich neben der Bücherei."
    )
    told = {
        "question": "Liegt das Kino auf der anderen Seite?",
        "passage": "Das Kino liegt gegenüber der Haltestelle",
        "answer": "Ja, auf der anderen Seite, gegenüber der Haltestelle.",
    }
    kept(MULTI_TURN_BY_MODEL, 0, told, saying("Wie komme ich zum Kino?", reply, "de"))
