"""Over time: stacked bars and lines, a day each or, of many days, several in one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ftdata.reporting.page.figure import SERIES, WIDTH, Figure, bar, label, legend, rule, svg
from ftdata.reporting.page.shown import LABEL, brief, count, fitted, percent, shown
from ftdata.reporting.statistics import Period

_LEFT, _TOP, _HIGH = 44, 12, 130
_MOST = 62  # bars; of more days several are one
OTHERS = "(others)"


class Span(NamedTuple):
    """Some dates in a row."""

    first: str
    last: str
    periods: tuple[Period, ...]

    @property
    def name(self) -> str:
        """The date, or the first and last of several."""
        return self.first if self.first == self.last else f"{self.first} to {self.last}"


def spans_of(periods: Sequence[Period]) -> list[Span]:
    """The dates one by one, or as many in each as it takes to have no more than 62."""
    each = max(-(-len(periods) // _MOST), 1)
    cuts = [tuple(periods[at : at + each]) for at in range(0, len(periods), each)]
    return [Span(own[0].date, own[-1].date, own) for own in cuts]


def stacked(
    key: str, title: str, spans: Sequence[Span], counts: Callable[[Period], Mapping[str, int]]
) -> Figure | None:
    """Examples of each span by source or category; None where there is none."""
    tables = [_summed(span, counts) for span in spans]
    whole = sum(tables, Counter[str]())
    if not whole:
        return None
    names = sorted(whole.keys() - {OTHERS}, key=lambda name: (-whole[name], name))
    series = names[: SERIES - 1] if len(names) > SERIES or whole[OTHERS] else names
    styles = {name: f"s{at}" for at, name in enumerate(series)}
    heights = [{name: table[name] for name in series} for table in tables]
    if len(series) < len(whole):
        styles[OTHERS] = f"s{SERIES - 1}"
        for height, table in zip(heights, tables, strict=True):
            height[OTHERS] = table.total() - sum(height.values())
    top = even_top(max(sum(height.values()) for height in heights), least=2)
    body = _frame(top, spans, brief)
    for at, (span, height) in enumerate(zip(spans, heights, strict=True)):
        body += _column(span.name, at, len(spans), height, top, styles)
    named = [(style, fitted(name, WIDTH / 2 - 20)) for name, style in styles.items()]
    keys, end = legend(named, _TOP + _HIGH + 28)
    most = max(table.total() for table in tables)
    told = f"{len(spans)} bars, {count(whole.total())} in all, at most {count(most)}"
    rows = tuple(
        (shown(span.name), count(table.total()), _told(table))
        for span, table in zip(spans, tables, strict=True)
    )
    return Figure(
        key=key,
        title=title,
        note=_each(spans),
        svg=svg(title, told, [*body, *keys], end + 2),
        columns=("date", "all", "of which"),
        rows=rows,
    )


def lined(
    key: str,
    title: str,
    note: str,
    points: Sequence[tuple[Span, float | None]],
    tell: Callable[[float], str] = percent,
) -> Figure | None:
    """One value of each span, None where there is nothing to tell; no figure without a value."""
    told = [value for _, value in points if value is not None]
    if not told:
        return None
    top = even_top(max(told))
    spans = [span for span, _ in points]
    body = _frame(top, spans, tell)
    path, is_drawn = "", False
    for at, (span, value) in enumerate(points):
        if value is not None:
            x, y = _middle(at, len(points)), _y(value, top)
            path += f"{'L' if is_drawn else 'M'}{x:.5g} {y:.5g}"
            body.append(
                f'<circle cx="{x:.5g}" cy="{y:.5g}" r="3" class="s0">'
                f"<title>{shown(span.name)}: {tell(value)}</title></circle>"
            )
        is_drawn = value is not None
    body.append(f'<path d="{path}" class="line s0"/>')
    rows = tuple((shown(s.name), "–" if v is None else tell(v)) for s, v in points)
    said = f"between {tell(min(told))} and {tell(max(told))}"
    picture = svg(title, said, body, _TOP + _HIGH + 22)
    return Figure(key, title, note, picture, ("date", "value"), rows)


def even_top(most: float, least: float = 0) -> float:
    """The end of a scale whose half is a round number, too: `38` gives 40, `0.093` gives 0.1."""
    if most <= least:
        return least or 1
    power = 10.0 ** math.floor(math.log10(most))
    return next(
        step * power for step in (1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10) if step * power >= most
    )


def _each(spans: Sequence[Span]) -> str:
    most = max(len(span.periods) for span in spans)
    return "One bar a day." if most == 1 else f"One bar for {most} days."


def _told(table: Counter[str]) -> str:
    return ", ".join(f"{shown(name, LABEL)} {number:,}" for name, number in table.most_common(8))


def _summed(span: Span, counts: Callable[[Period], Mapping[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for period in span.periods:
        found.update(counts(period))
    return found


def _frame(top: float, spans: Sequence[Span], tell: Callable[[float], str]) -> list[str]:
    """Three lines with their values, the first and the last date below."""
    body = []
    for share in (0.0, 0.5, 1.0):
        y = _y(top * share, top)
        body.append(rule(_LEFT, y, WIDTH, y))
        if share or not top:
            body.append(label(_LEFT - 6, y + 4, tell(top * share), "n e"))
    y = _TOP + _HIGH + 16
    if len(spans) == 1:
        return [*body, label((_LEFT + WIDTH) / 2, y, shown(spans[0].name, 26), "n m")]
    ends = shown(spans[0].first, 12), shown(spans[-1].last, 12)
    return [*body, label(_LEFT, y, ends[0], "n"), label(WIDTH, y, ends[1], "n e")]


def _column(
    name: str, at: int, of: int, height: dict[str, int], top: float, styles: Mapping[str, str]
) -> list[str]:
    step = (WIDTH - _LEFT) / of
    wide = min(step * 0.82, 40)
    x, y = _middle(at, of) - wide / 2, float(_TOP + _HIGH)
    body = []
    for series, number in height.items():
        high = _HIGH * number / top
        y -= high
        if number:
            told = f"{shown(name)}, {shown(series, LABEL)}: {number:,}"
            body.append(bar(x, y, wide, high, f"{styles[series]} cut", told))
    return body


def _middle(at: int, of: int) -> float:
    return _LEFT + (WIDTH - _LEFT) / of * (at + 0.5)


def _y(value: float, top: float) -> float:
    return _TOP + _HIGH * (1 - value / (top or 1))
