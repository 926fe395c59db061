"""Lengths: a histogram of the tokens by split, with the quantiles of train."""

from __future__ import annotations

from itertools import pairwise

from ftdata.reporting.page.figure import WIDTH, Figure, bar, label, rule, svg
from ftdata.reporting.page.shown import breadth, brief, count, percent, shown
from ftdata.reporting.statistics import PARTS, Histogram, Measure, Statistics

_TOP, _HIGH = 52, 120
_LINES = {"train": "", "validation": "dash", "test": "dot"}
_MIN_TICK = 34  # units from one number to the next


def lengths_plot(statistics: Statistics, measure: Measure, title: str) -> Figure | None:
    """The figure of one length; None where there is no example."""
    parts = {name: statistics.parts[name] for name in PARTS if statistics.parts[name].examples}
    found = {name: part.lengths[measure].histogram for name, part in parts.items()}
    drawn = {name: histogram for name, histogram in found.items() if name in _LINES}
    if not drawn:
        return None
    edges = _edges(list(drawn.values()))
    shares = {name: _shares(one, edges) for name, one in drawn.items()}
    highest = max(max(values) for values in shares.values())
    own = "train" if "train" in drawn else next(iter(drawn))
    lengths = parts[own].lengths[measure]
    body = [rule(0, _TOP + _HIGH, WIDTH, _TOP + _HIGH)]
    for name, values in reversed(shares.items()):
        body += _outline(name, values, highest, is_filled=name == own)
    marks = (("5 %", lengths.p5), ("median", lengths.median), ("95 %", lengths.p95))
    body += _marks(marks, edges) + _ticks(edges)
    body += _legend(list(drawn))
    told = f"{own}: median {lengths.median:,.0f}, 95 % up to {lengths.p95:,.0f} tokens"
    columns = ("split", "mean", "5 %", "median", "95 %", "longest")
    rows = []
    for name, part in parts.items():
        one = part.lengths[measure]
        numbers = (one.mean, one.p5, one.median, one.p95, one.max)
        rows.append((name, *(f"{n:,.0f}" for n in numbers)))
    note = f"Share of each split's examples, by tokens; marks: {own}."
    picture = svg(shown(title), told, body, _TOP + _HIGH + 38)
    return Figure(measure, shown(title), note, picture, columns, tuple(rows))


def _edges(found: list[Histogram]) -> list[int]:
    """The edges that all of them lie within: those of one are a run of the others'."""
    return sorted({edge for one in found for edge in one.edges} or {0, 1})


def _shares(histogram: Histogram, edges: list[int]) -> list[float]:
    total = sum(histogram.counts) or 1
    counts = dict(zip(histogram.edges[:-1], histogram.counts, strict=True))
    return [counts.get(edge, 0) / total for edge in edges[:-1]]


def _outline(name: str, values: list[float], highest: float, *, is_filled: bool) -> list[str]:
    """Steps from bin to bin."""
    step, ground = WIDTH / len(values), _TOP + _HIGH
    path = f"M0 {ground}"
    for at, value in enumerate(values):
        y = ground - _HIGH * value / (highest or 1)
        path += f"V{y:.5g}H{step * (at + 1):.5g}"
    path += f"V{ground}"
    filled = [f'<path d="{path}Z" class="{name} area"/>'] if is_filled else []
    return [*filled, f'<path d="{path}" class="line {name} {_LINES[name]}"/>']


def _place(value: float, edges: list[int]) -> float:
    """Where a length lies: bins are equally wide, within them it goes evenly."""
    last = len(edges) - 1
    for at, (low, high) in enumerate(pairwise(edges)):
        if value < high:
            return WIDTH * (at + max(value - low, 0) / (high - low)) / last
    return WIDTH


def _marks(marks: tuple[tuple[str, float], ...], edges: list[int]) -> list[str]:
    """Lines with their names above; names that would touch go a line higher."""
    drawn: list[str] = []
    ends = [0.0] * len(marks)
    for name, value in marks:
        x = _place(value, edges)
        text = f"{name}: {brief(round(value))}"
        half = breadth(text) / 2
        middle = max(min(x, WIDTH - half), half)
        line = next(at for at, end in enumerate(ends) if middle - half >= end)
        ends[line] = middle + half + 6
        y = _TOP - 8 - 14 * line
        drawn += [rule(x, y + 3, x, _TOP + _HIGH, "mark"), label(middle, y, text, "m")]
    return drawn


def _ticks(edges: list[int]) -> list[str]:
    step = WIDTH / (len(edges) - 1)
    drawn, free, y = [], 0.0, _TOP + _HIGH
    for at, edge in enumerate(edges[:-1]):
        # Powers of two are edges, and tell of the scale what other numbers do not.
        if edge & (edge - 1) == 0 and step * at >= free and step * at < WIDTH - 14:
            x = step * at
            drawn += [rule(x, y, x, y + 4), label(x, y + 17, brief(edge), "n m" if at else "n")]
            free = x + _MIN_TICK
    return drawn


def _legend(names: list[str]) -> list[str]:
    drawn, x, y = [], 0.0, _TOP + _HIGH + 32
    for name in names:
        drawn.append(f'<path d="M{x:.5g} {y - 4}h20" class="line {name} {_LINES[name]}"/>')
        drawn.append(label(x + 26, y, name))
        x += 40 + 7 * len(name)
    return drawn


def uniqueness_plot(statistics: Statistics) -> Figure | None:
    """How many of the texts differ; None where there is no example."""
    found = statistics.parts["all"].uniqueness
    if not any(one.total for one in found.values()):
        return None
    body = []
    for row, (what, one) in enumerate(found.items()):
        y, name = 14 + row * 34, what.replace("_", " ")
        told = f"{count(one.distinct)} of {count(one.total)} · {percent(one.share)}"
        body += [label(0, y, name), label(WIDTH, y, told, "n e"), bar(0, y + 5, WIDTH, 8, "track")]
        body.append(bar(0, y + 5, WIDTH * one.share, 8, "s0", f"{name}: {told}"))
    said = "; ".join(f"{what}: {percent(one.share)}" for what, one in found.items())
    rows = tuple(
        (what.replace("_", " "), count(one.total), count(one.distinct), percent(one.share))
        for what, one in found.items()
    )
    return Figure(
        key="uniqueness",
        title="How much differs",
        note="Texts are the same where their words are; an opening is the first three words.",
        svg=svg("How much differs", said, body, 34 * len(found) + 2),
        columns=("texts", "all", "distinct", "share"),
        rows=rows,
    )
