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
    drifts = [
        _drift("length", what, *_by_tenths(profile.lengths[what], before.lengths[what]))
        for what in sorted(profile.lengths.keys() & before.lengths.keys())
    ]
    for of_kind, what in _VALUES.items():
        counts = _most_frequent(getattr(profile, what), getattr(before, what), _MAX_BINS[of_kind])
        drifts.append(_drift(of_kind, what, *counts))
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


def _drift(kind: DriftKind, what: str, new: Counts, reference: Counts) -> Drift | None:
    """None where one of both has no value at all."""
    if not sum(new.values()) or not sum(reference.values()):
        return None
    values = sorted(new.keys() | reference.keys())
    after, before = (np.array([counts.get(v, 0) for v in values]) for counts in (new, reference))
    scale = (1 / after.sum() + 1 / before.sum()) if len(values) > 1 else 0.0
    freedom = len(values) - 1
    noise = float(scale * (freedom + 3 * math.sqrt(2 * freedom)))
    p, q = _shares(after), _shares(before)
    moved = sorted(zip(values, q.tolist(), p.tolist(), strict=True), key=_by_move)
    return Drift(
        kind=kind,
        what=what,
        psi=round(psi_of(_smoothed(after), _smoothed(before)), 6),
        psi_noise=round(noise, 6),
        divergence=round(divergence_of(p, q), 6),
        divergence_noise=round(min(1.0, noise / (8 * math.log(2))), 6),
        shifts=tuple(Shift(v, round(b, 6), round(a, 6)) for v, b, a in moved[:_SHIFTS] if a != b),
    )


def _by_move(shift: tuple[str, float, float]) -> tuple[float, str]:
    value, before, after = shift
    return -abs(after - before), value


def _shares(counts: npt.NDArray[np.int64]) -> Shares:
    shares: Shares = counts / counts.sum()
    return shares


def _smoothed(counts: npt.NDArray[np.int64]) -> Shares:
    smooth: Shares = (counts + _SMOOTHING) / (counts.sum() + _SMOOTHING * counts.size)
    return smooth


def _by_tenths(new: Counts, reference: Counts) -> tuple[dict[str, int], dict[str, int]]:
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


def _most_frequent(
    new: Counts, reference: Counts, most: int
) -> tuple[dict[str, int], dict[str, int]]:
    """The counts of the values that are most frequent in one of both, the others as one.

    Values of which either share would make less than five in the smaller set are left to chance.
    """
    totals = [max(sum(counts.values()), 1) for counts in (new, reference)]

    def share(value: str) -> float:
        return max(new.get(value, 0) / totals[0], reference.get(value, 0) / totals[1])

    both = sorted((new.keys() | reference.keys()) - {_OTHERS})
    frequent = [value for value in both if share(value) * min(totals) >= _MIN_EXPECTED]
    kept = sorted(frequent, key=share, reverse=True)[:most]
    return _reduced(new, kept), _reduced(reference, kept)


def _reduced(counts: Counts, kept: list[str]) -> dict[str, int]:
    reduced = {value: counts[value] for value in kept if value in counts}
    rest = sum(counts.values()) - sum(reduced.values())
    return {**reduced, _OTHERS: rest} if rest else reduced
