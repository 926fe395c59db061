"""The owner's list of what stays, whatever finds it: in texts, fields of the log, ids and names."""

from __future__ import annotations

from collections.abc import Mapping

from ftdata.cleaning.pii.folded import plain_form
from ftdata.settings_pii import Entity, Pii

Allowed = Mapping[Entity, frozenset[str]]


def read_allowed(options: Pii) -> Allowed:
    """Kind → the texts of `pii.allow` in the form in which they are compared."""
    return {
        kind: frozenset(map(allowed_form, texts)) for kind, texts in options.allow.items() if texts
    }


def allowed_form(text: str) -> str:
    """Equal for two spellings of what is allowed: case and `＠` for `@` do not count."""
    return plain_form(text).casefold()


def is_allowed(allowed: Allowed, entity: Entity, text: str) -> bool:
    """Whether the owner lets that text stay where that kind is found."""
    return bool(allowed) and allowed_form(text) in allowed.get(entity, ())
