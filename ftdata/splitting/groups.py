"""Connected groups of tied examples: what has to stand in one split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from ftdata.splitting.links import Links
from ftdata.splitting.pairs import Ints
from ftdata.tables import SPLITS


class UnionFind:
    """Disjoint sets of 0 … n - 1; the root of a set is its smallest member."""

    def __init__(self, size: int) -> None:
        """Every member starts alone."""
        self._up = list(range(size))

    def find(self, member: int) -> int:
        """Root of the set that holds `member`."""
        up = self._up
        while up[member] != member:
            up[member] = up[up[member]]
            member = up[member]
        return member

    def union(self, left: int, right: int) -> int:
        """Join two sets; returns the root of both."""
        low, high = sorted((self.find(left), self.find(right)))
        self._up[high] = low
        return low


def group_roots(links: Links) -> Ints:
    """For each example the earliest one (smallest place) it is tied to, directly or by others."""
    starts, buckets = links.looks.starts, links.looks.values
    rows = np.repeat(np.arange(starts.size - 1), np.diff(starts))
    sets = UnionFind(starts.size - 1)
    hubs: dict[int, int] = {}
    for row, bucket in zip(rows.tolist(), buckets.tolist(), strict=True):
        sets.union(row, hubs.setdefault(bucket, row))
    return np.array([sets.find(row) for row in range(starts.size - 1)], np.int64)


def split_facts(splits: Sequence[str], groups: Sequence[object]) -> dict[str, Any]:
    """Examples in each split, number of groups, examples in the largest."""
    counted = Counter(splits)
    sizes = Counter(groups).values()
    return {
        **{name: counted[name] for name in SPLITS},
        "groups": len(sizes),
        "largest_group": max(sizes, default=0),
    }
