"""Which rows repeat an earlier one: exactly, or nearly by the words they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ftdata.cleaning.dedup.earliest import find_earliest
from ftdata.cleaning.dedup.fingerprints import Fingerprints
from ftdata.settings import Dedup
from ftdata.text import hash64

KEPT, EXACT, NEAR = 0, 1, 2
REASONS = {EXACT: "exact_duplicate", NEAR: "near_duplicate"}


@dataclass(frozen=True)
class Duplicates:
    """What became of each of n rows, in their order."""

    canonical: npt.NDArray[np.int64]  # the row it repeats, itself where it is kept
    similarity: npt.NDArray[np.float64]  # Jaccard with that row; 1 where exact or kept
    kind: npt.NDArray[np.int8]  # KEPT, EXACT or NEAR

    @property
    def kept(self) -> npt.NDArray[np.bool_]:
        """True for the rows that stay."""
        return np.equal(self.kind, KEPT)


def find_duplicates(fingerprints: Fingerprints, options: Dedup) -> Duplicates:
    """The duplicates among rows given in canonical order: the earliest stays.

    A row with the text of an earlier one (but for case, punctuation and white space) is an exact
    duplicate; an empty text repeats nothing. Of the others, those with `min_words` distinct words
    or more are near-duplicates where their word-set Jaccard with an earlier row that stays is at
    least `threshold`; the earliest such row is canonical. Comparing with rows that stay, and not
    with whole clusters, keeps a chain of small edits from merging texts that are far apart.
    """
    count = len(fingerprints)
    kind = np.zeros(count, dtype=np.int8)
    similarity = np.ones(count, dtype=np.float64)
    canonical = np.arange(count, dtype=np.int64)
    if not options.enabled or not count:
        return Duplicates(canonical, similarity, kind)
    _, first, group = np.unique(fingerprints.texts, return_index=True, return_inverse=True)
    exact = (first[group] != canonical) & (fingerprints.texts != np.uint64(hash64("")))
    kind[exact] = EXACT
    canonical[exact] = first[group][exact]
    compared = np.flatnonzero(~exact & (np.diff(fingerprints.offsets) >= options.min_words))
    near = find_earliest(fingerprints.words, fingerprints.offsets, compared, options.threshold)
    for row, (kept, jaccard) in near.items():
        kind[row], canonical[row], similarity[row] = NEAR, kept, jaccard
    # What repeats a near-duplicate is one itself: its canonical row is the one that stays.
    repeats = np.flatnonzero(exact & (kind[canonical] == NEAR))
    kind[repeats], similarity[repeats] = NEAR, similarity[canonical[repeats]]
    canonical[repeats] = canonical[canonical[repeats]]
    return Duplicates(canonical, similarity, kind)


def drop_details(duplicates: Duplicates, ids: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Reason and detail of each dropped row: `near_duplicate`, `of log_1, similarity 0.91`."""
    return {
        row: (
            REASONS[int(duplicates.kind[row])],
            f"of {ids[duplicates.canonical[row]]}, similarity {duplicates.similarity[row]:.2f}",
        )
        for row in np.flatnonzero(~duplicates.kept).tolist()
    }
