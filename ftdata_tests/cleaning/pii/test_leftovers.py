"""The second path: it finds what was not redacted, and nothing where it was."""

import pytest
from hypothesis import given, settings

from ftdata.cleaning.pii.leftovers import pii_left
from ftdata.cleaning.pii.redact import redact_text
from ftdata.settings_pii import Pii
from ftdata_tests.cleaning.pii.planted import TEXTS


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Mail bob@corp.org now", "EMAIL"),
        ("me@example.com, x@y, @home, a@b..c", None),
        ("pay 4111 1111 1111 1111 please", "CREDIT_CARD"),
        ("pay 5555555555554444.", None),  # touches a point: not certain in form
        ("pay 5555555555554444!", "CREDIT_CARD"),
        ("pay 4111 1111 1111 1112", None),
        ("order 4111111111111111", None),
        ('"item_ids": ["1008292230", "4111111111111111"]', None),
        ("SSN 123-45-6789", "SSN"),
        ("000-45-6789", None),
        ("to DE89370400440532013000, thanks", "IBAN"),
        ("to DE89370400440532013001", None),
        ("[EMAIL], [CREDIT_CARD]", None),
        ("", None),
        (None, None),
    ],
)
def test_what_seems_to_be_left(text, entity):
    assert pii_left([text]) == [entity]


def test_only_the_entities_asked_for_are_looked_for():
    assert pii_left(["bob@corp.org 123-45-6789"], ["SSN", "PHONE"]) == ["SSN"]
    assert pii_left(["bob@corp.org"], ["PHONE"]) == [None]


@settings(max_examples=1000)
@given(TEXTS)
def test_nothing_is_left_after_redaction(text):
    assert pii_left([redact_text(text, Pii().entities).text]) == [None]
