"""Labelled texts, and precision and recall of places found in them (SCORING.md's metrics)."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Place = tuple[int, int, str]  # start, end, entity
Find = Callable[[str], Sequence[Place]]

# The truth's names of what ftdata names otherwise.
ENTITIES = {
    "EMAIL_ADDRESS": "EMAIL", "PHONE_NUMBER": "PHONE", "US_SSN": "SSN", "IBAN_CODE": "IBAN",
    "IP_ADDRESS": "IP", "MAC_ADDRESS": "MAC", "SOCIAL_SECURITY_NUMBER": "SSN",
    "STREET_ADDRESS": "ADDRESS",
}  # fmt: skip
MIN_IOU = 0.5


@dataclass
class Score:
    """Places found and not, of one entity; `exact` of the found ones have the very borders."""

    found: int = 0
    false: int = 0
    missed: int = 0
    exact: int = 0

    @property
    def labelled(self) -> int:
        """Places that the truth has."""
        return self.found + self.missed

    @property
    def precision(self) -> float:
        """Share of what was found that is true."""
        return self.found / max(self.found + self.false, 1)

    @property
    def recall(self) -> float:
        """Share of what is true that was found."""
        return self.found / max(self.labelled, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.found / max(2 * self.found + self.false + self.missed, 1)

    @property
    def exact_f1(self) -> float:
        """The same where only the very borders count."""
        return 2 * self.exact / max(2 * self.found + self.false + self.missed, 1)


@dataclass(frozen=True)
class Labelled:
    """A text with its true places; where there is a `target`, nothing else counts."""

    text: str
    places: tuple[Place, ...]
    target: str | None = None


@dataclass
class Scores:
    """Scores by entity."""

    by_entity: dict[str, Score] = field(default_factory=dict)

    def of(self, entity: str) -> Score:
        """The score of one entity."""
        return self.by_entity.setdefault(entity, Score())


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Records of a file, gzip or plain, cut at newlines alone."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.split(b"\n") if line]


def matching(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder with names of a pattern, sorted; none where there is no folder."""
    return sorted(folder.glob(pattern))


def read_labelled(paths: Iterable[Path]) -> list[Labelled]:
    """The texts of the files that are there."""
    return [
        Labelled(
            row["text"],
            tuple((s["start"], s["end"], entity_of(s["type"])) for s in row["spans"]),
            entity_of(row["target"]) if row.get("target") else None,
        )
        for path in paths
        if path.exists()
        for row in read_jsonl(path)
    ]


def entity_of(name: str) -> str:
    """Our name of an entity of the truth."""
    return ENTITIES.get(name, name)


def score_places(texts: Iterable[Labelled], find: Find, entities: Sequence[str]) -> Scores:
    """A place is found where one of its entity has IoU of MIN_IOU or more; each counts once.

    Of several that would do, the nearest is taken, whatever the order they are found in.
    """
    scores = Scores()
    for labelled in texts:
        wanted = {entity for entity in entities if labelled.target in (None, entity)}
        left = [place for place in find(labelled.text) if place[2] in wanted]
        for true in labelled.places:
            if true[2] not in wanted:
                continue
            score = scores.of(true[2])
            near = [place for place in left if place[2] == true[2]]
            hit = max(near, key=lambda place, true=true: _iou(true, place), default=None)
            if hit is None or _iou(true, hit) < MIN_IOU:
                score.missed += 1
            else:
                left.remove(hit)
                score.found += 1
                score.exact += hit[:2] == true[:2]
        for place in left:
            scores.of(place[2]).false += 1
    return scores


def _iou(true: Place, place: Place) -> float:
    both = min(true[1], place[1]) - max(true[0], place[0])
    return both / max(max(true[1], place[1]) - min(true[0], place[0]), 1)


@dataclass(frozen=True)
class Binary:
    """Predictions of yes or no against the truth."""

    counts: Counter[tuple[bool, bool]]  # (true, predicted)

    @classmethod
    def of(cls, true: Iterable[bool], predicted: Iterable[bool]) -> Binary:
        """Counts of both, in step."""
        return cls(Counter(zip(true, predicted, strict=True)))

    @property
    def precision(self) -> float:
        """Share of the predicted ones that are true."""
        hits = self.counts[True, True]
        return hits / max(hits + self.counts[False, True], 1)

    @property
    def recall(self) -> float:
        """Share of the true ones that are predicted."""
        hits = self.counts[True, True]
        return hits / max(hits + self.counts[True, False], 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        hits = self.counts[True, True]
        return 2 * hits / max(2 * hits + self.counts[False, True] + self.counts[True, False], 1)

    @property
    def false_alarms(self) -> float:
        """Share of the untrue ones that are predicted."""
        alarms = self.counts[False, True]
        return alarms / max(alarms + self.counts[False, False], 1)
