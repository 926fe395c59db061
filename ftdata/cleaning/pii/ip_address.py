"""IP addresses, version 4 and 6."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from ftdata.cleaning.pii.recogniser import EDGE, Place, Recogniser

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_V4 = re.compile(EDGE + rf"(?<![.-])(?:{_OCTET}\.){{3}}{_OCTET}(?!\w|[.-][0-9])")
_V6 = re.compile(EDGE + r"(?<!:)[0-9A-Fa-f:]{2,40}[0-9A-Fa-f:.]{0,16}(?!\w)")
# Cheap to look for: what every address of that version holds.
_HAS_V4 = re.compile(r"[0-9]\.[0-9]{1,3}\.[0-9]")
_HAS_V6 = re.compile(r":[0-9A-Fa-f]{0,4}:")
# Not "http://1.2.3.4", but "Chrome/120.0.0.0", "version 1.2.3.4", "v. 1.2.3.4" and "rev=1.2.3.4".
_VERSION = re.compile(
    r"(?:(?<!\w)(?:version|ver|v|release|rev|build|section|sec|chapter|figure|fig|firmware|sdk)"
    r"[\s.:=\"'-]{0,4}|[^\W_]/|§\s?)\Z"
)
_CUE = re.compile(r"(?<![a-z[])(?:ip|ips|ipv4|address|addr|host|server|dns|ping|subnet|gateway)\b")
# Nobody's: loopback, private, link-local, documentation, reserved and net masks (RFC 6890).
_KEPT = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.2.0/24", "192.168.0.0/16", "198.51.100.0/24", "203.0.113.0/24",
        "240.0.0.0/4", "::/127", "fc00::/7", "fe80::/10", "2001:db8::/32",
    )
)  # fmt: skip


def find_ips(text: str) -> Iterator[Place]:
    """Addresses of both versions."""
    if _HAS_V4.search(text):
        yield from _find_v4(text)
    if _HAS_V6.search(text):
        yield from _find_v6(text)


def _find_v4(text: str) -> Iterator[Place]:
    for found in _V4.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()].lower()
        # 1.2.3.4 is a section or a version more often than an address.
        small = len(found.group()) == 7 and not _CUE.search(before)
        if not small and not _VERSION.search(before):
            yield found.span()


def _find_v6(text: str) -> Iterator[Place]:
    for found in _V6.finditer(text):
        address = found.group().rstrip(".")
        if address.endswith(":") and not address.endswith("::"):
            address = address[:-1]
        if address.count(":") >= 2 and _is_v6(address):
            yield found.start(), found.start() + len(address)


def _is_v6(address: str) -> bool:
    try:
        ipaddress.IPv6Address(address)
    except ValueError:
        return False
    # `x[::2]` and `ab::cd` are code: a shortened address shows a full group and a digit.
    groups = [group for group in address.split(":") if group]
    return "::" not in address or (
        len(groups) >= 2 and max(map(len, groups)) >= 3 and any(map(str.isdigit, address))
    )


def is_reserved_ip(address: str) -> bool:
    """Whether the address is private, of the machine itself, or for documentation."""
    parsed = ipaddress.ip_address(address)
    return any(parsed.version == block.version and parsed in block for block in _KEPT)


IP = Recogniser(find_ips, digits=3, marks=(".", ":"), is_reserved=is_reserved_ip)
