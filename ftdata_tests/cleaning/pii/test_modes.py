"""Masks, hashes, numbers."""

import pytest

from ftdata.cleaning.pii.modes import Replacer, keyed_hash, mask
from ftdata.settings_pii import Pii


@pytest.mark.parametrize(
    ("entity", "text", "masked"),
    [
        ("CREDIT_CARD", "4111 1111 1111 1234", "**** **** **** 1234"),
        ("EMAIL", "a.b@corp.org", "*.*@****.***"),
        ("PERSON", "Zoë van Dam", "*** *** ***"),
        ("IP", "10.0.0.1", "**.*.*.*"),
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
