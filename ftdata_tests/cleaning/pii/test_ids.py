"""Redaction of ids."""

import re

import pytest
from hypothesis import given

from ftdata.cleaning.pii.carried import carry
from ftdata.cleaning.pii.ids import CERTAIN, IdColumns, open_id_finder, redact_id
from ftdata.cleaning.pii.leftovers import pii_left
from ftdata.settings_pii import Pii
from ftdata_tests.cleaning.pii.planted import TEXTS
from ftdata_tests.cleaning.raw import raw_table, turns

ENTITIES = Pii().entities
FIND = open_id_finder(Pii())
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


def test_what_is_known_of_a_conversation_is_looked_for_in_its_ids():
    carried = carry([("USER", "zq_4711"), ("PERSON", "Jane Doe")], [], {})
    for text in ("zq_4711", "chat-zq_4711-2", "jane_doe-17", "export.jane.doe"):
        assert re.fullmatch(HASHED, redact_id(text, ENTITIES, carried).text)
    assert redact_id("zq_4710", ENTITIES, carried).text == "zq_4710"


def test_ids_are_searched_many_at_once_and_found_each():
    table = raw_table(*[turns("a", "b")] * 1_200)
    ids = [f"id-{row}" for row in range(1_200)]
    ids[700] = "bob@corp.org"
    table = table.set_column(
        table.schema.get_field_index("conversation_id"), "conversation_id", [ids]
    )
    columns = IdColumns(table, FIND)
    counts = [columns.redact(row, None) for row in range(1_200)]
    kept = columns.write(table).column("conversation_id").to_pylist()
    assert [row for row, count in enumerate(counts) if count] == [700]
    assert re.fullmatch(HASHED, kept[700])
    assert kept[:700] + kept[701:] == ids[:700] + ids[701:]


@given(TEXTS)
def test_nothing_certain_is_left_by_another_path(text):
    certain = ("EMAIL", "CREDIT_CARD", "IBAN")
    assert set(certain) < {*CERTAIN}
    assert pii_left([redact_id(text, ENTITIES).text], certain) == [None]


def test_no_id_says_what_the_next_one_is():
    ids = ["last_order", "4111111111111111"]
    table = raw_table(*[turns("a", "b")] * 2)
    at = table.schema.get_field_index("conversation_id")
    columns = IdColumns(table.set_column(at, "conversation_id", [ids]), FIND)
    assert columns.suspects == {1}
