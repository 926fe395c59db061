"""How far a judge's mean scores agree with people's ratings of the same examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MIN_FIT = 20  # rated examples from which a line through them is told
_MIN_CORRELATED = 3
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Agreement:
    """Over `n` examples that both judged, on the scale from 1 to 5.

    `offset` is the judge's mean less the people's: above 0 the judge is milder. `within_one` is the
    share of examples on which they are at most one point apart. `spearman` says whether both put
    the examples into the same order (1: the same, 0: no relation, -1: the reverse), which is what a
    threshold or a ranking needs; `pearson` whether their points lie on a line. Both are None under
    3 examples, and where one side gave all the same score. `line` holds intercept and slope of
    people's ratings by the judge's scores (least squares), None under `MIN_FIT` examples.
    """

    n: int
    offset: float
    within_one: float
    spearman: float | None
    pearson: float | None
    line: tuple[float, float] | None


def measure_agreement(means: Mapping[str, float], ratings: Mapping[str, float]) -> Agreement | None:
    """The agreement over examples that stand in both, by id; None where none does."""
    common = sorted(means.keys() & ratings.keys())
    if not common:
        return None
    judged = np.array([means[name] for name in common], dtype=np.float64)
    rated = np.array([ratings[name] for name in common], dtype=np.float64)
    apart = judged - rated
    return Agreement(
        n=len(common),
        offset=float(apart.mean()),
        within_one=float((np.abs(apart) <= 1 + 1e-9).mean()),
        spearman=_correlation(_ranks(judged), _ranks(rated)),
        pearson=_correlation(judged, rated),
        line=_line(judged, rated),
    )


def _correlation(one: _Floats, other: _Floats) -> float | None:
    """Pearson's r."""
    if len(one) < _MIN_CORRELATED or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    return float(np.clip(np.corrcoef(one, other)[0, 1], -1, 1))


def _ranks(values: _Floats) -> _Floats:
    """Ranks from 1; equal values share the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks: _Floats = (ends - (counts - 1) / 2)[inverse]
    return ranks


def _line(judged: _Floats, rated: _Floats) -> tuple[float, float] | None:
    if len(judged) < MIN_FIT or np.ptp(judged) == 0:
        return None
    centred = judged - judged.mean()
    slope = float(centred @ (rated - rated.mean()) / (centred @ centred))
    return float(rated.mean()) - slope * float(judged.mean()), slope
