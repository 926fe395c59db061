"""E-mail addresses."""

import pytest

from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "Mail ‹jane+orders@mail.corp.co.uk›.",
        "<‹bob.o'neil@corp.org›>, (‹x_1@a-b.de›)",
        "…‹josé@exämple.org›!",
        "‹a@xn--d1acufc.xn--p1ai›",
        '{"text":"write\\n‹bob@corp.org›\\nthanks"}',
        "a@b@‹c@corp.org›".replace("a@b@‹c", "‹a@b.io›,‹c"),
        "info@presidio. and bob@localhost",
        "john.smith@gmail..com",
        "demo@example.com, x@shop.example.org, y@machine.test",
        "‹y@example.com.evil.org›",
        "npm install left-pad@1.3.0 @types/node@20",
        "@decorator\ndef f(): pass",
    ],
)
def test_addresses(marked):
    expect("EMAIL", marked)
