"""Looks for personal data that is still there, by another path than the redactor.

No pattern of the recognisers is used: texts are cut and scanned plainly, so that a mistake in a
pattern cannot hide itself. It reports only what is certain in form; it is not a recogniser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ftdata.cleaning.pii.context import STRONG_WORDS, WEAK_WORDS
from ftdata.cleaning.pii.iban import IBAN_LENGTHS
from ftdata.cleaning.pii.leftovers_network import (
    has_ip,
    has_mac,
    has_phone,
    has_url,
    is_public_host,
)
from ftdata.cleaning.pii.leftovers_secrets import has_secret

_LOCAL_END = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_IDENTIFIERS = (*STRONG_WORDS, *WEAK_WORDS)
_DIGITS = re.compile("[0-9]+")
_ESCAPE = re.compile(r"\\(?:[bfnrt]|u[0-9a-f]{4})")  # in serialised JSON


def pii_left(
    texts: Sequence[str | None],
    entities: Sequence[str] = (
        "EMAIL", "CREDIT_CARD", "IBAN", "SSN", "IP", "MAC", "PHONE", "SECRET",
    ),
) -> list[str | None]:  # fmt: skip
    """For each text the first of the entities that still seems to be in it, or None.

    These and URL are looked for, and only in forms that prove what they are: public IP addresses,
    telephone numbers behind a `+`, vendors' keys. What is nobody's (example.com, 555-01 numbers) is
    not reported.
    """
    scans = [(entity, _SCANS[entity]) for entity in entities if entity in _SCANS]
    return [next((entity for entity, has in scans if text and has(text)), None) for text in texts]


def _has_email(text: str) -> bool:
    if "@" not in text:
        return False
    parts = text.split("@")
    return any(
        left[-1:] in _LOCAL_END and is_public_host(right[:255])
        for left, right in pairwise(parts)
        if left
    )


def _has_card(text: str) -> bool:
    return any(
        _is_card_number(digits) and not _has_identifier_word(text, start)
        for digits, start, end in _digit_runs(text)
        if 13 <= len(digits) <= 19 and _stands_alone(text, start, end)
    )


def _digit_runs(text: str) -> Iterator[tuple[str, int, int]]:
    """Runs of digits, and four runs of four with a space or a hyphen between them."""
    runs = [(found.group(), found.start(), found.end()) for found in _DIGITS.finditer(text)]
    yield from runs
    for four in zip(runs, runs[1:], runs[2:], runs[3:], strict=False):
        start, end = four[0][1], four[3][2]
        gaps = text[start + 4 : start + 5] + text[start + 9 : start + 10]
        if all(len(run[0]) == 4 for run in four) and end - start == 19:
            gaps += text[start + 14 : start + 15]
            if not gaps.strip(" -"):
                yield "".join(run[0] for run in four), start, end


def _is_card_number(digits: str) -> bool:
    issued = {"4": (13, 16, 19), "51": (16,), "55": (16,), "34": (15,), "37": (15,), "6011": (16,)}
    if not any(digits.startswith(head) and len(digits) in n for head, n in issued.items()):
        return False
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        doubled = digit * (1 + place % 2)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0 and digits.strip(digits[0]) != ""


def _has_ssn(text: str) -> bool:
    return any(
        _is_ssn(piece)
        for found in _DIGITS.finditer(text)
        if found.end() - found.start() == 3
        and _stands_alone(text, found.start(), found.start() + 11)
        for piece in [text[found.start() : found.start() + 11].split("-")]
    )


def _is_ssn(parts: list[str]) -> bool:
    if [len(part) for part in parts] != [3, 2, 4]:
        return False
    if not all(part.isascii() and part.isdigit() for part in parts):
        return False
    area, group, serial = map(int, parts)
    return 0 < area < 900 and area != 666 and group > 0 and serial > 0


def _has_iban(text: str) -> bool:
    return any(_is_iban(word.strip(".,;:!?()[]\"'")) for word in text.split() if len(word) >= 15)


def _is_iban(word: str) -> bool:
    if not (15 <= len(word) <= 34 and word.isascii() and word.isalnum() and word[2:4].isdigit()):
        return False
    if IBAN_LENGTHS.get(word[:2].upper()) != len(word) or sum(map(str.isdigit, word)) < 8:
        return False
    rest = 0
    for char in word[4:] + word[:4]:
        value = int(char, 36)
        rest = (rest * (100 if value > 9 else 10) + value) % 97
    return rest == 1


def _stands_alone(text: str, start: int, end: int) -> bool:
    """No letter, digit, point, plus or hyphen touches the place, and no digit is one space away."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    touching = before[-1:] + after[:1]
    if any(char.isalnum() or char in "._-+\\" for char in touching):
        return False
    return not (before[:1].isdigit() or after[1:].isdigit())


def _has_identifier_word(text: str, start: int) -> bool:
    first = max(0, start - 60)
    # In a list the word stands before its bracket: "item_ids": [1, 2, …
    bracket = text.rfind("[", 0, start)
    if bracket > text.rfind("]", 0, start):
        first = max(0, min(first, bracket - 60))
    before = _ESCAPE.sub(" ", text[first:start].lower())
    words = "".join(char if char.isalpha() else " " for char in before).split()
    return "#" in before or any(word.startswith(_IDENTIFIERS) for word in words)


_SCANS: dict[str, Callable[[str], bool]] = {
    "EMAIL": _has_email,
    "CREDIT_CARD": _has_card,
    "IBAN": _has_iban,
    "SSN": _has_ssn,
    "IP": has_ip,
    "MAC": has_mac,
    "PHONE": has_phone,
    "SECRET": has_secret,
    "URL": has_url,
}
