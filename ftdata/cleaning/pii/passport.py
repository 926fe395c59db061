"""Numbers of passports, only behind the word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.gate import any_of
from ftdata.cleaning.pii.context import is_named_identifier
from ftdata.cleaning.pii.recogniser import EDGE, Place, Recogniser

_WORDS = (
    "passport", "pasaporte", "passeport", "passaport", "reisepass", "paspoort", "paszport",
    "паспорт", "여권", "护照",
)  # fmt: skip
# The bracket: a placeholder is no cue for the number after it.
_WORD = re.compile(rf"(?<!\[)(?:{'|'.join(_WORDS)})")
# Six to nine digits behind at most three letters, or letters between (South Korea, Germany); not
# a date without separators.
_NUMBER = re.compile(
    EDGE + r"(?!(?:19|20)[0-9]{6}(?![0-9]))(?=[A-Z]{0,3}[0-9])(?=(?:[A-Z]{0,3}[0-9]){5})"
    r"[A-Z0-9]{7,10}(?![\w.-][0-9]|\w)",
    re.IGNORECASE,
)
_AND = re.compile(r"(?:,| and| or| &| y| et| und)(?: and)? ")
_GAP_CHARS = 36
_NEAR_CHARS = 16  # where "passport id" names the number more surely than "id" does


def find_passports(text: str) -> Iterator[Place]:
    """`passport number: AB1234567`, and further numbers in a list behind the first."""
    for word in _WORD.finditer(text.lower() if text.isascii() else _lower(text)):
        limit = word.end() + _GAP_CHARS
        number = _NUMBER.search(text, word.end(), limit)
        is_near = number is not None and number.start() - word.end() <= _NEAR_CHARS
        if number and not is_near and is_named_identifier(text, number.start()):
            continue
        while number:
            yield number.span()
            joint = _AND.match(text, number.end())
            number = _NUMBER.match(text, joint.end()) if joint else None


def _lower(text: str) -> str:
    """Lower case, character by character, so that places stay what they are."""
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


PASSPORT = Recogniser(find_passports, digits=5, gate=any_of(_WORDS))
