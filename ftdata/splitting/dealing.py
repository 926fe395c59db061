"""Deals one partition's groups to the splits, stratum by stratum.

**Systematic sampling.** The groups of a stratum, in hash order, lie end to end on a line: group i
covers [c(i), c(i) + s(i)) for its size s(i) and c(i) the sizes before it, n in all. The splits
share the line in the same way: train covers [0, r1·n), validation the next r2·n, test the rest. A
group falls to the split that covers its mark c(i) + φ·s(i), with one phase φ in [0, 1) for all. Of
the groups a border cuts, those marked below it go left: what is left of the border differs from its
share by at most φ·s too little or (1 - φ)·s too much, s being the group cut. A split has two
borders, so its size differs from r·n by less than the larger of the two groups cut there: by less
than one row where groups have one row. Over a φ spread evenly the expected size is exactly r·n.

**Large groups first.** Groups of several examples are dealt so by themselves; then those of one on
what is left of each share. Where these would fill all splits but the largest, a large group that
would take its split over its share goes to the largest split: then every split is within one row
of r·n, however large groups are, and expects exactly that. Elsewhere a split that large groups gave
more than its share gets none of the others, which fill the other splits in proportion.

**Phase.** φ(stratum, source, date) = hash(seed, stratum, source) + (number of the day)·g, modulo 1,
with g = (√5 - 1)/2: a Kronecker sequence, of the lowest discrepancy there is for one number. A
stratum with one row a day is dealt by φ alone, so that N days in a row give validation its ratio
within O(log N) rows, where independent draws would miss it by O(√N); and no history is read.
Everything is integer arithmetic modulo 2⁶⁴ up to the last step, the same on every machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ftdata.keys import PartitionKey
from ftdata.settings_splits import Splits
from ftdata.text import hash64

_GOLDEN = 0x9E3779B97F4A7C15  # (√5 - 1)/2 as a fraction of 2⁶⁴
_BREAK = "\x1f"
_SLACK = 1e-9  # of sums of shares


@dataclass(frozen=True)
class Group:
    """Tied examples that go to one split."""

    group_id: str
    stratum: str
    size: int  # originals, or 1 where there is none: what counts towards the ratios


def deal_groups(groups: Sequence[Group], key: PartitionKey, options: Splits) -> list[str]:
    """The split of each group; the order in which they are given does not matter.

    By time and by source the partition alone decides.
    """
    if options.by != "groups":
        return [_side(key, options)] * len(groups)
    strata: dict[str, list[int]] = {}
    order = sorted(range(len(groups)), key=lambda i: _place(groups[i], options.seed))
    for at in order:
        strata.setdefault(groups[at].stratum, []).append(at)
    splits = [""] * len(groups)
    for stratum, members in strata.items():
        sizes = [groups[at].size for at in members]
        dealt = _deal(sizes, phase(stratum, key, options.seed), options)
        for at, split in zip(members, dealt, strict=True):
            splits[at] = split
    return splits


def _side(key: PartitionKey, options: Splits) -> str:
    """The split of a whole partition."""
    if options.by == "source":
        sides = options.source
        at = {**dict.fromkeys(sides.validation, "validation"), **dict.fromkeys(sides.test, "test")}
        return at.get(key.source, "train")
    date = dt.date.fromisoformat(key.date)
    if options.time.test_from is not None and date >= options.time.test_from:
        return "test"
    first = options.time.validation_from
    return "validation" if first is not None and date >= first else "train"


def phase(stratum: str, key: PartitionKey, seed: int) -> float:
    """φ in [0, 1) of a stratum in a partition."""
    start = hash64(_BREAK.join((str(seed), stratum, key.source)))
    day = dt.date.fromisoformat(key.date).toordinal()
    return ((start + day * _GOLDEN) % 2**64 >> 11) / 2**53


def _place(group: Group, seed: int) -> tuple[int, str]:
    return hash64(f"{seed}{_BREAK}{group.group_id}"), group.group_id


def _deal(sizes: Sequence[int], shift: float, options: Splits) -> list[str]:
    """Splits of a stratum's groups, which are in hash order. A ratio of 0 gives none."""
    shares = {name: ratio for name, ratio in options.ratios.model_dump().items() if ratio > 0}
    given, ratios = np.array(sizes, np.float64), np.array(list(shares.values()))
    large = given > 1
    dealt = np.zeros(given.size, dtype=np.int64)
    dealt[large] = _lay(given[large], ratios * given[large].sum(), shift)
    if (~large).sum() >= (1 - ratios.max()) * given.sum():
        _move_too_large(dealt, given, ratios * given.sum())
    taken = np.bincount(dealt[large], weights=given[large], minlength=ratios.size)
    left = np.maximum(ratios * given.sum() - taken, 0)
    dealt[~large] = _lay(given[~large], left, shift)
    names = list(shares)
    return [names[at] for at in dealt.tolist()]


def _move_too_large(
    dealt: npt.NDArray[np.int64], sizes: npt.NDArray[np.float64], shares: npt.NDArray[np.float64]
) -> None:
    """Give to the largest split each large group with which its own would pass its share.

    `dealt` is changed.
    """
    taken = np.zeros_like(shares)
    for at in np.flatnonzero(sizes > 1).tolist():
        split = int(dealt[at])
        if taken[split] + sizes[at] > shares[split] + _SLACK:
            split = int(shares.argmax())
        dealt[at] = split
        taken[split] += sizes[at]


def _lay(
    sizes: npt.NDArray[np.float64], shares: npt.NDArray[np.float64], shift: float
) -> npt.NDArray[np.int64]:
    """The share that covers each group's mark; shares that are too large together are scaled."""
    if not sizes.size:
        return np.zeros(0, np.int64)
    ends = np.cumsum(sizes)
    borders = np.cumsum(shares)[:-1] * (ends[-1] / shares.sum())
    marks = ends - sizes + shift * sizes
    return np.searchsorted(borders, marks, side="right")
