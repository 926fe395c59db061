"""Redaction of one text: personal data becomes placeholders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ftdata.cleaning.pii import RECOGNISERS
from ftdata.cleaning.pii.recogniser import Recogniser

_DIGITS = "0123456789"


@dataclass(frozen=True)
class Redacted:
    """A text with placeholders, and how many were put in, by entity."""

    text: str
    counts: Counter[str] = field(default_factory=Counter)


def redact_text(text: str, entities: Sequence[str], context: str = "") -> Redacted:
    """`Mail bob@corp.org` becomes `Mail [EMAIL]`.

    `entities` are keys of `RECOGNISERS`. Where two kinds overlap, their union is replaced by the
    one that stands earlier in `entities`. A placeholder gives what stands beside it new edges, so
    the search is repeated until nothing is found: redacting twice is redacting once. `context` is
    read as if it stood before the text (such as the name of a JSON field) and is not returned.
    """
    counts: Counter[str] = Counter()
    whole, first = context + text, len(context)
    while places := [place for place in find_places(whole, entities) if place[1] > first]:
        pieces, done = [whole[:first]], first
        for start, end, entity in places:
            pieces += (whole[done:start], f"[{entity}]")
            counts[entity] += 1
            done = end
        whole = "".join([*pieces, whole[done:]])
    return Redacted(whole[first:], counts)


def find_places(text: str, entities: Sequence[str]) -> list[tuple[int, int, str]]:
    """(start, end, entity) of what is to be replaced: ascending, no two overlapping."""
    digits = sum(map(text.count, _DIGITS))
    lowered = text.lower()
    found = [
        (start, end, rank)
        for rank, entity in enumerate(entities)
        if entity in RECOGNISERS and RECOGNISERS[entity].may_find(digits, lowered)
        for start, end in RECOGNISERS[entity].find(text)
        if not _is_reserved(RECOGNISERS[entity], text[start:end])
    ]
    merged: list[tuple[int, int, int]] = []
    for start, end, rank in sorted(found):
        if merged and start < merged[-1][1]:
            first, last, best = merged[-1]
            merged[-1] = (first, max(last, end), min(best, rank))
        else:
            merged.append((start, end, rank))
    return [(start, end, entities[rank]) for start, end, rank in merged]


def _is_reserved(recogniser: Recogniser, text: str) -> bool:
    return recogniser.is_reserved is not None and recogniser.is_reserved(text)
