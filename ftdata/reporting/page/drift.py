"""How far partitions, splits and versions are from each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ftdata.reporting.drift import divergence_of
from ftdata.reporting.page.bars import Bar, lying
from ftdata.reporting.page.figure import Figure
from ftdata.reporting.page.shown import LABEL, percent, shown
from ftdata.reporting.page.time import Span, lined
from ftdata.reporting.statistics import Comparison, Drift, Period, Shift

_MIN_EXAMPLES = 20  # of a day; of fewer its shares say nothing
_MOST = 9
_SHIFTS = 3


def drift_plot(key: str, title: str, compared: Sequence[Comparison]) -> Figure | None:
    """The distances of some comparisons, the largest first; None where there is none."""
    found = [(one, drift) for one in compared for drift in one.drifts]
    if not found:
        return None
    far = sorted(found, key=lambda pair: -pair[1].psi)
    bars = [_bar(one, drift) for one, drift in far[:_MOST]]
    rows = tuple(_row(one, drift) for one, drift in far)
    return Figure(
        key=key,
        title=title,
        note="PSI: under 0.1 stable, over 0.25 moved. “chance”, in grey: no more than chance does"
        " to so few examples.",
        svg=lying(title, bars, 0.25),
        columns=("new / reference", "of", "PSI", "by chance", "JS", "by chance", "largest shifts"),
        rows=rows,
    )


def _bar(one: Comparison, drift: Drift) -> Bar:
    is_chance = drift.psi <= drift.psi_noise
    told = f"PSI {drift.psi:.2f}" + (" · chance" if is_chance else "")
    name = one.new.partition("|")[2] or one.new
    what = f"{name}: {drift.what.replace('_', ' ')}"
    return Bar(what, drift.psi, told, "s7" if is_chance else "s0")


def _row(one: Comparison, drift: Drift) -> tuple[str, ...]:
    distances = (drift.psi, drift.psi_noise, drift.divergence, drift.divergence_noise)
    moved = [
        f"{shift.value or '(others)'} {percent(shift.before)} → {percent(shift.after)}"
        for shift in drift.shifts[:_SHIFTS]
    ]
    names = shown(f"{one.new} / {one.reference}"), shown(drift.what.replace("_", " "))
    return (*names, *(f"{number:.3f}" for number in distances), shown("; ".join(moved)))


def days_plot(spans: Sequence[Span]) -> Figure | None:
    """Each day's categories against those of all other days."""
    values = sorted({name for span in spans for one in span.periods for name in one.categories})
    if len(spans) < 2 or not values:
        return None
    counts = np.array([_counts(span.periods, values) for span in spans], dtype=np.float64)
    counts = counts[:, counts.any(axis=0)]
    whole = counts.sum(axis=0)
    points = []
    for span, own in zip(spans, counts, strict=True):
        others = whole - own
        is_told = own.sum() >= _MIN_EXAMPLES and others.sum() >= _MIN_EXAMPLES
        far = divergence_of(own / own.sum(), others / others.sum()) if is_told else None
        points.append((span, far))
    return lined(
        "drift_by_day",
        "Categories: each day against all others",
        "Jensen–Shannon divergence, 0: alike, 1: nothing shared. Days under"
        f" {_MIN_EXAMPLES} examples are left out.",
        points,
        lambda value: f"{value:.2f}",
    )


def shifts_plot(since: Comparison) -> Figure | None:
    """The shares of categories and languages that moved most; None where none did."""
    moved = [
        (drift.what.replace("_", " "), shift)
        for drift in since.drifts
        for shift in drift.shifts
        if drift.kind in {"category", "language"}
    ]
    if not moved:
        return None
    moved.sort(key=lambda one: -abs(one[1].after - one[1].before))
    return Figure(
        key="shifts",
        title="Shares that moved most",
        note="Categories and languages, in the version before → in this one; the bar is the move.",
        svg=lying("Shares that moved most", [_move(shift) for _, shift in moved[:_MOST]]),
        columns=("of", "value", "before", "now"),
        rows=tuple(
            (shown(what, LABEL), shown(one.value), percent(one.before), percent(one.after))
            for what, one in moved
        ),
    )


def _move(shift: Shift) -> Bar:
    is_less = shift.after < shift.before
    told = f"{percent(shift.before)} → {percent(shift.after)}"
    return Bar(shift.value, abs(shift.after - shift.before), told, "s1" if is_less else "s0")


def _counts(periods: Sequence[Period], values: Sequence[str]) -> list[int]:
    """How often each value stands in them, and the rarer ones together at the end."""
    named = [sum(one.categories.get(value, 0) for one in periods) for value in values]
    return [*named, sum(sum(one.splits.values()) for one in periods) - sum(named)]
