"""Rows that stay although they come near to being duplicates: just under the threshold."""

from __future__ import annotations

import numpy as np

from ftdata.cleaning.dedup.fingerprints import Fingerprints
from ftdata.cleaning.dedup.pairs import Candidates, Pairs, Rows, find_candidates, verify
from ftdata.cleaning.dedup.signatures import Numbers, band_keys, choose_bands
from ftdata.settings_dedup import Dedup

BELOW = 0.1  # how far under the threshold a similarity is a near miss
_LOWEST = 0.7  # bands for less than this bring everything together with everything


def find_near_misses(fingerprints: Fingerprints, stay: Rows, options: Dedup) -> Pairs:
    """For each row of `stay` the most similar one before it, where that is just too dissimilar.

    `stay` is ascending. A row that is at or over the threshold with another is no near miss: it
    stays for its completion. Pairs are found as duplicates are, by bands and exact Jaccard; of the
    rows of a bucket of 64 or more each is compared with the one before it alone.
    """
    rows = stay[fingerprints.sets.sizes[stay] >= options.min_words]
    chosen = fingerprints.sets.take(rows)
    least = options.threshold - BELOW
    keys = band_keys(chosen, choose_bands(max(least, _LOWEST)))
    left, right = _candidates(keys)
    pairs = verify(chosen, left, right, np.full(left.size, least))
    order = np.lexsort((pairs.left, -pairs.similarity, pairs.right))
    best = order[np.flatnonzero(np.diff(pairs.right[order], prepend=-1))]
    best = best[pairs.similarity[best] < options.threshold]
    return Pairs(rows[pairs.left[best]], rows[pairs.right[best]], pairs.similarity[best])


def _candidates(keys: Numbers) -> tuple[Rows, Rows]:
    found = find_candidates(keys)
    if not found.in_large.any():
        return found.left, found.right
    left, right = _neighbours(keys, found)
    pairs = np.stack([np.concatenate([found.left, left]), np.concatenate([found.right, right])])
    first, second = np.unique(pairs, axis=1)
    return first, second


def _neighbours(keys: Numbers, found: Candidates) -> tuple[Rows, Rows]:
    """Each row of a large bucket and the one before it in there."""
    lefts, rights = [], []
    for band, large in enumerate(found.in_large):
        rows = np.flatnonzero(large)
        rows = rows[np.argsort(keys[band, rows], kind="stable")]
        together = keys[band, rows[1:]] == keys[band, rows[:-1]]
        lefts.append(rows[:-1][together])
        rights.append(rows[1:][together])
    return np.concatenate(lefts), np.concatenate(rights)
