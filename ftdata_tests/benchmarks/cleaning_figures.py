"""One line of the table on cleaning: a metric, its target, and what each way reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

ABSENT = "absent"


@dataclass(frozen=True)
class Figure:
    """A metric of ftdata beside the naive way and presidio; None where a way has none.

    `target` is the least value wanted, the most where `at_most`. A target that is missed is shown
    and is no failure.
    """

    name: str
    ours: float | None
    naive: float | None = None
    presidio: float | None = None
    target: float | None = None
    at_most: bool = False
    note: str = ""

    @property
    def is_missed(self) -> bool:
        """Whether there is a target, a value, and the value is on the wrong side."""
        if self.target is None or self.ours is None:
            return False
        return self.ours > self.target if self.at_most else self.ours < self.target


def absent(name: str, path: str) -> Figure:
    """A metric whose file is not there."""
    return Figure(name, None, note=f"{path} is {ABSENT}")


def as_lines(figures: list[Figure]) -> list[str]:
    """The table, one line a figure."""
    rows = [("metric", "target", "ftdata", "naive", "presidio", "")]
    for figure in figures:
        sign = "<=" if figure.at_most else ">="
        target = "" if figure.target is None else f"{sign} {_number(figure.target)}"
        values = (figure.ours, figure.naive, figure.presidio)
        note = "MISSED " * figure.is_missed + figure.note
        rows.append((figure.name, target, *map(_number, values), note))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    return [_line(row, widths) for row in rows]


def as_json(figures: list[Figure]) -> list[dict[str, Any]]:
    """The same for machines."""
    return [asdict(figure) | {"missed": figure.is_missed} for figure in figures]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    values = (row[i].rjust(widths[i]) for i in range(1, 5))
    return "  ".join((row[0].ljust(widths[0]), *values, row[5])).rstrip()


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3f}"
