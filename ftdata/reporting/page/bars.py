"""Bars that lie: a value on each line with its count, and a thin bar below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ftdata.reporting.page.figure import WIDTH, Figure, bar, label, svg
from ftdata.reporting.page.shown import CELL, LABEL, breadth, count, fitted, percent, shown
from ftdata.reporting.statistics import Counts

_STEP, _TOP, _HIGH = 34, 14, 8
_TOLD, _GAP = 230, 12  # the most that is told takes, and what is left before it
MOST = 8


class Bar(NamedTuple):
    """`name` and `told` are as data has them: they are escaped here."""

    name: str
    size: float
    told: str
    style: str = "s0"


def lying(title: str, bars: Sequence[Bar], widest: float = 0) -> str:
    """The picture of some bars; `widest` fills the width, by default the largest."""
    widest = max([widest, *(one.size for one in bars)]) or 1
    body = []
    for row, one in enumerate(bars):
        y = _TOP + row * _STEP
        told = fitted(one.told, _TOLD)
        body += [
            label(0, y, fitted(one.name, WIDTH - _GAP - min(breadth(one.told), _TOLD))),
            label(WIDTH, y, told, "n e"),
            bar(0, y + 5, WIDTH, _HIGH, "track"),
            bar(
                0, y + 5, WIDTH * one.size / widest, _HIGH, one.style, f"{shown(one.name)}: {told}"
            ),
        ]
    said = "; ".join(f"{shown(one.name, LABEL)}: {shown(one.told)}" for one in bars)
    return svg(shown(title), said, body, _STEP * len(bars) + 2)


def counted(
    key: str,
    title: str,
    counts: Counts,
    of: str = "value",
    unit: str = "examples",
    *,
    quotes: bool = False,
) -> Figure | None:
    """The most frequent of some values; None where there is none."""
    if not counts.top:
        return None
    shares = [Bar(one.value, one.count, _told(one.count, one.share)) for one in counts.top[:MOST]]
    left = counts.distinct - len(shares)
    return Figure(
        key=key,
        title=shown(title),
        note=f"{left:,} more {'value' if left == 1 else 'values'}." if left > 0 else "",
        svg=lying(title, shares),
        columns=(of, unit, "share"),
        rows=tuple((shown(o.value, CELL), count(o.count), percent(o.share)) for o in counts.top),
        quotes=quotes,
    )


def _told(number: int, share: float) -> str:
    return f"{number:,} · {percent(share)}"
