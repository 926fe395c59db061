"""Hardware addresses (EUI-48)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.pii.recogniser import EDGE, Place, Recogniser

# A colon before it may end a word that says what it is; `mac:` is one.
_BEFORE = EDGE + r"(?:(?<![:.-])|(?<=[G-Zg-z]:)|(?<=[Mm][Aa][Cc]:))"
_AFTER = r"(?!\w|[:.-]\w)"
_PAIRS = re.compile(_BEFORE + r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}" + _AFTER)
_QUADS = re.compile(_BEFORE + r"(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}" + _AFTER)
# Parts of them, looked for first: that is far cheaper than the patterns at every word.
_PAIRED = re.compile(r"[:-][0-9A-Fa-f]{2}(?=[:-])")
_DOTTED = re.compile(r"\.[0-9A-Fa-f]{4}(?=\.)")
# Without a letter these are times, dates and draws as well: words must say what they are.
_CUE = re.compile(r"(?<![a-z[])(?:mac|macs|hardware|ether|ethernet|bssid|physical|wi-?fi|wlan)\b")
_CUE_CHARS = 40
_DOCUMENTATION = "00005e0053"


def find_macs(text: str) -> Iterator[Place]:
    """`00:1a:2b:3c:4d:5e`, `00-1A-2B-3C-4D-5E` and `001a.2b3c.4d5e`; not broadcast."""
    if text.count(":") >= 5 or text.count("-") >= 5:
        end = 0
        for paired in _PAIRED.finditer(text):
            found = _PAIRS.match(text, max(paired.start() - 2, end))
            if found and _is_mac(text, found):
                yield found.span()
                end = found.end()
    for dotted in _DOTTED.finditer(text):
        quads = _QUADS.match(text, max(dotted.start() - 4, 0))
        if quads and any(map(str.isdigit, quads.group())) and _is_mac(text, quads):
            yield quads.span()


def is_reserved_mac(address: str) -> bool:
    """Whether it is for documentation (00-00-5E-00-53-00 to -FF, RFC 7042), or all zero."""
    digits = "".join(char for char in address if char.isalnum()).lower()
    return digits.startswith(_DOCUMENTATION) or not digits.strip("0")


def _is_mac(text: str, found: re.Match[str]) -> bool:
    digits = [char for char in found.group() if char.isalnum()]
    if not {*digits} - {"f", "F"}:
        return False
    if not all("0" <= char <= "9" for char in digits):
        return True
    before = text[max(0, found.start() - _CUE_CHARS) : found.start()].lower()
    return not {*digits} - {"0"} or _CUE.search(before) is not None


_GATE = r"[:-][0-9A-Fa-f]{2}[:-]|\.[0-9A-Fa-f]{4}\."
MAC = Recogniser(find_macs, gate=_GATE, is_reserved=is_reserved_mac)
