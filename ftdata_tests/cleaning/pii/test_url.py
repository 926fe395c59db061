"""Web addresses."""

import pytest

from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "see ‹https://www.shop.org/a/b?user=bob#top›, or ‹www.shop.org›.",
        "(‹http://shop.vlaanderen›) <‹https://shop.org/›> '‹http://shop.org/x›'",
        "‹https://en.wikipedia.org/wiki/A_(b)›) [x](‹https://shop.org/x›)",
        "[‹https://shop.org›](‹https://shop.org/›)",
        "‹ftp://bob:pw@shop.org:21/x›; ‹https://93.184.216.34:8080/›!",
        "‹http://[2606:4700::1111]/path›",
        '{"text":"so\\n‹https://shop.org/x›\\nand"}',
        "https://example.com/x, http://localhost:8080/, http://10.0.0.1/x, http://a.test",
        "http://user@example.com:80/?q=shop.org, http://[::1]/x",
        "‹https://example.com.evil.org/›",
        "www.shop, http://, https:///x, shop.org, std::http, http://[URL]",
    ],
)
def test_addresses(marked):
    expect("URL", marked)
