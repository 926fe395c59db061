"""One line of the table on documents: a metric, its value and its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """A metric; `value` is None where its file is not there.

    `target` is the least value wanted, the most where `at_most`. A target that is missed is shown
    and is no failure.
    """

    name: str
    value: float | None
    target: float | None = None
    at_most: bool = False
    note: str = ""

    @property
    def is_missed(self) -> bool:
        """Whether there is a target, a value, and the value is on the wrong side."""
        if self.target is None or self.value is None:
            return False
        return self.value > self.target if self.at_most else self.value < self.target


def as_lines(figures: Sequence[Figure]) -> list[str]:
    """The table, one line a figure."""
    rows = [("metric", "target", "ftdata", "")]
    for figure in figures:
        sign = "<=" if figure.at_most else ">="
        target = "" if figure.target is None else f"{sign} {_number(figure.target)}"
        note = "MISSED " * figure.is_missed + figure.note
        rows.append((figure.name, target, _number(figure.value), note))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return [
        f"{name:{widths[0]}}  {target:>{widths[1]}}  {value:>{widths[2]}}  {note}".rstrip()
        for name, target, value, note in rows
    ]


def as_json(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """The same for machines."""
    return [asdict(figure) | {"missed": figure.is_missed} for figure in figures]


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.3f}"
