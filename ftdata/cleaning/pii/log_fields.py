"""The fields of a log that are personal by their names: `pii.fields`, the user id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from ftdata import jsonl
from ftdata.cleaning.pii.allowed import is_allowed, read_allowed
from ftdata.cleaning.pii.carried import Known
from ftdata.cleaning.pii.json_text import Path, json_strings
from ftdata.settings_pii import Entity, Pii, plain_key

_CACHED_PATHS = 4096  # a log has few; where keys are data they are many


class FieldReader:
    """Tells by the keys that lead to a value whether it is personal, and of which kind.

    A field is a key at any depth, or the last keys of a path, joined: `user_id` is `userId`,
    `user-id`, `user.id` and `{"user": {"id": …}}`. Case is ignored.
    """

    def __init__(self, options: Pii) -> None:
        """Of the fields those of kinds that are looked for."""
        self._entities: dict[str, Entity] = {
            plain_key(field): entity
            for entity, fields in options.fields.items()
            for field in fields
            if entity in options.entities
        }
        self._longest = max(map(len, self._entities), default=0)
        self._allowed = read_allowed(options)
        self._at = lru_cache(_CACHED_PATHS)(self._entity_at)

    def entity_of(self, text: str, path: Path, *, said: bool = False) -> Entity | None:
        """The kind of a value below these keys, None where it may stay.

        `said` is JSON that is no log: the arguments of a tool call, what it answered. There a
        `name` is that of a product or a function, too; ids of users alone are recognised.
        """
        entity = self._at(path) if path else None
        if entity is None or not text.strip() or is_allowed(self._allowed, entity, text.strip()):
            return None
        return None if said and (entity != "USER" or len(text.split()) > 1) else entity

    def read(self, strings: Iterable[tuple[str, Path]], *, said: bool = False) -> list[Known]:
        """The personal values among the strings of metadata, or of JSON that was said, in order."""
        return [
            (entity, text.strip())
            for text, path in strings
            if (entity := self.entity_of(text, path, said=said)) is not None
        ]

    def read_user(self, user_id: str) -> list[Known]:
        """The user's id, or what is personal in it where it is JSON: `{"id": 7, "name": "Jo"}`."""
        offered = json_strings(jsonl.dumps({"user": user_id}).decode())
        return self.read(
            (text, ("user_id",) if path == ("user",) else path) for text, path in offered
        )

    def read_log(self, metadata: str | None, user_id: str | None) -> list[Known]:
        """The personal values of one conversation: its user, then those of its metadata."""
        known = self.read_user(user_id) if user_id is not None else []
        return known + (self.read(json_strings(metadata)) if metadata is not None else [])

    def _entity_at(self, path: Sequence[str]) -> Entity | None:
        joined = ""
        for key in reversed(path):
            joined = plain_key(key) + joined
            if joined in self._entities:
                return self._entities[joined]
            if len(joined) > self._longest:
                return None
        return None
