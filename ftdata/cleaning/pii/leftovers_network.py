"""Looks for addresses of machines, web addresses and telephone numbers that are still there.

Words are cut out at white space and parsed; no pattern of the recognisers is used.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

_HOST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
_HEX = frozenset("0123456789abcdefABCDEF")
_DIGITS = frozenset("0123456789")
_RESERVED = ("example.com", "example.net", "example.org")
_RESERVED_TOP = ("example", "test", "invalid", "localhost")
_OPENING, _CLOSING = "([{<\"'", ".,;!?)]}>\"'"
# Words before four numbers that make them a version or a section.
_VERSION_WORDS = frozenset(
    (
        "version", "ver", "v", "release", "rev", "build", "section", "sec", "chapter", "figure",
        "fig", "firmware", "sdk",
    )
)  # fmt: skip
_VERSION_CHARS = 24
_SHORT_V4 = 7  # 1.2.3.4 is a section more often than an address
_PHONE_CHARS = 32


def is_public_host(text: str) -> bool:
    """Whether the text begins with the name of a host that is somebody's: `corp.org/x`."""
    length = next((i for i, char in enumerate(text) if char not in _HOST), len(text))
    host = text[:length].rstrip(".-").lower()
    labels = host.split(".")
    if not 2 <= len(labels) <= 9 or not (labels[-1].isalpha() and 2 <= len(labels[-1]) <= 24):
        return False
    if any(not 0 < len(part) < 64 or part[0] == "-" or part[-1] == "-" for part in labels):
        return False
    return labels[-1] not in _RESERVED_TOP and ".".join(labels[-2:]) not in _RESERVED


def has_ip(text: str) -> bool:
    """Whether a word is a public address of either version, and no version number."""
    if not (_has_dotted_number(text) or "::" in text or text.count(":") >= 7):
        return False
    return any(
        _is_public_ip(word) and not _has_version_word(text, start)
        for word, start in _words(text, _SHORT_V4)
        if word[0] in _HEX and (word.count(".") == 3 or word.count(":") >= 2)
    )


def has_mac(text: str) -> bool:
    """Whether a word is six pairs of hexadecimal digits, letters among them."""
    if text.count(":") < 5 and text.count("-") < 5:
        return False
    return any(len(word) == 17 and _is_mac(word) for word, _ in _words(text, 17))


def has_url(text: str) -> bool:
    """Whether a word is a web address at a public host."""
    if "://" not in text:
        return False
    return any(
        is_public_host(word.partition("://")[2])
        for word, _ in _words(text, len("http://"))
        if word.startswith(("http://", "https://"))
    )


def has_phone(text: str) -> bool:
    """Whether a `+` begins a number that is valid somewhere."""
    plus = text.find("+")
    while plus >= 0:
        if plus == 0 or text[plus - 1].isspace() or text[plus - 1] in "(:":
            number = _dialled(text[plus : plus + _PHONE_CHARS])
            if number and _is_valid_number(number):
                return True
        plus = text.find("+", plus + 1)
    return False


def _has_dotted_number(text: str) -> bool:
    """Whether a short number stands between two points."""
    parts = text.split(".")
    return len(parts) >= 4 and any(len(part) <= 3 and part.isdigit() for part in parts[1:-1])


def _words(text: str, least: int) -> Iterator[tuple[str, int]]:
    """The words of that length at least without the marks around them, and where they start."""
    at = 0
    for word in text.split():
        if len(word) < least:
            continue
        at = text.index(word, at)
        inner = word.lstrip(_OPENING)
        start = at + len(word) - len(inner)
        at += len(word)
        inner = inner.rstrip(_CLOSING)
        if inner:
            yield inner, start


def _is_public_ip(word: str) -> bool:
    try:
        address = ipaddress.ip_address(word)
    except ValueError:
        return False
    if not address.is_global or address.is_multicast or "%" in word:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return len(word) > _SHORT_V4
    # Global unicast; others may be code.
    return word[0] in "23" and len(word.partition(":")[0]) == 4 and not word.endswith(":")


def _has_version_word(text: str, start: int) -> bool:
    before = text[max(0, start - _VERSION_CHARS) : start].lower()
    while before and not (before[-1].isalnum() or before[-1] == "§"):
        before = before[:-1]
    word = ""
    while before and before[-1].isalpha():
        word, before = before[-1] + word, before[:-1]
    return word in _VERSION_WORDS or before[-1:] == "§"


def _is_mac(word: str) -> bool:
    pairs = word.split(word[2])
    if word[2] not in ":-" or len(pairs) != 6 or not all(len(pair) == 2 for pair in pairs):
        return False
    digits = "".join(pairs).lower()
    if not set(digits) <= _HEX or digits.startswith("00005e0053"):
        return False
    return not digits.isdecimal() and digits.strip("f") != ""


def _dialled(text: str) -> str:
    """`+` and digits, of a number with single spaces, hyphens or points; "" where it goes on."""
    digits, last = "", 0
    for index, char in enumerate(text[1:], 1):
        if char in _DIGITS:
            digits, last = digits + char, index
        elif char not in " .-" or index != last + 1:
            break
    after = text[last + 1 : last + 3]
    goes_on = after[:1].isalnum() or after[:1] in ("_", "\\") or after[1:].isalnum()
    return "+" + digits if 8 <= len(digits) <= 15 and not goes_on else ""


def _is_valid_number(number: str) -> bool:
    import phonenumbers  # here: it takes longer to load than most texts to look through

    if len(number) == 12 and number.startswith("+1") and number[5:10] == "55501":
        return False
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
