"""IP addresses, version 4 and 6, and networks."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from ftdata.cleaning.pii.recogniser import EDGE, Place, Recogniser

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_V4 = re.compile(EDGE + rf"(?<![.-])(?:{_OCTET}\.){{3}}{_OCTET}(?!\w|[.-][0-9])")
_V6 = re.compile(EDGE + r"(?<!:)[0-9A-Fa-f:]{2,40}[0-9A-Fa-f:.]{0,16}(?!\w)")
_ZONE = re.compile(r"%\w{1,15}")
_PREFIX = re.compile(r"/([0-9]{1,3})(?![\w/]|\.[0-9])")
# Cheap to look for: what every address of that version holds.
_HAS_V4 = re.compile(r"[0-9]\.[0-9]{1,3}\.[0-9]")
_HAS_V6 = re.compile(r":[0-9A-Fa-f]{0,4}:")
# Not "http://1.2.3.4", but "Chrome/120.0.0.0", "version 1.2.3.4", "v. 1.2.3.4" and "rev=1.2.3.4".
_VERSION = re.compile(
    r"(?:(?<!\w)(?:version|ver|v|release|rev|build|section|sec|chapter|figure|fig|firmware|sdk)"
    r"[\s.:=\"'-]{0,4}|[^\W_]/|§\s?)\Z"
)
_CUE = re.compile(
    r"(?<![a-z[])(?:ip|ips|ipv4|ipv6|address|addr|host|server|dns|ping|subnet|gateway|loopback"
    r"|localhost|src|dst)\b"
)
_CUE_CHARS = 40
# `x[::2]`, `x[:, ::1]`, `f()[::1]`: what stands right before and after in code.
_INDEX_BEFORE = re.compile(r"(?:[\w)\]]\[|, ?|:)\Z")
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
    """Addresses of both versions, with the zone (`%eth0`) and the length of a network (`/24`)."""
    longer = list(_find_v6(text)) if _HAS_V6.search(text) else []
    yield from longer
    if _HAS_V4.search(text):
        ends = {end for _, end in longer}
        # One that ends another is its last part: ::ffff:192.0.2.1.
        yield from (place for place in _find_v4(text) if place[1] not in ends)


def is_reserved_ip(address: str) -> bool:
    """Whether the address is private, of the machine itself, or for documentation."""
    try:
        parsed = ipaddress.ip_address(address.partition("/")[0])
    except ValueError:  # an engine's own idea of an address
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return any(parsed.version == block.version and parsed in block for block in _KEPT)


def _find_v4(text: str) -> Iterator[Place]:
    for found in _V4.finditer(text):
        # 1.2.3.4 is a section or a version more often than an address.
        small = len(found.group()) == 7 and found.group().strip("0.") != ""
        if (not small or _has_cue(text, found.start())) and not _VERSION.search(
            text[max(0, found.start() - _CUE_CHARS) : found.start()].lower()
        ):
            yield found.start(), _prefix_end(text, found.end(), 32)


def _find_v6(text: str) -> Iterator[Place]:
    for found in _V6.finditer(text):
        address = found.group().rstrip(".:")
        if "::" not in address and found.group().startswith("::", len(address)):
            address += "::"
        if address.count(":") < 2 or not _is_v6(address):
            continue
        end = found.start() + len(address)
        if zone := _ZONE.match(text, end):
            end = zone.end()
        end = _prefix_end(text, end, 128)
        whole = end - found.start() > len(address)
        if whole or _is_plain(address) or _is_short(text, address, found.start(), end):
            yield found.start(), end


def _prefix_end(text: str, end: int, longest: int) -> int:
    prefix = _PREFIX.match(text, end)
    return prefix.end() if prefix and int(prefix.group(1)) <= longest else end


def _is_v6(address: str) -> bool:
    try:
        ipaddress.IPv6Address(address)
    except ValueError:
        return False
    return True


def _is_plain(address: str) -> bool:
    """No code, whatever stands around: `ab::cd` is, so a short form shows a full group, a digit."""
    if "::" not in address or "." in address:
        return True
    groups = [group for group in address.split(":") if group]
    return len(groups) >= 2 and max(map(len, groups)) >= 3 and any("0" <= c <= "9" for c in address)


def _is_short(text: str, address: str, start: int, end: int) -> bool:
    """The loopback `::1`, alone; `::` and others only where words say so. Not `x[::1]`."""
    if _INDEX_BEFORE.search(text[max(0, start - 2) : start]):
        return False
    if text[end : end + 1] == "]" and text[start - 1 : start] != "[":
        return False
    named = address == "::" or any(map(str.isdigit, address))
    return address == "::1" or (named and _has_cue(text, start))


def _has_cue(text: str, start: int) -> bool:
    return _CUE.search(text[max(0, start - _CUE_CHARS) : start].lower()) is not None


IP = Recogniser(find_ips, digits=1, gate=r"[0-9]\.[0-9]|:", is_reserved=is_reserved_ip)
