"""The map: a sample of the examples on a plane, with numbers where clusters lie."""

from __future__ import annotations

from collections import Counter

import numpy as np

from ftdata.reporting.page.figure import SERIES, Figure, label, svg
from ftdata.reporting.page.layout import Layout, lay_out
from ftdata.reporting.page.material import PageMaterial
from ftdata.reporting.page.shown import LABEL, count, fitted, percent, shown
from ftdata.tables import SPLITS

_WIDTH, _HIGH, _EDGE = 560, 440, 14
_LEGEND = 20  # units each line
# Not by colour alone: every series has a shape of its own, around 0, 0.
_SHAPES = (
    "M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0z",
    "M-2.8-2.8h5.6v5.6h-5.6z",
    "M0-3.6l3.5 6.3h-7z",
    "M0-3.9l3.9 3.9-3.9 3.9-3.9-3.9z",
    "M0 3.6l3.5-6.3h-7z",
    "M-1.2-3.6h2.4v2.4h2.4v2.4h-2.4v2.4h-2.4v-2.4h-2.4v-2.4h2.4z",
    "M-3.8-1.3h7.6v2.6h-7.6z",
    "M-1.8 0a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0z",
)
_OTHERS = "(others)"
_LEAST = 12  # examples: fewer are no map


def map_plot(material: PageMaterial) -> Figure | None:
    """The figure; None of too few examples."""
    points = material.points
    if len(points) < _LEAST:
        return None
    layout = lay_out([point.text for point in points])
    by = material.label
    values = [p.split if by == "split" else p.tags.get(by, "") for p in points]
    series = _series(values, by)
    drawn = [series.get(value, _OTHERS) for value in values]
    styles = dict.fromkeys([*series.values(), *([_OTHERS] if _OTHERS in drawn else [])])
    numbered = {name: f"s{at}" for at, name in enumerate(styles)}
    body = _points(layout, drawn, numbered)
    body += _numbers(layout)
    keys, end = _legend(numbered, _HIGH)
    rows = tuple(_rows(layout, values))
    told = f"{len(points):,} points in {len(rows)} clusters"
    return Figure(
        key="map",
        title="What the examples are about",
        note=f"{len(points):,} examples by {shown(by.replace('_', ' '), LABEL)}: near ones share"
        " words. The numbers are clusters.",
        svg=svg("What the examples are about", told, [*body, *keys], end, _WIDTH),
        columns=("cluster", "words", "examples", "mostly"),
        rows=rows,
        is_wide=True,
    )


def _series(values: list[str], by: str) -> dict[str, str]:
    """The values that have a colour of their own, most frequent first."""
    if by == "split":
        return {split: split for split in SPLITS if split in values}
    counts = Counter(values)
    order = sorted(counts, key=lambda value: (-counts[value], value))
    most = len(order) if len(order) <= SERIES else SERIES - 1
    return {value: value for value in order[:most]}


def _place(x: float, y: float) -> tuple[float, float]:
    return _EDGE + (_WIDTH - 2 * _EDGE) * x, _EDGE + (_HIGH - 2 * _EDGE) * y


def _points(layout: Layout, drawn: list[str], styles: dict[str, str]) -> list[str]:
    """A line for each series that is not seen, with a marker at each point: few bytes a point."""
    places: dict[str, list[str]] = {name: [] for name in styles}
    for name, (x, y) in zip(drawn, layout.places.tolist(), strict=True):
        left, top = _place(x, y)
        places[name].append(f"{left:.1f},{top:.1f}")
    body = []
    for at, (name, own) in enumerate(places.items()):
        mark = f"url(#shape{at})"
        body.append(
            f'<marker id="shape{at}" class="{styles[name]}" viewBox="-5 -5 10 10" markerWidth="10"'
            f' markerHeight="10" markerUnits="userSpaceOnUse"><path d="{_SHAPES[at]}" class="point'
            f' cut"/></marker><polyline points="{" ".join(own)}" fill="none"'
            f' marker-start="{mark}" marker-mid="{mark}" marker-end="{mark}"/>'
        )
    return body


def _numbers(layout: Layout) -> list[str]:
    """Numbers in the middle of their clusters, moved apart where they would touch."""
    number = len(layout.terms)
    middles = [np.median(layout.places[layout.clusters == one], axis=0) for one in range(number)]
    spots = np.array([_place(*middle.tolist()) for middle in middles])
    for _ in range(60):
        for one in range(number):
            away = spots[one] - spots
            far = np.hypot(*away.T)
            for other in np.flatnonzero((far < 30) & (np.arange(number) != one)):
                push = away[other] / far[other] if far[other] > 0 else np.array([0.0, 1.0])
                spots[one] += push * (30 - far[other]) / 2
    spots = np.clip(spots, 16, [_WIDTH - 16, _HIGH - 16])
    return [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="13" class="badge"/>'
        + label(x, y + 5.5, str(one + 1), "m b big")
        for one, (x, y) in enumerate(spots.tolist())
    ]


def _legend(styles: dict[str, str], top: float) -> tuple[list[str], float]:
    drawn, columns = [], 3
    for at, (name, style) in enumerate(styles.items()):
        x, y = 8 + at % columns * (_WIDTH / columns), top + 16 + at // columns * _LEGEND
        drawn.append(
            f'<path d="{_SHAPES[at]}" transform="translate({x:.5g} {y})" class="{style}"/>'
        )
        drawn.append(label(x + 10, y + 5, fitted(name, 130) or "(none)", "mid"))
    return drawn, top + 20 + -(-len(styles) // columns) * _LEGEND


def _rows(layout: Layout, values: list[str]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for one, terms in enumerate(layout.terms):
        own = [values[row] for row in np.flatnonzero(layout.clusters == one).tolist()]
        (value, most), *_ = Counter(sorted(own)).most_common(1)
        mostly = f"{shown(value, LABEL) or '(none)'} {percent(most / len(own))}"
        named = ", ".join(shown(term, LABEL) for term in terms) or "(no words)"
        rows.append((str(one + 1), named, count(len(own)), mostly))
    return rows
