"""How far several reviewers agree on the examples that they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from ftdata.reviews import Review

MIN_SHARED = 2


@dataclass(frozen=True)
class PairAgreement:
    """Two reviewers, over the examples that both rated."""

    one: str
    other: str
    shared: int
    same: float  # share with the same rating
    within_one: float  # share with ratings at most one point apart


@dataclass(frozen=True)
class ReviewerAgreement:
    """All reviewers together.

    `alpha` is Krippendorff's for interval data (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability"): 1 where all agree, 0 where they agree as chance would; None where fewer
    than two examples have two ratings, or all ratings are the same.
    """

    reviewers: dict[str, int]  # alias → ratings and decisions
    shared: int  # examples with two ratings or more
    alpha: float | None
    torn: int  # examples that some reject and others keep or edit
    pairs: tuple[PairAgreement, ...]


def reviewer_agreement(reviews: Iterable[Review]) -> ReviewerAgreement:
    """The agreement over the last word of each reviewer on each example."""
    rated: dict[str, dict[str, float]] = defaultdict(dict)  # example → reviewer → rating
    words: dict[str, set[bool]] = defaultdict(set)  # example → is it rejected, by whoever decided
    counts: dict[str, int] = {}
    for one in reviews:
        counts[one.reviewer] = counts.get(one.reviewer, 0) + 1
        if one.rating is not None:
            rated[one.id][one.reviewer] = one.rating
        if one.changes:
            words[one.id].add(one.decision == "reject")
    units = [list(found.values()) for found in rated.values() if len(found) > 1]
    return ReviewerAgreement(
        reviewers=dict(sorted(counts.items())),
        shared=len(units),
        alpha=_alpha(units),
        torn=sum(len(found) > 1 for found in words.values()),
        pairs=tuple(_pairs(rated, sorted(counts))),
    )


def _alpha(units: list[list[float]]) -> float | None:
    """1 - observed / expected disagreement, both mean squared differences of ratings."""
    values = [value for unit in units for value in unit]
    if len(units) < MIN_SHARED or len(set(values)) < 2:
        return None
    n = len(values)
    observed = sum(_squares(unit) / (len(unit) - 1) for unit in units) / n
    expected = _squares(values) / (n * (n - 1))
    return 1 - observed / expected


def _squares(values: list[float]) -> float:
    """Sum of the squared differences of all ordered pairs."""
    total = sum(values)
    return 2 * (len(values) * sum(value * value for value in values) - total * total)


def _pairs(rated: dict[str, dict[str, float]], names: list[str]) -> Iterable[PairAgreement]:
    for one, other in combinations(names, 2):
        apart = [
            abs(found[one] - found[other])
            for found in rated.values()
            if one in found and other in found
        ]
        if apart:
            same = sum(gap == 0 for gap in apart) / len(apart)
            near = sum(gap <= 1 for gap in apart) / len(apart)
            yield PairAgreement(one, other, len(apart), same, near)
