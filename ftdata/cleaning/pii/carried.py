"""Values known to be personal, carried over a whole conversation: a name once seen is found again.

They come from fields of the log (`pii.fields`, the user id) and from what was found as a person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ftdata.cleaning.pii.account_words import is_account_word
from ftdata.cleaning.pii.allowed import Allowed, is_allowed
from ftdata.cleaning.pii.names import name_parts
from ftdata.cleaning.pii.recogniser import Found
from ftdata.settings_pii import Entity

Known = tuple[Entity, str]
_MIN_CHARS = 3
_MIN_ID_CHARS = 4
_MIN_ID_LETTERS = 6  # of letters alone
_REST_OF_DATE = re.compile("-[0-9]{2}-[0-9]{2}(?![0-9])")


@dataclass(frozen=True)
class Carried:
    """What is looked for in every text of a conversation, as whole words.

    `anyhow` in any case (lower case here), `exact` as it is written: a first name may be a word.
    """

    anyhow: Mapping[str, Entity]
    exact: Mapping[str, Entity]
    users: tuple[str, ...] = ()  # ids of users, in lower case

    def find(self, text: str) -> list[Found]:
        """Places of the values, ascending by value, possibly overlapping."""
        found = [Found(*place, entity) for place, entity in _occurrences(text, self.exact)]
        if self.anyhow:
            found += [
                Found(*place, entity)
                for place, entity in _occurrences(lower_case(text), self.anyhow)
            ]
        return found

    def in_id(self, text: str) -> list[Found]:
        """The whole text where a user's id stands anywhere in it: ids are made of ids."""
        lowered = lower_case(text)
        has_user = any(_holds_user(lowered, user) for user in self.users)
        return [Found(0, len(text), "USER")] if has_user else []


def carry(known: Collection[Known], persons: Iterable[str], allowed: Allowed) -> Carried | None:
    """What to look for, from values of fields and from names found; None where there is nothing.

    What the owner allows is not looked for.
    """
    anyhow: dict[str, Entity] = {}
    exact: dict[str, Entity] = {}
    for entity, value in known:
        if entity == "PERSON":
            _add_name(value, anyhow, exact)
            # What the log calls a name is one, however people write it.
            anyhow |= {lower_case(part): "PERSON" for part in name_parts(value)}
        elif _is_telling(value):
            anyhow.setdefault(lower_case(value), entity)
    for name in persons:
        _add_name(name, anyhow, exact)
    users = tuple(
        dict.fromkeys(
            lower_case(value)
            for entity, value in known
            if entity == "USER" and len(value) >= _MIN_ID_CHARS
        )
    )
    anyhow, exact = _not_allowed(anyhow, allowed), _not_allowed(exact, allowed)
    users = tuple(user for user in users if not is_allowed(allowed, "USER", user))
    return Carried(anyhow, exact, users) if anyhow or exact or users else None


def _add_name(name: str, anyhow: dict[str, Entity], exact: dict[str, Entity]) -> None:
    words = name.split()
    if len(words) > 1:
        anyhow.setdefault(lower_case(" ".join(words)), "PERSON")
    elif len(name) >= _MIN_CHARS and not name.islower() and name_parts(name):
        exact.setdefault(name, "PERSON")
    for part in name_parts(name):
        if len(part) >= _MIN_CHARS:
            exact.setdefault(part if part[:1].isupper() else part.capitalize(), "PERSON")


def _is_telling(value: str) -> bool:
    """Whether a value is looked for in texts: `7`, `2025` and `admin` stand in many of no user."""
    if value.isalpha():
        return len(value) >= _MIN_ID_LETTERS and not is_account_word(value)
    return len(value) > _MIN_ID_CHARS or (len(value) == _MIN_ID_CHARS and not value.isdigit())


def _not_allowed(values: Mapping[str, Entity], allowed: Allowed) -> dict[str, Entity]:
    return {
        value: entity for value, entity in values.items() if not is_allowed(allowed, entity, value)
    }


def _holds_user(text: str, user: str) -> bool:
    start = text.find(user)
    while start >= 0:
        if is_id_apart(text, start, start + len(user)):
            return True
        start = text.find(user, start + 1)
    return False


def is_id_apart(text: str, start: int, end: int) -> bool:
    """Whether an id of a user may stand there: four digits may be a year, or part of a number."""
    if end - start > _MIN_ID_CHARS or not text[start:end].isdigit():
        return True
    if _REST_OF_DATE.match(text, end):
        return False
    return not any(map(str.isdigit, text[max(start - 1, 0) : start] + text[end : end + 1]))


def _occurrences(
    text: str, values: Mapping[str, Entity]
) -> Iterator[tuple[tuple[int, int], Entity]]:
    for value, entity in values.items():
        start = text.find(value)
        while start >= 0:
            end = start + len(value)
            if is_whole_word(text, start, end):
                yield (start, end), entity
            start = text.find(value, end)


def is_whole_word(text: str, start: int, end: int) -> bool:
    """Whether no letter, digit or `_` touches the place."""
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    return not any(char.isalnum() or char == "_" for char in around)


def lower_case(text: str) -> str:
    """Lower case of the same length: a few letters would become two."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(map(_lower_char, text))


@cache
def _lower_char(char: str) -> str:
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char
