"""E-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.gate import any_of
from ftdata.cleaning.pii.recogniser import Place, Recogniser
from ftdata.cleaning.pii.spelled_email import SPELLED_MARKS, find_spelled_emails, plain_email

_LOCAL = re.compile(r"[\w.%+&'-]{1,64}")
_DOMAIN = re.compile(
    r"(?:[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?\.){1,8}(?:xn--[a-z0-9-]{2,59}|[^\W\d_]{2,24})",
    re.IGNORECASE,
)
# Reserved by RFC 2606 for documentation and tests: nobody's address.
_RESERVED = re.compile(
    r"(?:.*\.)?(?:example\.(?:com|net|org)|example|test|invalid|localhost)", re.IGNORECASE
)


def find_emails(text: str) -> Iterator[Place]:
    """Every `local@domain.tld`, and those whose signs are spelled out."""
    yield from find_spelled_emails(text)
    at = text.find("@")
    while at >= 0:
        domain = _DOMAIN.match(text, at + 1, at + 256)
        start = _local_start(text, at)
        if domain and start < at:
            yield start, domain.end()
        at = text.find("@", at + 1)


def is_reserved_email(address: str) -> bool:
    """Whether the address is at example.com or another domain that belongs to nobody."""
    domain = plain_email(address).rpartition("@")[2]
    return domain.isascii() and _RESERVED.fullmatch(domain) is not None


def _local_start(text: str, at: int) -> int:
    local = _LOCAL.match(text[max(0, at - 64) : at][::-1])
    start = at - local.end() if local else at
    # The n of an escaped line break in serialised JSON is no part of the name.
    if 0 < start < at - 1 and text[start - 1] == "\\" and text[start] in "nrt":
        start += 1
    while start < at and text[start] in ".'-&%":
        start += 1
    return start


EMAIL = Recogniser(find_emails, gate=any_of(("@", *SPELLED_MARKS)), is_reserved=is_reserved_email)
