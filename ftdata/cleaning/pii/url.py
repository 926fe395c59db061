"""Web addresses, with the log-in data and the query they carry."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from ftdata.cleaning.gate import any_of
from ftdata.cleaning.pii.ip_address import is_reserved_ip
from ftdata.cleaning.pii.recogniser import EDGE, Place, Recogniser

_HOST = r"(?:[^\W_](?:[\w-]{0,62})\.){0,8}[^\W_][\w-]{0,62}"
_URL = re.compile(
    EDGE
    + rf"(?:(?:https?|ftp)://(?:[^\s/@<>\"'`]{{1,128}}@)?(?:{_HOST}|\[[0-9A-Fa-f:.]{{2,45}}\])"
    + r"|www\.(?:[^\W_][\w-]{0,62}\.){1,8}[^\W\d_]{2,24})(?::[0-9]{1,5})?"
    + r"(?:[/?#][^\s<>\"`\\]{0,4000})?",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(
    r"(?:[a-z]{3,5}://)?(?:[^\s/@]{0,128}@)?(\[[^\]]{0,64}\]|[^/?#:]{0,600})", re.I
)
_TRAILING = ".,;:!?'*_~|"
_PAIRS = {")": "(", "]": "[", "}": "{"}
# Reserved by RFC 2606 and RFC 6761: nobody's.
_RESERVED = re.compile(
    r"(?:.{0,600}\.)?(?:example\.(?:com|net|org)|example|test|invalid|localhost)", re.IGNORECASE
)


def find_urls(text: str) -> Iterator[Place]:
    """`http://`, `https://`, `ftp://` and `www.` addresses, without what ends a sentence."""
    for found in _URL.finditer(text):
        yield found.start(), found.start() + _length(found.group())


def is_reserved_url(url: str) -> bool:
    """Whether its host is example.com or another that is nobody's, or a private address."""
    found = _AUTHORITY.match(url)
    host = found.group(1).strip("[]") if found else ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _RESERVED.fullmatch(host) is not None
    return is_reserved_ip(host)


def _length(url: str) -> int:
    """How long the address is without trailing marks, and brackets that were opened before it."""
    url = url.partition("](")[0]  # Markdown: [https://shop.org](https://shop.org)
    closing = {close: url.count(close) - url.count(opening) for close, opening in _PAIRS.items()}
    end = len(url)
    while end and (url[end - 1] in _TRAILING or closing.get(url[end - 1], 0) > 0):
        if url[end - 1] in closing:
            closing[url[end - 1]] -= 1
        end -= 1
    return end


URL = Recogniser(find_urls, gate=any_of(("://", "www.")), is_reserved=is_reserved_url)
