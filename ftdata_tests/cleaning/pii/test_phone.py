"""Telephone numbers, and the numbers that are none."""

import pytest

from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "‹(555) 123-4567›",
        "‹555-123-4567›, ‹555.123.4567› ‹555-987-6543›",
        "‹+44 20 7946 0958›",
        "at ‹+1 555 123 4567› or ‹+15551234567›.",
        "‹1-800-829-1040› (toll-free)",
        "‹(523) 222-8888 x623›",
        "‹555-123-4567 ext. 12›",
        "Berlin ‹+49 (0)30 901820›",
        "‹020 7946 0958›",
        "my number is ‹5551234567›",
        "call me: ‹723 813 266›",
        "Phone:\n‹21 284 698 2548›",
        '{"phone": "‹5551234567›"}',
        '{"text":"so\\n‹555-123-4567›"}',
        "nobody is answering at ‹28 51 64 90›",
        "pick up on ‹481 9920›; voicemail: ‹0348 2102744›",
        "llámame al ‹612 345 678›, móvil ‹612 345 679›",
        "ask at ‹(77) 512-330›",
        "‹06 12 34 56 78›, ‹0216 123 45 67›; ‹09171234567›",
        "‹+44 20 7946 0958› 12 people",
        "‹20 7946 0958› is the phone number",
        "‹+44\u00a020\u00a07946\u00a00958›, ‹555\u2011123\u20114567›",
        "‹+86137000987651›",
        "‹+4915112345678›, not +123456789012345678",
        "(415) 555-0132, +1 415 555 0199, 555-0100 are nobody's, ‹(415) 555-0200› is not",
    ],
)
def test_numbers(marked):
    expect("PHONE", marked)


@pytest.mark.parametrize(
    "text",
    [
        '{"item_id": "6469567736", "order_id": "#W2378156"}',
        "order 555-123-4567, tracking number: 555-123-4567, ticket no. 555-123-4567",
        "#555-123-4567",
        "call me about order 6469567736",
        "6469567736",
        "call me on 2024-05-14 or 14.05.2024, between 2001-2005",
        "cell 0.1234567, $555-123-4567",
        "1555-123-45678, 12-555-123-4567-89, a555-123-4567",
        "for i in range(1000000, 20000000): x = 3.14159265",
        "550e8400-e29b-41d4-a716-446655440000",
        "192.168.100.200",
        "25 minutes drive, 100 200 300 4000 5000",
        "2 + 3 = 5; 123 456 7890 1234",
        "555-1234",
        "20 7946 0959 is the tracking number",
        "01 02 03 04 05 06, 10 20 30 40 50",
        "ISBN 0716703440, 0716703440",
        "the phone holds 10800-2500=<<10800-2500=8300>>8300 pictures",
    ],
)
def test_other_numbers(text):
    expect("PHONE", text)
