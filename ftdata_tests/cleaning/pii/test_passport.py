"""Passport numbers. All are made up."""

import pytest

from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "My passport number is ‹AB1234567›.",
        "passport no.: ‹912803456›; Reisepass ‹C01X00T47›, pasaporte: ‹AAA123456›",
        "Passports: ‹AB1234567› and ‹xy9876543›",
        '{"passport_id": "‹A1234567›"}',
        "A1234567, order 12345678",
        "my passport expires on 20310514, passport from 2031-05-14",
        "passport in hand, about the order 12345678",
        "[PASSPORT] 12345678",
        "passport office, room 12, phone 555-123-4567",
    ],
)
def test_numbers(marked):
    expect("PASSPORT", marked)
