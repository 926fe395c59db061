"""Lengths: mean, quantiles, how narrowly they cluster, and a histogram over fixed edges."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from ftdata.reporting.statistics import Histogram, Lengths

Ints = npt.NDArray[np.int32]

_OCTAVES = 26
# Four bins an octave, whole numbers as edges: 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, …
EDGES = np.array([0, 1, 2, 3] + [step << k for k in range(_OCTAVES) for step in (4, 5, 6, 7)])
_WIDTH = 1.2


def lengths_of(values: Ints) -> Lengths:
    """The lengths in `values`, whole numbers from 0 on. Quantiles lie between values linearly."""
    if not values.size:
        return Lengths(0, 0, 0, 0, 0, 0, Histogram((), ()))
    low, median, high = np.quantile(values, [0.05, 0.5, 0.95]).tolist()
    return Lengths(
        mean=round(float(values.mean()), 4),
        median=round(median, 4),
        p5=round(low, 4),
        p95=round(high, 4),
        max=int(values.max()),
        clustered=round(_clustered(values), 4),
        histogram=_histogram(binned(values)),
    )


def binned(values: Ints) -> npt.NDArray[np.int64]:
    """How many of the values are in each bin of EDGES; the last bin has no upper edge."""
    places = np.searchsorted(EDGES, values, side="right") - 1
    return np.bincount(places, minlength=EDGES.size).astype(np.int64)


def by_edge(values: Ints) -> Mapping[str, int]:
    """The counts of `binned` that are not 0, by the bin's lower edge."""
    counts = binned(values)
    return {str(EDGES[i]): int(counts[i]) for i in np.flatnonzero(counts)}


def _histogram(counts: npt.NDArray[np.int64]) -> Histogram:
    filled = np.flatnonzero(counts)
    first, last = int(filled[0]), int(filled[-1])
    edges = [*EDGES.tolist(), int(EDGES[-1]) * 2]
    return Histogram(tuple(edges[first : last + 2]), tuple(counts[first : last + 1].tolist()))


def _clustered(values: Ints) -> float:
    """Largest share of the values in a window from n to 1.2 n."""
    found, counts = np.unique(values, return_counts=True)
    below = np.concatenate([[0], np.cumsum(counts)])
    ends = np.searchsorted(found, found * _WIDTH, side="right")
    return float((below[ends] - below[:-1]).max() / values.size)
