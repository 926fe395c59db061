"""E-mail addresses whose signs are written as words: `ana [at] web.de`, `ana at web dot de`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ftdata.cleaning.pii.recogniser import Place

# One of these stands in each text, in lower case, that holds such an address.
SPELLED_MARKS = ("at]", "at)", "at}", "at ]", "at )", "(@", "[@", "{@", "ät)", "ät]", " dot ")

_AT = re.compile(r"[ ]{0,2}[\[({][ ]?(?:at|ät|@)[ ]?[\])}][ ]{0,2}", re.IGNORECASE)
_BARE_AT = re.compile(r"[ ]at[ ]", re.IGNORECASE)
_SPELLED_DOT = r"(?:[ ]{1,2}(?i:dot)[ ]{1,2}|[ ]?[\[({][ ]?(?i:dot|punkt|[.])[ ]?[\])}][ ]?)"
_DOT = rf"(?:[.]|{_SPELLED_DOT})"
_LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
_DOMAIN = re.compile(
    rf"{_LABEL}(?:{_DOT}{_LABEL}){{0,4}}{_DOT}(?P<top>[a-z]{{2,24}}|[A-Z]{{2,24}})(?![\w-])"
)
# The local part is matched from its end: the text is turned round.
_TURNED_DOT = r"(?:[ ]{1,2}tod[ ]{1,2}|[ ]?[\])}][ ]?(?:tod|tknup|[.])[ ]?[\[({][ ]?)"
_LOCAL = r"[\w.%+&'-]{1,64}"
_TURNED_LOCAL = re.compile(rf"{_LOCAL}(?:{_TURNED_DOT}{_LOCAL}){{0,3}}", re.IGNORECASE)
_LOCAL_CHARS, _DOMAIN_CHARS = 160, 256
_ANY_DOT = re.compile(_SPELLED_DOT, re.IGNORECASE)
_GENERIC = (
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "io", "ai", "app", "dev", "eu",
    "uk",
)  # fmt: skip
# Countries whose domains are words: `polka dot in` is none.
_WORDS = (
    "am", "as", "at", "be", "by", "do", "in", "is", "it", "me", "my", "no", "so", "to", "us",
)  # fmt: skip
# `look at amazon dot com` is a shop; these say that it is an address.
_MAIL_WORD = re.compile(
    r"(?i:\be-?mails?\b|\bmail\b|\baddress\b|\bwrite\b|\breach\b|\bcontact\b|\bcorreo\b|\badresse\b)"
)
_MAIL_HOSTS = frozenset(
    (
        "gmail", "googlemail", "yahoo", "ymail", "hotmail", "outlook", "live", "msn", "icloud",
        "aol", "gmx", "web", "proton", "protonmail", "fastmail", "zoho", "yandex",
    )
)  # fmt: skip
_TELLING = re.compile(r"[0-9._%+]|\bdot\b", re.IGNORECASE)
_ARTICLES = ("the", "a", "an", "this", "that", "your", "our", "my")
_CUE_CHARS = 40
_NEXT_WORD = re.compile(r"[ ]+\w")


def find_spelled_emails(text: str) -> Iterator[Place]:
    """Addresses with an `at` in brackets; with a bare one where `dot` and a known domain follow."""
    for at in _AT.finditer(text):
        domain = _DOMAIN.match(text, at.end(), at.end() + _DOMAIN_CHARS)
        start = _local_start(text, at.start())
        if domain and start < at.start():
            yield start, domain.end()
    if " dot " in text.lower():
        for at in _BARE_AT.finditer(text):
            domain = _DOMAIN.match(text, at.end(), at.end() + _DOMAIN_CHARS)
            start = _local_start(text, at.start())
            if domain and start < at.start() and _is_meant(text, start, at.start(), domain):
                yield start, domain.end()


def plain_email(address: str) -> str:
    """`ana [at] web dot de` becomes `ana@web.de`; an address with its signs stays."""
    if _AT.search(address):
        address = _AT.sub("@", address)
    elif "@" not in address:
        address = _BARE_AT.sub("@", address)
    return _ANY_DOT.sub(".", address)


def _local_start(text: str, end: int) -> int:
    turned = text[max(0, end - _LOCAL_CHARS) : end][::-1]
    local = _TURNED_LOCAL.match(turned)
    start = end - local.end() if local else end
    while start < end and text[start] in ".'-&%":
        start += 1
    return start


def _is_meant(text: str, start: int, at: int, domain: re.Match[str]) -> bool:
    """Whether words with a bare `at` and `dot` among them are an address."""
    top, host = domain["top"].lower(), re.split(r"[ .]", domain.group(), maxsplit=1)[0].lower()
    if not _ANY_DOT.search(domain.group()) or top not in _known_domains() or host in _ARTICLES:
        return False
    if top in _WORDS and _NEXT_WORD.match(text, domain.end()):
        return False
    return (
        host in _MAIL_HOSTS
        or _TELLING.search(text, start, at) is not None
        or _MAIL_WORD.search(text, max(0, start - _CUE_CHARS), start) is not None
    )


@cache
def _known_domains() -> set[str]:
    import phonenumbers  # here: it takes longer to load than most texts to redact

    return {*_GENERIC, *(region.lower() for region in phonenumbers.SUPPORTED_REGIONS)}
