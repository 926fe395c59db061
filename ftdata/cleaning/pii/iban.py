"""International bank account numbers: length by country and the checksum modulo 97."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.pii.context import plain_separators
from ftdata.cleaning.pii.recogniser import EDGE, Place, Recogniser

# Lengths by country, from the IBAN registry (ISO 13616-1).
IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BI": 27, "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27,
    "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27,
    "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21, "HU": 28,
    "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28,
    "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22,
    "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23,
    "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24,
    "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28,
    "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}  # fmt: skip
_HEAD = re.compile(r"[A-Za-z]{2}[0-9]{2}")
_EDGE = re.compile(EDGE)


def find_ibans(text: str) -> Iterator[Place]:
    """IBANs in one piece or in groups of four, parted by a space or a hyphen."""
    text = plain_separators(text)
    for head in _HEAD.finditer(text):
        length = IBAN_LENGTHS.get(head.group()[:2].upper())
        if length and _EDGE.match(text, head.start()):
            end = _end(text, head.start(), length)
            if end:
                yield head.start(), end


def _end(text: str, start: int, length: int) -> int:
    """Where the IBAN of that length ends that begins at `start`; 0 where there is none."""
    for parts in (0, (length - 1) // 4):
        piece = text[start : start + length + parts]
        flat = piece if not parts else "".join(piece[i : i + 4] for i in range(0, len(piece), 5))
        if len(flat) == length and (not parts or set(piece[4::5]) in ({" "}, {"-"})):
            end = start + len(piece)
            if has_iban_checksum(flat) and not text[end : end + 1].isalnum():
                return end
    return 0


def has_iban_checksum(iban: str) -> bool:
    """Whether the check digits hold (ISO 7064, MOD 97-10); False for what is no ASCII letter."""
    if not (iban.isascii() and iban.isalnum()):
        return False
    return int("".join(str(int(char, 36)) for char in iban[4:] + iban[:4])) % 97 == 1


# Bank codes may be letters, but account numbers that are in use are digits for the most part.
IBAN = Recogniser(find_ibans, digits=8, gate=r"[A-Za-z]{2}[0-9]{2}[^0-9A-Za-z]?[0-9A-Za-z]{4}")
