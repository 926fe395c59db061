"""IP addresses."""

import pytest

from ftdata.cleaning.pii.ip_address import find_ips, is_reserved_ip
from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "from ‹203.0.114.7›.",
        "http://‹93.184.216.34›:8080/x and ‹93.184.216.34/24›",
        "ping ‹8.8.8.8›",
        "10.1.2.3, 192.168.0.1, 127.0.0.1, 172.16.5.4, 0.0.0.0, 255.255.255.0, 192.0.2.1",
        "version 12.34.56.78, v12.34.56.78, Chrome/120.0.0.0, see 1.2.3.4",
        "256.1.1.1, 1.2.3, 11.22.33.44.55, 12.34.56.789",
        "‹2606:2800:220:1:248:1893:25c8:1946›, ‹2606:2800:220::1946›!",
        "::1, fe80::204:61ff:fe9d:f156, 2001:db8::1, fe80::1%eth0, ::ffff:192.168.1.1, fc00::/7",
        "[‹2606:4700::1111›]:443, ‹2606:4700::1111/48›. ‹::ffff:8.8.4.4› ‹2606:4700::1111›::",
        "http://‹93.184.216.34›/99 ‹93.184.216.34›/240 ‹93.184.216.34›/1/2",
        "Time 12:34:56, 00:1A:2B:3C:4D:5E, std::cout, x[::2], ab::cd, 2001::25de::cade",
        "std::vector<int>, x[1::2], a[:, ::1], b()[::-1], ::abc, 12:30, 12:30:45.123, dead::beef",
    ],
)
def test_addresses(marked):
    expect("IP", marked)


@pytest.mark.parametrize(
    "address",
    ["::1", "::1/128", "0.0.0.0", "127.0.0.1", "fe80::1%eth0", "2001:db8::/32", "::ffff:10.0.0.1"],
)
def test_reserved_addresses_are_found_and_known_as_such(address):
    text = f"listens at {address}, as before"
    start = text.index(address)
    assert list(find_ips(text)) == [(start, start + len(address))]
    assert is_reserved_ip(address)


@pytest.mark.parametrize("text", ["x[::1]", "a[:, ::1]", "b()[::1]", "x[1:9, ::1]", "a :: b"])
def test_slices_are_no_loopback(text):
    assert not list(find_ips(text))
