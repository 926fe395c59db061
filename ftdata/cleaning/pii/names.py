"""Lists of first and last names, and which parts of a name stand for the person."""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ftdata.cleaning.pii.name_words import ORDINARY, PARTICLES, PLACES, TITLES

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+){0,3}")
_MIN_CHARS = 3
# Locales of Faker that are written in Latin letters.
_LOCALES = (
    "az_AZ", "cs_CZ", "da_DK", "de_AT", "de_CH", "de_DE", "en", "en_GB", "en_IE", "en_IN", "en_KE",
    "en_NG", "en_NZ", "en_PK", "en_US", "es_AR", "es_CL", "es_CO", "es_ES", "es_MX", "et_EE",
    "fi_FI", "fr_BE", "fr_CH", "fr_DZ", "fr_FR", "fr_QC", "ga_IE", "ha_NG", "hr_HR", "hu_HU",
    "id_ID", "ig_NG", "is_IS", "it_IT", "lt_LT", "lv_LV", "nl_BE", "nl_NL", "no_NO", "pl_PL",
    "pt_BR", "pt_PT", "ro_RO", "sk_SK", "sl_SI", "sv_SE", "sw", "tr_TR", "tw_GH", "uz_UZ", "vi_VN",
    "yo_NG", "zu_ZA",
)  # fmt: skip
_ROMANISED = ("ja_JP", "zh_CN", "zh_TW")


class Names(NamedTuple):
    """Single words, case-folded, with and without their accents."""

    first: frozenset[str]
    last: frozenset[str]


@cache
def known_names() -> Names:
    """The names of Faker (MIT), read once, when they are first asked for (about 0.3 s)."""
    first: set[str] = set()
    last: set[str] = set()
    for locale in _LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if attribute.startswith("first_names"):
                first.update(_words(getattr(provider, attribute)))
            elif attribute.startswith("last_names"):
                last.update(_words(getattr(provider, attribute)))
    for locale in _ROMANISED:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        # Where the family name stands first it opens a name as a first name does.
        for attribute in ("first_romanized_names", "last_romanized_names"):
            romanised = set(_words(getattr(provider, attribute, ())))
            first |= romanised
            last |= romanised
    return Names(frozenset(first), frozenset(last))


@cache
def lower_first_names() -> frozenset[str]:
    """First names that are looked for in lower case: no ordinary words, four letters or more."""
    return frozenset(
        name for name in known_names().first if len(name) > _MIN_CHARS and not is_ordinary(name)
    )


def is_ordinary(word: str) -> bool:
    """Whether a word, case-folded, says nothing of a person when it stands alone."""
    return word in ORDINARY or word in PLACES or word in PARTICLES or word in TITLES


def name_parts(name: str) -> list[str]:
    """The parts of a full name that alone may stand for the person, in order.

    `Dr. Anna M. van der Meer` gives `Anna` and `Meer`: no titles, initials, particles, ordinary
    words (`Grace`, `May`), and nothing shorter than three letters.
    """
    return [
        word
        for word in _WORD.findall(name)
        if len(word) >= _MIN_CHARS and not is_ordinary(word.casefold())
    ]


def strip_accents(text: str) -> str:
    """`Zoë` becomes `Zoe`; letters that are none with a mark (ø, ł, ß) stay."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _words(names: object) -> Iterator[str]:
    """The words of a table of names: a sequence, or a mapping from name to weight."""
    if not isinstance(names, (tuple, list, dict)):  # a property of the provider's instances
        return
    for name in names:
        for word in name.casefold().split():
            for form in (word, strip_accents(word)):
                if len(form) > 1 and form[0].isalpha() and form not in PARTICLES:
                    yield form
