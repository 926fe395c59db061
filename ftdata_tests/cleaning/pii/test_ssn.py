"""Social security numbers."""

import pytest

from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "‹123\u201145\u20116789›",
        "My SSN: ‹123-45-6789›.",
        "‹123-45-6789›",
        "social security number is ‹123 45 6789›, or ‹123456789›",
        "123 45 6789 and 123456789",
        "000-12-3456, 666-12-3456, 912-34-5678, 123-00-4567, 123-45-0000",
        "1123-45-6789, 123-45-67890, 12-123-45-6789, 123-45-6789-1",
        "123-45 6789",
        "SSN\u2013‹123-45-6789›\u2013 and \u2011‹123-45-6789›, 123-45-6789-",
        "7\u2013123-45-6789, 123-45-6789\u20138",
    ],
)
def test_numbers(marked):
    expect("SSN", marked)
