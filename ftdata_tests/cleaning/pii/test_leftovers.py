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
        ("from 93.184.216.34.", "IP"),
        ("[93.184.216.34]", "IP"),
        ("version 93.184.216.34, rev = 93.184.216.34, § 93.184.216.34", None),
        ("10.0.0.1 192.168.100.200 8.8.8.8 93.184.216 a.b.c.d", None),
        ("at 2606:4700::1111, 12:30:45, 2001:db8::1, 2::, ab::cd", "IP"),
        ("at 12:30:45, 2001:db8::1, 2::, ab::cd, ::1", None),
        ("eth0 00:1A:2B:3C:4D:5E", "MAC"),
        ("FF-FF-FF-FF-FF-FF 00:00:5E:00:53:AF 12-34-56-78-90-12", None),
        ("call +44 20 7946 0958.", "PHONE"),
        ("+4915112345678", "PHONE"),
        ("+1 415 555 0132, 1+4915112345678, +4915112345678x, +49 151", None),
        ("key AKIA" + "A1B2C3D4" * 2, "SECRET"),
        ("ghp_" + "a1B2c3D4" * 5 + ",", "SECRET"),
        ("sk-learn-is-a-library-for-machine-learning, AKIA, task-sk-1", None),
        ("-----BEGIN OPENSSH " + "PRIVATE KEY-----", "SECRET"),
        ("-----BEGIN CERTIFICATE-----", None),
        ("[EMAIL], [CREDIT_CARD], [IP], [PHONE]", None),
        ("", None),
        (None, None),
    ],
)
def test_what_seems_to_be_left(text, entity):
    assert pii_left([text]) == [entity]


def test_only_the_entities_asked_for_are_looked_for():
    assert pii_left(["bob@corp.org 123-45-6789"], ["SSN", "PHONE"]) == ["SSN"]
    assert pii_left(["https://shop.org/x"], ["URL"]) == ["URL"]
    assert pii_left(["https://shop.org/x", "https://example.com/x"]) == [None, None]
    assert pii_left(["bob@corp.org"], ["PHONE"]) == [None]


@settings(max_examples=1000)
@given(TEXTS)
def test_nothing_is_left_after_redaction(text):
    assert pii_left([redact_text(text, Pii().entities).text]) == [None]
