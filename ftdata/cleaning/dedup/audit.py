"""What a person needs to judge a threshold: the largest clusters, and pairs on its either side.

All texts here are redacted, whatever the settings say about the data itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from ftdata.cleaning.dedup.differences import Piece, mark_differences
from ftdata.cleaning.dedup.duplicates import EXACT, KEPT, NEAR, SEMANTIC, Duplicates
from ftdata.cleaning.dedup.fingerprints import Fingerprints
from ftdata.cleaning.dedup.near_misses import BELOW, find_near_misses
from ftdata.cleaning.dedup.pairs import Pairs, Rows
from ftdata.cleaning.pii.redact import redact_text
from ftdata.settings_dedup import Dedup
from ftdata.settings_pii import Pii

CLUSTERS = 10
MEMBERS = 4  # texts shown of a cluster beside the canonical one
BORDER = 5  # pairs shown on each side of the threshold
CHARS = 240  # of a text that is shown as it is
BIN = 0.01  # of the histogram


@dataclass(frozen=True)
class Member:
    """A text beside another one, and the first row that has it."""

    id: str
    kind: int  # KEPT, EXACT, NEAR or SEMANTIC
    similarity: float  # Jaccard, of a semantic duplicate cosine
    rows: int  # of the cluster, that have this text
    pieces: tuple[Piece, ...]  # against the other text; empty where it is the same


@dataclass(frozen=True)
class Cluster:
    """A text and others beside it; a pair at the threshold is a cluster with one member."""

    id: str
    text: str
    rows: int  # dropped for this one
    texts: int  # distinct ones among them
    members: tuple[Member, ...]  # the least similar ones first


@dataclass(frozen=True)
class Audit:
    """What became of a partition's rows, and the texts by which it can be judged.

    `histogram` counts rows in bins of `BIN` from `BELOW` under the threshold up to 1: under the
    threshold near misses, over it near-duplicates. Exact and semantic ones are not in it.
    """

    options: Dedup
    counts: tuple[int, int, int, int]  # rows that are KEPT, EXACT, NEAR, SEMANTIC
    clusters: tuple[Cluster, ...]  # the largest ones first
    cluster_count: int
    dropped: tuple[Cluster, ...]  # pairs just over the threshold, the least similar ones first
    kept: tuple[Cluster, ...]  # near misses, the most similar ones first
    near_misses: int
    histogram: tuple[int, ...]


class _Rows:
    """The rows' texts, ids and fates; texts are redacted where they are read."""

    def __init__(
        self,
        texts: Sequence[str],
        ids: Sequence[str],
        fingerprints: Fingerprints,
        duplicates: Duplicates,
    ) -> None:
        self.ids = ids
        self.found = duplicates
        self._texts = texts
        self._hashes = fingerprints.texts
        self._redacted: dict[int, str] = {}

    def text(self, row: int) -> str:
        """The whole text, redacted before anything is cut off it."""
        if row not in self._redacted:
            self._redacted[row] = redact_text(self._texts[row], Pii().entities).text
        return self._redacted[row]

    def cluster(self, canonical: int, rows: Rows) -> Cluster:
        """Of some rows, the least similar ones first, the members to be shown."""
        together: dict[int, list[int]] = {}
        for row in rows.tolist():
            together.setdefault(int(self._hashes[row]), []).append(row)
        shown = islice(together.values(), MEMBERS)
        return Cluster(
            id=self.ids[canonical],
            text=_cut(self.text(canonical)),
            rows=len(rows),
            texts=len(together),
            members=tuple(
                self.member(
                    canonical,
                    alike[0],
                    int(self.found.kind[alike[0]]),
                    float(self.found.similarity[alike[0]]),
                    len(alike),
                )
                for alike in shown
            ),
        )

    def member(self, canonical: int, row: int, kind: int, similarity: float, rows: int) -> Member:
        is_same = kind == EXACT
        pieces = () if is_same else mark_differences(self.text(row), self.text(canonical))
        return Member(self.ids[row], kind, similarity, rows, pieces)

    def near_miss(self, left: int, right: int, similarity: float) -> Cluster:
        """A pair of rows that both stay."""
        member = self.member(left, right, KEPT, similarity, 1)
        return Cluster(self.ids[left], _cut(self.text(left)), 0, 1, (member,))


def audit_duplicates(
    texts: Sequence[str],
    ids: Sequence[str],
    fingerprints: Fingerprints,
    duplicates: Duplicates,
    options: Dedup,
) -> Audit:
    """The audit of n rows by their compared texts, ids and fingerprints, and what was found.

    Ties go to the earlier row, so that the outcome depends on the rows and their order alone. At
    most one pair on a side of the threshold is of the same canonical row: of a template of a
    hundred rows a single one is enough.
    """
    rows = _Rows(texts, ids, fingerprints, duplicates)
    misses = find_near_misses(fingerprints, np.flatnonzero(duplicates.kept), options)
    clusters = _clusters(duplicates, options)
    largest = sorted(clusters.items(), key=lambda item: (-len(item[1]), item[0]))[:CLUSTERS]
    return Audit(
        options=options,
        counts=_counts(duplicates.kind),
        clusters=tuple(rows.cluster(canonical, members) for canonical, members in largest),
        cluster_count=len(clusters),
        dropped=tuple(
            rows.cluster(canonical, members[:1])
            for canonical, members in _at_border(clusters, duplicates, options)
        ),
        kept=tuple(rows.near_miss(*pair) for pair in _closest(misses)),
        near_misses=len(misses.right),
        histogram=_histogram(duplicates, misses, options.threshold),
    )


def _counts(kind: npt.NDArray[np.int8]) -> tuple[int, int, int, int]:
    kept, exact, near, semantic = np.bincount(kind, minlength=4).tolist()
    return kept, exact, near, semantic


def _margins(duplicates: Duplicates, options: Dedup) -> npt.NDArray[np.float64]:
    """How far each row is over the threshold that it was dropped by."""
    semantic = duplicates.kind == SEMANTIC
    thresholds = np.where(semantic, options.semantic_threshold, options.threshold)
    return duplicates.similarity - thresholds


def _clusters(duplicates: Duplicates, options: Dedup) -> dict[int, Rows]:
    """Canonical row → the rows dropped for it, the nearest to their threshold first."""
    rows = np.flatnonzero(~duplicates.kept)
    canonical = duplicates.canonical[rows]
    is_exact = duplicates.kind[rows] == EXACT
    order = np.lexsort((rows, _margins(duplicates, options)[rows], is_exact, canonical))
    starts = np.flatnonzero(np.diff(canonical[order], prepend=-1))
    members = np.split(rows[order], starts[1:]) if rows.size else []
    return dict(zip(canonical[order[starts]].tolist(), members, strict=True))


def _at_border(
    clusters: dict[int, Rows], duplicates: Duplicates, options: Dedup
) -> list[tuple[int, Rows]]:
    """The clusters whose first members were dropped by the least."""
    margins = _margins(duplicates, options)
    judged = [
        (canonical, members)
        for canonical, members in clusters.items()
        if duplicates.kind[members[0]] != EXACT
    ]
    return sorted(judged, key=lambda item: (margins[item[1][0]], item[1][0]))[:BORDER]


def _closest(misses: Pairs) -> Iterable[tuple[int, int, float]]:
    order = np.lexsort((misses.right, -misses.similarity)).tolist()
    chosen: dict[int, int] = {}
    for at in order:
        chosen.setdefault(int(misses.left[at]), at)
    for left, at in islice(chosen.items(), BORDER):
        yield left, int(misses.right[at]), float(misses.similarity[at])


def _histogram(duplicates: Duplicates, misses: Pairs, threshold: float) -> tuple[int, ...]:
    is_near = (duplicates.kind == NEAR) & (duplicates.similarity >= threshold)
    similarity = np.concatenate([misses.similarity, duplicates.similarity[is_near]])
    start, border = threshold - BELOW, round(BELOW / BIN)
    bins = border + max(math.ceil((1 - threshold) / BIN - 1e-6), 1)
    # What lies on an edge belongs above it, whatever the subtraction makes of the last bit.
    place = np.floor((similarity - start) / BIN + 1e-6).astype(np.int64)
    return tuple(np.bincount(np.clip(place, 0, bins - 1), minlength=bins).tolist())


def _cut(text: str) -> str:
    return text if len(text) <= CHARS else text[: CHARS - 1] + "…"
