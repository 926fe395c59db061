"""Categories by split: a bar for each split's share, and how far apart they are."""

from __future__ import annotations

from ftdata.reporting.page.figure import WIDTH, Figure, bar, label, legend, svg
from ftdata.reporting.page.shown import LABEL, breadth, fitted, percent, shown
from ftdata.reporting.statistics import Statistics
from ftdata.tables import SPLITS

_MOST = 8
_STEP, _HIGH = 46, 6


def by_split_plot(statistics: Statistics, tag: str) -> Figure | None:
    """The values of a tag by split, those of all most frequent first; None without a value."""
    whole = statistics.parts["all"].tags.get(tag)
    if whole is None:
        return None
    shares = {split: _shares(statistics, split, tag) for split in SPLITS}
    shares = {split: found for split, found in shares.items() if found}
    values = [one.value for one in whole.top]
    widest = max((s.get(v, 0) for v in values[:_MOST] for s in shares.values()), default=0) or 1
    body, y = legend([(split, split) for split in shares], 2, 3)
    for value in values[:_MOST]:
        own = {split: found.get(value, 0.0) for split, found in shares.items()}
        body += _lines(value, own, y + 14, widest)
        y += _STEP - _HIGH * (3 - len(shares))
    rows = tuple(
        (shown(value), *(percent(s.get(value, 0)) for s in shares.values()), _gap(shares, value))
        for value in values
    )
    left = whole.distinct - min(len(values), _MOST)
    more = f" {left:,} more {'value' if left == 1 else 'values'}." if left else ""
    named = shown(tag.replace("_", " "), LABEL)
    told = "; ".join(f"{row[0]}: {', '.join(row[1:-1])}" for row in rows[:_MOST])
    return Figure(
        key="by_split",
        title=f"{named.capitalize()} by split",
        note=f"Share of each split’s examples; gap: the largest less the smallest share.{more}",
        svg=svg(f"{named} by split", told, body, y + 2),
        columns=(named, *shares, "gap"),
        rows=rows,
    )


def _shares(statistics: Statistics, split: str, tag: str) -> dict[str, float]:
    counts = statistics.parts[split].tags.get(tag)
    return {one.value: one.share for one in counts.top} if counts else {}


def _lines(value: str, shares: dict[str, float], y: float, widest: float) -> list[str]:
    low, high = min(shares.values()), max(shares.values())
    told = f"{percent(high)} · gap {percent(high - low)}" if len(shares) > 1 else percent(high)
    name = shown(value, LABEL)
    body = [label(0, y, fitted(value, WIDTH - 12 - breadth(told))), label(WIDTH, y, told, "n e")]
    for at, (split, share) in enumerate(shares.items()):
        top = y + 5 + at * (_HIGH + 1)
        said = f"{name}, {split}: {percent(share)}"
        body.append(bar(0, top, max(WIDTH * share / widest, 1), _HIGH, split, said))
    return body


def _gap(shares: dict[str, dict[str, float]], value: str) -> str:
    own = [found.get(value, 0.0) for found in shares.values()]
    return percent(max(own) - min(own))
