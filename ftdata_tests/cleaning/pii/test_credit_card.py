"""Card numbers. All numbers are the issuers' published test numbers, or built to fail."""

import pytest

from ftdata.cleaning.pii.credit_card import has_luhn
from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "‹4111 1111 1111 1111›",
        "pay with ‹5555555555554444›, or ‹3782-822463-10005›.",
        '{"number":"‹6011111111111117›"}',
        "‹30569309025904› and ‹3566002020360505›",
        "12 ‹4111-1111-1111-1111› 34",
        "‹4111\u00a01111\u00a01111\u00a01111›",
        "my card # ‹4012888888881881›",
        "4111 1111 1111 1112",
        "tracking number 4111111111111111",
        '"order_id": "4111111111111111"',
        "14111111111111111, 0.4111111111111111 and x4111111111111111",
        "2111111111111111 is no issuer's, 4444444444444444 no card",
        "0000 0000 0000 0000",
        "+4915112345678",
        "1748503543012",
        "maestro ‹503802053770›",
        "item 503802053770",
    ],
)
def test_cards(marked):
    expect("CREDIT_CARD", marked)


def test_luhn_holds_for_one_last_digit_in_ten():
    assert [digit for digit in "0123456789" if has_luhn("7992739871" + digit)] == ["3"]
