"""Which spellings of personal data are one value: they get one number, one hash, one surrogate."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ftdata.cleaning.pii.folded import plain_form
from ftdata.cleaning.pii.name_words import TITLES
from ftdata.cleaning.pii.names import name_parts
from ftdata.cleaning.pii.spelled_email import plain_email
from ftdata.settings_pii import Entity

_EXTENSION = re.compile(r"[,xX]|ext", re.IGNORECASE)
_NOT_DIGITS = re.compile(r"[^0-9]+")
_NORTH_AMERICAN = re.compile(r"1[2-9][0-9]{9}")
_INTERNATIONAL = re.compile(r"\(?(?:\+|00(?=[ .()/-]{0,2}[1-9]))")


def normal_form(entity: Entity, text: str) -> str:
    """Equal for two spellings of a value.

    Case, white space and how `@` is written do not count; in numbers letters and digits alone do.
    A telephone number is its national digits, as `020 7946 0958` and `+44 20 7946 0958` are one;
    a name is without the titles before it.
    """
    folded = " ".join(plain_form(text).casefold().split())
    return _FORMS[entity](folded) or folded if entity in _FORMS else folded


def whole_names(persons: Iterable[str]) -> dict[str, str]:
    """Part of a name → normal form of the only full name among them that it is a part of.

    `Rossi` is `anna rossi` where no other Rossi is spoken of.
    """
    owners: dict[str, set[str]] = {}
    for name in persons:
        form = normal_form("PERSON", name)
        if " " in form:
            for part in name_parts(name):
                owners.setdefault(part.casefold(), set()).add(form)
    return {part: min(forms) for part, forms in owners.items() if len(forms) == 1}


def _letters_and_digits(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _phone(text: str) -> str:
    """The national digits, without the 0 before them, then those of an extension."""
    base, *extension = _EXTENSION.split(text, maxsplit=1)
    digits = _NOT_DIGITS.sub("", base)
    if _INTERNATIONAL.match(base):
        national = _national_digits(digits.lstrip("0"))
    else:
        national = digits[1:] if _NORTH_AMERICAN.fullmatch(digits) else digits.lstrip("0")
    return "x".join([national, *(_NOT_DIGITS.sub("", more) for more in extension)])


def _national_digits(digits: str) -> str:
    """Those behind the country's code; all of them where no country has such a one."""
    import phonenumbers  # here: it takes longer to load than most texts to redact

    try:
        return str(phonenumbers.parse(f"+{digits}").national_number)
    except phonenumbers.NumberParseException:
        return digits


def _name(text: str) -> str:
    words = text.split()
    while len(words) > 1 and words[0].rstrip(".") in TITLES:
        words = words[1:]
    return " ".join(words)


_FORMS: dict[Entity, Callable[[str], str]] = {
    "EMAIL": plain_email,
    "PHONE": _phone,
    "PERSON": _name,
    "CREDIT_CARD": _letters_and_digits,
    "IBAN": _letters_and_digits,
    "SSN": _letters_and_digits,
    "NATIONAL_ID": _letters_and_digits,
    "PASSPORT": _letters_and_digits,
    "MAC": _letters_and_digits,
}
