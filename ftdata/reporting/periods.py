"""Statistics over time: one period for each date of the partitions."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ftdata.reporting.coded import Places, counts_of
from ftdata.reporting.columns import Columns
from ftdata.reporting.drops import DropCounts
from ftdata.reporting.statistics import Measure, Period

_VALUES = 10  # most frequent of a tag in a period


def periods_of(
    columns: Columns, drops: DropCounts, redactions: Mapping[str, Mapping[str, int]]
) -> tuple[Period, ...]:
    """The periods in order; a date without an example but with drops is one, too.

    `redactions` holds the times that each entity was redacted, by date.
    """
    dates = columns.coded["date"]
    order = np.argsort(dates.codes, kind="stable")
    ends = np.searchsorted(dates.codes[order], np.arange(len(dates.values) + 1))
    rows = {date: order[ends[i] : ends[i + 1]] for i, date in enumerate(dates.values)}
    found = sorted(rows.keys() | drops.by_date.keys())
    none = np.zeros(0, dtype=np.int64)
    return tuple(
        _period(
            columns,
            date,
            rows.get(date, none),
            drops.by_date.get(date, 0),
            redactions.get(date, {}),
        )
        for date in found
    )


def _period(
    columns: Columns, date: str, rows: Places, dropped: int, redactions: Mapping[str, int]
) -> Period:
    return Period(
        date=date,
        splits=columns.coded["split"].counted(rows),
        derived=int(columns.is_derived[rows].sum()),
        prompt_words=_median(columns, "prompt_words", rows),
        completion_words=_median(columns, "completion_words", rows),
        tokens=int(columns.lengths["whole_tokens"][rows].sum(dtype=np.int64)),
        sources=columns.coded["source"].counted(rows),
        categories=_of_tag(columns, "category", rows),
        languages=_of_tag(columns, "language", rows),
        dropped=dropped,
        redactions=dict(redactions),
    )


def _of_tag(columns: Columns, name: str, rows: Places) -> dict[str, int]:
    if name not in columns.tags:
        return {}
    counts = columns.tags[name].counted(rows)
    top = counts_of(counts, _VALUES).top
    return {one.value: one.count for one in top}


def _median(columns: Columns, measure: Measure, rows: Places) -> float:
    return float(np.median(columns.lengths[measure][rows])) if rows.size else 0.0
