"""Values known to be personal, carried over a whole conversation: a name once seen is found again.

They come from fields of the log (`pii.fields`, the user id) and from what was found as a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import orjson

from ftdata.cleaning.pii.names import name_parts
from ftdata.cleaning.pii.recogniser import Found
from ftdata.settings_pii import Entity, Pii

Known = tuple[Entity, str]
_MIN_CHARS = 3
_MIN_ID_CHARS = 4


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
                Found(*place, entity) for place, entity in _occurrences(_lower(text), self.anyhow)
            ]
        return found

    def in_id(self, text: str) -> list[Found]:
        """The whole text where a user's id stands anywhere in it: ids are made of ids."""
        lowered = _lower(text)
        return [Found(0, len(text), "USER")] if any(u in lowered for u in self.users) else []


def carry(known: Collection[Known], persons: Iterable[str]) -> Carried | None:
    """What to look for, from values of fields and from names found; None where there is nothing."""
    anyhow: dict[str, Entity] = {}
    exact: dict[str, Entity] = {}
    for entity, value in known:
        if entity == "PERSON":
            _add_name(value, anyhow, exact)
            # What the log calls a name is one, however people write it.
            anyhow |= {_lower(part): "PERSON" for part in name_parts(value)}
        elif _is_telling(value):
            anyhow.setdefault(_lower(value), entity)
    for name in persons:
        _add_name(name, anyhow, exact)
    users = tuple(
        dict.fromkeys(
            _lower(value)
            for entity, value in known
            if entity == "USER" and len(value) >= _MIN_ID_CHARS
        )
    )
    return Carried(anyhow, exact, users) if anyhow or exact or users else None


class FieldReader:
    """Reads the values of `pii.fields` from a record's metadata."""

    def __init__(self, options: Pii) -> None:
        """A field is a key at any depth, or a path with dots from the top; case is ignored."""
        self._entities: dict[str, Entity] = {
            field.casefold(): entity
            for entity, fields in options.fields.items()
            for field in fields
            if entity in options.entities
        }

    def entity_of(self, path: Sequence[str]) -> Entity | None:
        """The kind of the value below these keys, None where it is not known to be personal."""
        if not path:
            return None
        key = path[-1].casefold()
        return self._entities.get(key) or self._entities.get(".".join(path).casefold())

    def read(self, metadata: str | None, user_id: str | None) -> list[Known]:
        """The personal values of one conversation, in the order of its metadata.

        Metadata that is nested too deeply to be walked tells nothing; it is redacted as a text.
        """
        known: list[Known] = []
        if user_id is not None and "user_id" in self._entities:
            known.append((self._entities["user_id"], user_id))
        if metadata is not None:
            try:
                known += self._walk(orjson.loads(metadata), ())
            except RecursionError:  # nested too deeply for fields to be told apart
                return known
        return known

    def _walk(self, value: object, path: tuple[str, ...]) -> Iterator[Known]:
        if isinstance(value, dict):
            for key, item in value.items():
                yield from self._walk(item, (*path, key))
        elif isinstance(value, list):
            for item in value:
                yield from self._walk(item, path)
        elif isinstance(value, str | int) and not isinstance(value, bool):
            entity = self.entity_of(path)
            if entity and str(value).strip():
                yield entity, str(value).strip()


def _add_name(name: str, anyhow: dict[str, Entity], exact: dict[str, Entity]) -> None:
    words = name.split()
    if len(words) > 1:
        anyhow.setdefault(_lower(" ".join(words)), "PERSON")
    elif len(name) >= _MIN_CHARS and not name.islower() and name_parts(name):
        exact.setdefault(name, "PERSON")
    for part in name_parts(name):
        if len(part) >= _MIN_CHARS:
            exact.setdefault(part if part[:1].isupper() else part.capitalize(), "PERSON")


def _is_telling(value: str) -> bool:
    """Whether a value is looked for: `7` and `admin` stand in many a text and mean nobody."""
    return len(value) >= _MIN_ID_CHARS and not value.isalpha()


def _occurrences(
    text: str, values: Mapping[str, Entity]
) -> Iterator[tuple[tuple[int, int], Entity]]:
    for value, entity in values.items():
        start = text.find(value)
        while start >= 0:
            end = start + len(value)
            around = text[start - 1 : start] + text[end : end + 1]
            if not any(char.isalnum() or char == "_" for char in around):
                yield (start, end), entity
            start = text.find(value, end)


def _lower(text: str) -> str:
    """Lower case of the same length: a few letters would become two."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(map(_lower_char, text))


@cache
def _lower_char(char: str) -> str:
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char
