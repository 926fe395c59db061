"""Surrogates: values that look like what they stand for and are not it.

Which one is taken depends on the key and the value alone, so that a value has one surrogate in all
partitions. Names and streets are common ones, and numbers of states have the form alone, which by
chance may hold a checksum; the others lie in ranges set aside for such use: example.org (RFC 2606),
192.0.2.0/24 (RFC 5737), 2001:db8::/32 (RFC 3849), 00-00-5E-00-53 (RFC 7042), 555-01 numbers
(NANPA), social security numbers beginning with 000, cards beginning with 9 and without a checksum.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import string
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby

from ftdata.cleaning.pii.same_value import normal_form
from ftdata.settings_pii import Entity

_SSN_AREA = re.compile(r"(?<![0-9])[0-9]{3}(?=\W[0-9]{2}\W[0-9]{4})")


class _Draw:
    """Numbers drawn from a key and a value."""

    def __init__(self, key: bytes, entity: Entity, text: str) -> None:
        seed = hmac.new(key, f"{entity}\0{text}".encode(), hashlib.sha512).digest()
        self._left = int.from_bytes(seed, "big")

    def below(self, limit: int) -> int:
        self._left, drawn = divmod(self._left, limit)
        return drawn

    def digits(self, count: int) -> str:
        return "".join(str(self.below(10)) for _ in range(count))


def make_surrogate(entity: Entity, text: str, key: bytes) -> str:
    """The surrogate of a find; how its value is spelled does not matter.

    A name without letters, of digits or symbols alone, has none: `[PERSON]` stands for it.
    """
    if entity == "PERSON":
        return _person(" ".join(text.split()), key)
    draw = _Draw(key, entity, normal_form(entity, text))
    return _MAKERS.get(entity, _same_shape)(draw, text)


def is_mark(char: str) -> bool:
    """Whether it stands on a letter, as vowels do in Devanagari, Thai and Arabic."""
    return not char.isascii() and unicodedata.category(char).startswith("M")


def _person(text: str, key: bytes) -> str:
    """A name for each word, 0 for each digit: which ones they were says who it is as well."""
    if not any(map(str.isalpha, text)):
        return "[PERSON]"
    pieces: list[str] = []
    for is_word, chars in groupby(text, lambda char: char.isalpha() or is_mark(char)):
        piece = "".join(chars)
        pieces.append(_name(piece, key) if is_word else _without_digits(piece))
    return "".join(pieces)


def _without_digits(text: str) -> str:
    return "".join("0" if char.isnumeric() else char for char in text)


def _name(word: str, key: bytes) -> str:
    """Word by word, so that a name and its parts stay together: the same first name, the same."""
    folded = word.casefold()
    if len(word) == 1:
        return string.ascii_uppercase[_Draw(key, "PERSON", folded).below(26)]
    first, last = _names()
    names = first if folded in _first_names() else last
    return names[_Draw(key, "PERSON", folded).below(len(names))]


@cache
def _names() -> tuple[Sequence[str], Sequence[str]]:
    from faker.providers.person.en_US import Provider

    return sorted(set(Provider.first_names)), sorted(set(Provider.last_names))


@cache
def _first_names() -> frozenset[str]:
    return frozenset(name.casefold() for name in _names()[0])


def _email(draw: _Draw, text: str) -> str:
    del text
    first, last = _names()
    name = f"{first[draw.below(len(first))]}.{last[draw.below(len(last))]}".lower()
    return f"{name}{draw.digits(4)}@example.org"


def _phone(draw: _Draw, text: str) -> str:
    prefix = "+1 " if text.lstrip().startswith("+") else ""
    return f"{prefix}({200 + draw.below(800)}) 555-01{draw.digits(2)}"


def _card(draw: _Draw, text: str) -> str:
    shaped = _refilled(draw, text, "9")
    digits = [int(char) for char in shaped if char.isdigit()]
    total = sum(
        digit if place % 2 == 0 else digit * 2 - 9 * (digit > 4)
        for place, digit in enumerate(reversed(digits))
    )
    if digits and total % 10 == 0:  # off by one, so that no checksum holds
        shaped = shaped[:-1] + str((digits[-1] + 1) % 10)
    return shaped


def _ip(draw: _Draw, text: str) -> str:
    if ":" in text:
        return f"2001:db8::{draw.below(1 << 16):x}:{draw.below(1 << 16):x}"
    return f"{('192.0.2', '198.51.100', '203.0.113')[draw.below(3)]}.{1 + draw.below(254)}"


def _mac(draw: _Draw, text: str) -> str:
    del text
    return f"00:00:5e:00:53:{draw.below(256):02x}"


def _address(draw: _Draw, text: str) -> str:
    del text
    last = _names()[1]
    return f"{1 + draw.below(999)} {last[draw.below(len(last))]} Street"


def _birthday(draw: _Draw, text: str) -> str:
    del text
    return f"{1940 + draw.below(66)}-{1 + draw.below(12):02}-{1 + draw.below(28):02}"


def _same_shape(draw: _Draw, text: str) -> str:
    # Where another state's number has the form of a social security number, it must be none.
    return _SSN_AREA.sub("000", _refilled(draw, text, "0"))


def _refilled(draw: _Draw, text: str, first: str) -> str:
    """Other digits and letters in the same places, without marks; the first digit is given."""
    result, seen = [], False
    for char in text:
        if char.isdigit():
            result.append(str(draw.below(10)) if seen else first)
            seen = True
        elif char.isalpha():
            letters = string.ascii_uppercase if char.isupper() else string.ascii_lowercase
            result.append(letters[draw.below(26)])
        elif not is_mark(char):
            result.append(char)
    return "".join(result)


def _ssn(draw: _Draw, text: str) -> str:
    del text
    return f"000-{10 + draw.below(90)}-{draw.digits(4)}"


def _iban(draw: _Draw, text: str) -> str:
    del text
    return f"XX00 {draw.digits(4)} {draw.digits(4)} {draw.digits(4)}"


def _named(form: str) -> Callable[[_Draw, str], str]:
    def make(draw: _Draw, text: str) -> str:
        del text
        return form.format(draw.below(1 << 32))

    return make


_MAKERS: dict[Entity, Callable[[_Draw, str], str]] = {
    "EMAIL": _email,
    "PHONE": _phone,
    "CREDIT_CARD": _card,
    "IP": _ip,
    "MAC": _mac,
    "ADDRESS": _address,
    "DATE_OF_BIRTH": _birthday,
    "SSN": _ssn,
    "IBAN": _iban,
    "URL": _named("https://example.org/{:08x}"),
    "USER": _named("user_{:08x}"),
    "SECRET": _named("redacted-{:08x}"),
}
