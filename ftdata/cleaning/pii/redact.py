"""Redaction of one text by tags, apart from any conversation: for previews, details and tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from ftdata.cleaning.pii.finder import Find, find_settled, open_finder
from ftdata.settings_pii import Entity, Pii


@dataclass(frozen=True)
class Redacted:
    """A text with placeholders, and how many were put in, by entity."""

    text: str
    counts: Counter[str] = field(default_factory=Counter)


def redact_text(text: str, entities: Sequence[Entity], context: str = "") -> Redacted:
    """`Mail bob@corp.org` becomes `Mail [EMAIL]`.

    Where two kinds overlap, their union is replaced by the one that stands earlier in `entities`.
    Redacting twice is redacting once. `context` is read as if it stood before the text (such as
    the name of a JSON field) and is not returned.
    """
    finder, first = _finder(tuple(entities)), len(context)
    pieces: list[str] = []
    counts: Counter[str] = Counter()
    done = first
    whole = context + text
    for start, end, entity in find_settled(whole, finder, entities):
        if end > first:
            pieces += (whole[done : max(start, first)], f"[{entity}]")
            counts[entity] += 1
            done = end
    return Redacted("".join([*pieces, whole[done:]]) if counts else text, counts)


def open_redact(options: Pii) -> Callable[[str], str]:
    """What puts tags into texts that are to leave this machine, by all kinds and lists in force.

    Kinds that are only reported in the dataset become tags here as well. Raises SettingsError where
    the engine's package is not installed.
    """
    find, precedence = open_finder(options), options.precedence()

    def redact(text: str) -> str:
        pieces: list[str] = []
        done = 0
        for start, end, entity in find_settled(text, find, precedence):
            pieces += (text[done:start], f"[{entity}]")
            done = end
        return "".join([*pieces, text[done:]])

    return redact if options.enabled else str


@cache
def _finder(entities: tuple[Entity, ...]) -> Find:
    return open_finder(Pii(entities=entities))
