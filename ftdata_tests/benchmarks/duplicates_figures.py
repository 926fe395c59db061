"""What is measured: figures, each with its target where there is one, and how they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One measured value."""

    part: str
    name: str
    value: float | str
    target: str = ""  # as ">= 0.999"; empty where the value is only stated
    met: bool | None = None


def stated(part: str, name: str, value: float | str) -> Figure:
    """A figure without a target."""
    return Figure(part, name, value)


def at_least(part: str, name: str, value: float, bound: float) -> Figure:
    """A figure that is to be the bound or more."""
    return Figure(part, name, value, f">= {bound:,g}", value >= bound)


def at_most(part: str, name: str, value: float, bound: float) -> Figure:
    """A figure that is to be the bound or less."""
    return Figure(part, name, value, f"<= {bound:,g}", value <= bound)


def flatten(found: Mapping[str, object], before: str = "") -> Iterator[tuple[str, float | str]]:
    """Names and values of nested mappings, the names joined by spaces."""
    for key, value in found.items():
        name = f"{before} {key}".strip()
        if isinstance(value, Mapping):
            yield from flatten(value, name)
        elif isinstance(value, (int, float)):
            yield name, float(value)
        else:
            yield name, str(value)


def as_json(figures: Iterable[Figure]) -> list[dict[str, object]]:
    """The figures as JSON values."""
    return [asdict(figure) for figure in figures]


def line(figure: Figure) -> str:
    """One line of the table."""
    verdict = {None: "", True: "met", False: "missed"}[figure.met]
    name = f"{figure.part}: {figure.name}"
    return f"{name:<58}{_short(figure.value):>14}  {figure.target:<12} {verdict}".rstrip()


def _short(value: float | str) -> str:
    if isinstance(value, str):
        return value
    if value == int(value) or abs(value) >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.6f}".rstrip("0")  # so many places that a share under 1 does not read as 1
