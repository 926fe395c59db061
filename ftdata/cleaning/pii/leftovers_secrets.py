"""Looks for vendors' keys and private keys that are still there, by plain search."""

from __future__ import annotations

import string
from typing import NamedTuple

_UPPER = frozenset(string.ascii_uppercase + string.digits)
_ALNUM = frozenset(string.ascii_letters + string.digits)
_TOKEN = _ALNUM | frozenset("_-")
_HEX = frozenset("0123456789abcdef")
_BEFORE = frozenset(" \t\n\r\"'`=:(,;<[{")


class _Key(NamedTuple):
    """A vendor's prefix, the characters behind it, and how many there are at least."""

    prefix: str
    chars: frozenset[str]
    least: int
    most: int = 1 << 30


_KEYS = (
    _Key("AKIA", _UPPER, 16, 16), _Key("ASIA", _UPPER, 16, 16), _Key("AIza", _TOKEN, 35),
    _Key("ghp_", _ALNUM, 36), _Key("gho_", _ALNUM, 36), _Key("ghs_", _ALNUM, 36),
    _Key("github_pat_", _ALNUM | {"_"}, 22), _Key("glpat-", _TOKEN, 20), _Key("sk-", _TOKEN, 32),
    _Key("sk_live_", _ALNUM, 20), _Key("rk_live_", _ALNUM, 20), _Key("xoxb-", _TOKEN - {"_"}, 20),
    _Key("xoxp-", _TOKEN - {"_"}, 20), _Key("hf_", _ALNUM, 30), _Key("npm_", _ALNUM, 36),
    _Key("pypi-AgEI", _TOKEN, 40), _Key("ya29.", _TOKEN, 20), _Key("GOCSPX-", _TOKEN, 20),
    _Key("dop_v1_", _HEX, 64), _Key("dapi", _HEX, 32), _Key("shpat_", _HEX, 32),
    _Key("hvs.", _TOKEN, 20),
)  # fmt: skip
_PEM = "-----BEGIN "
_PEM_LABEL = frozenset(string.ascii_uppercase + string.digits + " ")
_LABEL_CHARS = 40


def has_secret(text: str) -> bool:
    """Whether a vendor's key or the header of a private key stands in the text."""
    for key in _KEYS:
        if key.prefix in text and _has_key(text, key):
            return True
    return _PEM in text and any(_is_private(part) for part in text.split(_PEM)[1:])


def _has_key(text: str, key: _Key) -> bool:
    at = text.find(key.prefix)
    while at >= 0:
        first = at + len(key.prefix)
        end = first
        while end < len(text) and text[end] in key.chars:
            end += 1
        is_whole = key.least <= end - first <= key.most
        begins = at == 0 or text[at - 1] in _BEFORE
        if is_whole and begins and _has_digit(text[first : first + 40]):
            return True
        at = text.find(key.prefix, end)
    return False


def _has_digit(text: str) -> bool:
    # Words joined by hyphens behind "sk-" are no key.
    return any(char in string.digits for char in text)


def _is_private(part: str) -> bool:
    label, dashes, _ = part[: _LABEL_CHARS + 5].partition("-----")
    if not dashes or not set(label) <= _PEM_LABEL:
        return False
    return label.removesuffix(" BLOCK").endswith("PRIVATE KEY")
