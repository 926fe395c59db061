"""Redaction of texts: overlaps, idempotence, linear time."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.pii import RECOGNISERS
from ftdata.cleaning.pii.redact import redact_text
from ftdata.settings_pii import Entity, Pii
from ftdata_tests.cleaning.pii.planted import TEXTS
from ftdata_tests.linear import assert_linear

ENTITIES = Pii().entities


def test_the_settings_name_the_recognisers():
    assert set(RECOGNISERS) <= set(get_args(Entity))


def test_texts_are_redacted_and_counted():
    redacted = redact_text("bob@corp.org or amy@corp.org, (555) 123-4567", ENTITIES)
    assert redacted.text == "[EMAIL] or [EMAIL], [PHONE]"
    assert redacted.counts == {"EMAIL": 2, "PHONE": 1}


def test_only_the_entities_asked_for_are_redacted():
    assert redact_text("bob@corp.org 93.184.216.34", ["IP"]).text == "bob@corp.org [IP]"


def test_overlaps_go_to_the_earlier_entity_as_a_whole():
    text = "password: x1|bob@corp.org"
    assert redact_text(text, ["SECRET", "EMAIL"]).text == "password: [SECRET]"
    assert redact_text(text, ["EMAIL", "SECRET"]).text == "password: [EMAIL]"


def test_a_placeholder_is_no_cue_for_what_follows():
    text = "(555) 123-4567, 20771231; card 4111111111111111, 4111111111111112"
    assert redact_text(text, ENTITIES).text == (
        "[PHONE], 20771231; card [CREDIT_CARD], 4111111111111112"
    )


def test_context_is_read_but_not_returned():
    assert redact_text("5551234567", ENTITIES).text == "5551234567"
    assert redact_text("5551234567", ENTITIES, context="phone: ").text == "[PHONE]"
    assert redact_text("none", ENTITIES, context="bob@corp.org: ").text == "none"


@given(TEXTS, st.permutations(ENTITIES))
def test_twice_is_once(text, entities):
    once = redact_text(text, entities)
    twice = redact_text(once.text, entities)
    assert (twice.text, dict(twice.counts)) == (once.text, {})


@given(st.text(st.characters(codec="utf-8", exclude_characters="0123456789@:=\"'")))
def test_prose_without_marks_is_left_alone(text):
    if not any(word in text.lower() for word in ("bearer", "pass", "token", "key", "secret")):
        named = ("PERSON", "ADDRESS")  # these have no marks
        entities = [entity for entity in ENTITIES if entity not in named]
        assert redact_text(text, entities).text == text


PIECES = (
    "a.", "1-", "a@", "1 ", "a:", "::", "1.", "(", "+1", "+", "4444-", "4444 ", "4111111111111111 ",
    "gb12 ", "GB82WEST", "555-", "(555) ", "0123 ", "eyJ", "eyJaaaaaaaa.", "sk-", "://a:", "://",
    "key=", "password is ", "token:'", "-----BEGIN PRIVATE KEY-----", "-----END ", "a@b.", "\\",
    "'", "bearer ", "f:", "1.1.1.1", "call 1", "order ", " ", "-", "@", "call 5551234567 ",
    "a@b.co ", "[EMAIL]@", "xn--", "+442079460958", "4111 4111 4111 ",
    "+1 2 3 4 5 6 7 8 9 ", "(77) 512-330 ", "0612345678 ", "00:1A:", "abcd.", "http://a.",
    "http://a.b/(", "passport AB1234567 ", "12345678Z ", "nhs 943 476 5919 ", "&token=", "1::",
    "Anna ", "A. ", "Mr. ", "Anna van ", "my name is ", "Regards,\n", "Anna-", "12 Oak ", "1st ",
    "12 rue de ", "Straße 5 ", "calle a 5 ", "Suite ", "CA 12345 ", "zip code is ",
    "born on 4 May ", "bob%40", "&#64;a.", "＠", "４ ", "4\u200d", "%25",
    "x[at]", "a dot ", "a at b dot ", "[at]a.", "12 Oak St, Ab ", "5, 10115 Ab am ",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("end", ["", "!", "1", "a@b.co", "é"])
def test_time_is_linear_in_the_text(piece, end):
    assert_linear(piece, lambda text: redact_text(text + end, ENTITIES), 2_000)
