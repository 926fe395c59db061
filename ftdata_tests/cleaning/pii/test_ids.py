"""Redaction of ids and file names."""

import re

import pytest
from hypothesis import given

from ftdata.cleaning.pii.ids import CERTAIN, redact_id, redact_origin
from ftdata.cleaning.pii.leftovers import pii_left
from ftdata.settings_pii import Pii
from ftdata_tests.cleaning.pii.planted import TEXTS

ENTITIES = Pii().entities
HASHED = r"redacted-[0-9a-f]{16}"


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("bob@corp.org", "EMAIL"),
        ("chat/bob@corp.org/7", "EMAIL"),
        ("4111111111111111", "CREDIT_CARD"),
        ("DE89370400440532013000", "IBAN"),
        ("ghp_0123456789abcdefghijABCDEFGHIJ0123456789", "SECRET"),
    ],
)
def test_an_id_that_holds_personal_data_becomes_a_hash(text, entity):
    redacted = redact_id(text, ENTITIES)
    assert re.fullmatch(HASHED, redacted.text)
    assert redacted.counts == {entity: 1}
    assert redact_id(text, ENTITIES).text == redacted.text
    assert redact_id(f"{text} ", ENTITIES).text != redacted.text
    assert redact_id(text, ("PHONE",)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "log_148caaef", "17", "5551234567", "555-123-4567", "123-45-6789", "10.0.0.1", "8.8.4.4",
        "20250301120000123456", "6f1c2a4e-8d0b-4c7e-9f53-1a2b3c4d5e6f", "",
    ],
)  # fmt: skip
def test_other_ids_stay_as_they_are(text):
    assert redact_id(text, ENTITIES).text == text
    assert redact_origin(f"raw/web/{text}.jsonl:12", ENTITIES).text == f"raw/web/{text}.jsonl:12"


def test_of_an_origin_the_part_with_the_address_becomes_a_hash():
    redacted = redact_origin("raw/web/2025-03-01/bob@corp.org.jsonl:12", ENTITIES)
    assert re.fullmatch(rf"raw/web/2025-03-01/{HASHED}:12", redacted.text)
    assert redacted.counts == {"EMAIL": 1}
    other = redact_origin("raw/web/2025-03-01/bob@corp.org.jsonl:13", ENTITIES)
    assert other.text == redacted.text.replace(":12", ":13")


@given(TEXTS)
def test_nothing_certain_is_left_by_another_path(text):
    certain = ("EMAIL", "CREDIT_CARD", "IBAN")
    assert set(certain) < {*CERTAIN}
    kept = [redact_id(text, ENTITIES).text, redact_origin(f"raw/{text}:1", ENTITIES).text]
    assert pii_left(kept, certain) == [None, None]
