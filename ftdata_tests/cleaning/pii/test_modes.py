"""Masks, hashes, numbers."""

import pytest

from ftdata.cleaning.pii.modes import Replacer, keyed_hash, mask
from ftdata.cleaning.pii.rows import Redactor
from ftdata.settings_pii import Pii
from ftdata.tables import from_rows
from ftdata_tests.cleaning.raw import raw_row, turns


@pytest.mark.parametrize(
    ("entity", "text", "masked"),
    [
        ("CREDIT_CARD", "4111 1111 1111 1234", "**** **** **** 1234"),
        ("EMAIL", "a.b@corp.org", "*.*@****.***"),
        ("PERSON", "Zoë van Dam", "*** *** ***"),
        ("IP", "10.0.0.1", "**.*.*.*"),
        ("PERSON", "अनीता देवी", "***** ****"),
        ("PERSON", "สมชื่อ", "******"),
        ("PERSON", "مُحَمَّد", "********"),
        ("PERSON", "♥", "[PERSON]"),
        ("CREDIT_CARD", "my Visa", "** ****"),
        ("CREDIT_CARD", "4111 1111 1111 1 234", "**** **** **** * ***"),
    ],
)
def test_a_mask_keeps_the_shape(entity, text, masked):
    assert mask(entity, text) == masked


def test_a_hash_tells_entities_and_keys_apart():
    assert len({keyed_hash(e, "x", k) for e in ("EMAIL", "URL") for k in (b"1", b"2")}) == 4


def test_numbers_count_each_entity_by_itself():
    replacer = Replacer(Pii(mode="number"), None)
    given = [("EMAIL", "a@b.c"), ("PHONE", "1"), ("EMAIL", "d@e.f"), ("EMAIL", "A@B.c")]
    assert [replacer.replace(*find) for find in given] == [
        "[EMAIL_1]", "[PHONE_1]", "[EMAIL_2]", "[EMAIL_1]"
    ]  # fmt: skip


ENTITIES = ("URL", "EMAIL", "PERSON")


@pytest.mark.parametrize(
    ("modes", "gone"),
    [
        ({"URL": "report"}, "See [EMAIL], please"),
        ({"URL": "report", "EMAIL": "drop"}, "See [EMAIL], please"),
        ({"EMAIL": "drop"}, "See [EMAIL], please"),
        ({"EMAIL": "report"}, "See [URL], please"),
        ({}, "See [URL], please"),
    ],
)
def test_of_two_that_overlap_the_one_for_which_more_is_done_wins(modes, gone):
    row = raw_row(0, turns("See https://corp.org/?to=bob@corp.org, please"))
    options = Pii(entities=ENTITIES, modes=modes)
    redacted = Redactor(options).redact(from_rows("raw_logs", [row]))
    assert redacted.table.column("messages")[0][0]["content"].as_py() == gone
    assert list(redacted.counts[0]) == [gone[5:-9]]


@pytest.mark.parametrize(
    ("modes", "shown", "counts"),
    [
        ({"PERSON": "report"}, "[EMAIL]", {"EMAIL": 1}),
        ({"EMAIL": "drop"}, "[EMAIL]", {"EMAIL": 1}),
        ({"EMAIL": "report"}, "[PERSON]", {"PERSON": 1}),
    ],
)
def test_a_field_hides_nothing_for_which_more_is_done(modes, shown, counts):
    row = raw_row(0, turns("Hi"), metadata='{"name": "Ann bob@corp.org"}', user_id=None)
    redacted = Redactor(Pii(modes=modes)).redact(from_rows("raw_logs", [row]))
    assert redacted.table.column("metadata").to_pylist() == [f'{{"name": "{shown}"}}']
    assert redacted.counts == [counts]
