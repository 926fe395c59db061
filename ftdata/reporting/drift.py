"""How far one set of examples is from another, by length, category, language and vocabulary.

With p and q the shares of each bin in the new examples and in the reference:

- population stability index, PSI = Σ (p − q) ln(p / q) (N. Siddiqi, Credit Risk Scorecards, 2006).
  As a rule of thumb it is stable under 0.1, moderately moved under 0.25 and moved above.
- Jensen–Shannon divergence, JSD = ½ Σ p ln(p / m) + ½ Σ q ln(q / m) with m = ½ (p + q), divided by
  ln 2: 0 for equal distributions, 1 for those that share no value (J. Lin, Divergence measures
  based on the Shannon entropy, 1991).

Small samples differ by chance. Of B bins, n new and m reference examples of one distribution, PSI
is about (1/n + 1/m) times a chi-squared variable with B − 1 degrees of freedom (B. Yurdakul,
Statistical Properties of Population Stability Index, 2018); the noise here is the mean of that and
three standard deviations. JSD is, near 0, an eighth of PSI, in bits 1 / (8 ln 2) of it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from ftdata.reporting.statistics import (
    Comparison,
    ComparisonKind,
    Drift,
    DriftKind,
    Profile,
    Shift,
)

Counts = Mapping[str, int]
Pair = tuple[Counts, Counts]  # of the new examples, of the reference
Shares = npt.NDArray[np.float64]

_SMOOTHING = 0.5  # added to each bin: PSI has no value where one is empty
_LENGTH_BINS = 10
_MAX_BINS = {"category": 50, "language": 50, "vocabulary": 500}
_OTHERS = ""
_SHIFTS = 10
_MIN_EXPECTED = 5  # W. Cochran, Some Methods for Strengthening the Common χ² Tests, 1954


def compare(kind: ComparisonKind, new: tuple[str, Profile], old: tuple[str, Profile]) -> Comparison:
    """The first set of examples against the second, the reference, each with its name."""
    (name, profile), (reference, before) = new, old
    drifts = []
    for what in sorted(profile.lengths.keys() & before.lengths.keys()):
        tenths = _by_tenths(profile.lengths[what], before.lengths[what])
        drifts.append(_drift("length", what, tenths, tenths))
    for of_kind, what in _VALUES.items():
        counts = getattr(profile, what), getattr(before, what)
        drifts.append(_drift(of_kind, what, _most_frequent(*counts, _MAX_BINS[of_kind]), counts))
    found = tuple(drift for drift in drifts if drift is not None)
    return Comparison(kind, name, reference, profile.examples, before.examples, found)


_VALUES: dict[DriftKind, str] = {
    "category": "categories",
    "language": "languages",
    "vocabulary": "words",
}


def psi_of(new: Shares, reference: Shares) -> float:
    """Population stability index of two arrays of shares, none of them 0."""
    return float(np.sum((new - reference) * np.log(new / reference)))


def divergence_of(new: Shares, reference: Shares) -> float:
    """Jensen–Shannon divergence of two arrays of shares, in bits, 0 to 1."""
    middle = (new + reference) / 2
    parts = [np.sum(one * np.log2(one / middle, where=one > 0, out=np.zeros_like(one)))
             for one in (new, reference)]  # fmt: skip
    return min(1.0, max(0.0, float(sum(parts)) / 2))


def _drift(kind: DriftKind, what: str, bins: Pair, shown: Pair) -> Drift | None:
    """How far apart the counts of the bins are; None where one of both has no value at all.

    What has moved is told in the values of `shown`, which the bins may join.
    """
    if not all(sum(counts.values()) for counts in bins):
        return None
    values = sorted(bins[0].keys() | bins[1].keys())
    after, before = (np.array([counts.get(v, 0) for v in values]) for counts in bins)
    freedom = len(values) - 1
    noise = (1 / after.sum() + 1 / before.sum()) * (freedom + 3 * math.sqrt(2 * freedom))
    p, q = _shares(after), _shares(before)
    return Drift(
        kind=kind,
        what=what,
        psi=round(psi_of(_smoothed(after), _smoothed(before)), 6),
        psi_noise=round(float(noise), 6),
        divergence=round(divergence_of(p, q), 6),
        divergence_noise=round(min(1.0, float(noise) / (8 * math.log(2))), 6),
        shifts=_shifts(*shown),
    )


def _shifts(new: Counts, reference: Counts) -> tuple[Shift, ...]:
    totals = sum(new.values()), sum(reference.values())
    shifts = [
        Shift(
            value,
            round(reference.get(value, 0) / totals[1], 6),
            round(new.get(value, 0) / totals[0], 6),
        )
        for value in new.keys() | reference.keys()
    ]
    moved = [one for one in shifts if one.before != one.after]
    return tuple(sorted(moved, key=lambda o: (-abs(o.after - o.before), o.value))[:_SHIFTS])


def _shares(counts: npt.NDArray[np.int64]) -> Shares:
    shares: Shares = counts / counts.sum()
    return shares


def _smoothed(counts: npt.NDArray[np.int64]) -> Shares:
    smooth: Shares = (counts + _SMOOTHING) / (counts.sum() + _SMOOTHING * counts.size)
    return smooth


def _by_tenths(new: Counts, reference: Counts) -> Pair:
    """The counts of length bins in about ten bins, a tenth of the reference each."""
    edges = sorted(new.keys() | reference.keys(), key=int)
    total = max(sum(reference.values()), 1)
    below = [0, *accumulate(reference.get(edge, 0) for edge in edges)]
    tenths = [_LENGTH_BINS * before // total for before in below[:-1]]
    first = dict(zip(reversed(tenths), reversed(edges), strict=True))  # the least edge of each
    merged: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for edge, tenth in zip(edges, tenths, strict=True):
        for into, counts in zip(merged, (new, reference), strict=True):
            into[first[tenth]] = into.get(first[tenth], 0) + counts.get(edge, 0)
    return merged


def _most_frequent(new: Counts, reference: Counts, most: int) -> Pair:
    """The counts of the values that are most frequent in the reference, the others as one.

    The new examples have no say in which, or chance would: a value that is rare before is one of
    the others, whatever it has come to. Of each at least five are to be expected on both sides.
    """
    before = max(sum(reference.values()), 1)
    smaller = min(before, sum(new.values()))
    frequent = [
        value
        for value, count in reference.items()
        if value != _OTHERS and count * smaller >= _MIN_EXPECTED * before
    ]
    kept = sorted(frequent, key=lambda value: (-reference[value], value))[:most]
    return _reduced(new, kept), _reduced(reference, kept)


def _reduced(counts: Counts, kept: list[str]) -> dict[str, int]:
    reduced = {value: counts[value] for value in kept if value in counts}
    rest = sum(counts.values()) - sum(reduced.values())
    return {**reduced, _OTHERS: rest} if rest else reduced
