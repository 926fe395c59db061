"""IP addresses."""

import pytest

from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "from ‹203.0.114.7›.",
        "http://‹93.184.216.34›:8080/x and ‹93.184.216.34›/24",
        "ping ‹8.8.8.8›",
        "10.1.2.3, 192.168.0.1, 127.0.0.1, 172.16.5.4, 0.0.0.0, 255.255.255.0, 192.0.2.1",
        "version 12.34.56.78, v12.34.56.78, Chrome/120.0.0.0, see 1.2.3.4",
        "256.1.1.1, 1.2.3, 11.22.33.44.55, 12.34.56.789",
        "‹2606:2800:220:1:248:1893:25c8:1946›, ‹2606:2800:220::1946›!",
        "::1, fe80::204:61ff:fe9d:f156, 2001:db8::1",
        "Time 12:34:56, 00:1A:2B:3C:4D:5E, std::cout, x[::2], ab::cd, 2001::25de::cade",
    ],
)
def test_addresses(marked):
    expect("IP", marked)
