"""What cleaning did to a partition, counted, with redacted excerpts: for a person to judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.cleaning.conversations import one_array
from ftdata.cleaning.pii.recogniser import Found
from ftdata.cleaning.pii.redact import redact_text
from ftdata.cleaning.scores import QUALITY
from ftdata.settings_pii import Pii

EXCERPTS = 6  # of each kind
AROUND = 48  # characters shown on either side of a placeholder
BINS = 20  # of the histogram of quality


@dataclass(frozen=True)
class Excerpt:
    """What stands around a placeholder, itself redacted by tags whatever the settings."""

    before: str
    after: str


@dataclass(frozen=True)
class Screening:
    """Counts of one partition, each by name; excerpts by entity."""

    rows_in: int
    drops: Mapping[str, int]
    redactions: Mapping[str, int]
    flags: Mapping[str, int]
    refusals: Mapping[str, int]
    languages: Mapping[str, int]
    quality: Sequence[int]  # rows in BINS bins from 0 to 1
    excerpts: Mapping[str, Sequence[Excerpt]]


class ExcerptBook:
    """Collects the first excerpts of each entity."""

    def __init__(self) -> None:
        self.excerpts: dict[str, list[Excerpt]] = {}

    def note(self, text: str, places: Sequence[Found]) -> None:
        """Take excerpts around the places of a text, for kinds of which there are few yet."""
        if all(len(self.excerpts.get(place.entity, ())) >= EXCERPTS for place in places):
            return
        tagged: list[str] = []
        done = 0
        for start, end, entity in places:
            tagged += (text[done:start], f"[{entity}]")
            done = end
        tagged.append(text[done:])
        for number, place in enumerate(places):
            known = self.excerpts.setdefault(place.entity, [])
            if len(known) < EXCERPTS:
                at = 2 * number + 1
                before, after = "".join(tagged[:at]), "".join(tagged[at + 1 :])
                known.append(Excerpt(_redacted(before)[-AROUND:], _redacted(after)[:AROUND]))


def _redacted(text: str) -> str:
    return redact_text(text, Pii().entities).text


def join_excerpts(
    books: Iterable[Mapping[str, Sequence[Excerpt]]],
) -> dict[str, list[Excerpt]]:
    """The first excerpts of each entity over several books, entities in alphabetical order."""
    joined: dict[str, list[Excerpt]] = {}
    for book in books:
        for entity, excerpts in book.items():
            joined.setdefault(entity, []).extend(excerpts)
    return {entity: joined[entity][:EXCERPTS] for entity in sorted(joined)}


def quality_histogram(scores: pa.ChunkedArray) -> list[int]:
    """Rows by their composite `quality`, in BINS equal bins from 0 to 1."""
    maps = one_array(scores)
    if not len(maps):
        return [0] * BINS
    first, last = maps.offsets[0].as_py(), maps.offsets[-1].as_py()
    keys, values = (child.slice(first, last - first) for child in (maps.keys, maps.items))
    known = values.filter(pc.equal(keys, QUALITY)).to_numpy(zero_copy_only=False)
    counts, _ = np.histogram(known, BINS, (0, 1))
    return [int(count) for count in counts]
