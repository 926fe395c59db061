"""IBANs. The numbers are the examples of the registry."""

import pytest

from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "‹DE89370400440532013000›",
        "‹DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000›",
        "IBAN: ‹DE89 3704 0044 0532 0130 00›, thanks",
        "‹GB82-WEST-1234-5698-7654-32›.",
        "‹gb82west12345698765432›",
        "‹NO9386011117947› ‹MT84MALT011000012345MTLCAST001S›",
        "‹FR1420041010050500013M02606›",
        "DE89370400440532013001",
        "DE8937040044053201300, DE893704004405320130001, XDE89370400440532013000",
        "XX89370400440532013000",
        "DE89 3704 0044 0532-0130 00",
    ],
)
def test_accounts(marked):
    expect("IBAN", marked)
