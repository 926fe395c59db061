"""Hardware addresses."""

import pytest

from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "‹00:1A:2B:3C:4D:5E›, ‹00-1a-2b-3c-4d-5e›; (‹001A.2b3c.4d5e›).",
        "ether ‹52:54:00:12:34:56› and ‹aa-bb-cc-dd-ee-ff›",
        '{"mac":"a\\n‹00:1A:2B:3C:4D:5E›"}',
        "‹00:1A:2B:3C:4D:5E›: up, ‹001A.2b3c.4d5e›: up, mac:‹00:1A:2B:3C:4D:5E›",
        "2001:db8::a:00:1A:2B:3C:4D:5E, ad:00:1A:2B:3C:4D:5E",
        "FF:FF:FF:FF:FF:FF, 00:00:00:00:00:00, 00-00-5E-00-53-1F",
        "00:1A:2B:3C:4D, 00:1A:2B:3C:4D:5E:6F, 10:2F:33-AC-29-C3, 00:1A:2B:3C:4D:5G",
        "10:20:30:40:50:60, 05-12-23-34-45-56, 1234.5678.9012, face.dead.beef, 1.2ab3.4",
        "550e8400-e29b-41d4-a716-446655440000",
    ],
)
def test_addresses(marked):
    expect("MAC", marked)
