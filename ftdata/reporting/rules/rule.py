"""What every rule is made of: a claim, what to do where it does not hold, and how it is judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from ftdata.reporting.statistics import Comparison, Statistics
from ftdata.settings_report import Report

MIN_JUDGED = 20  # examples; of fewer a share says nothing


@dataclass(frozen=True)
class Judged:
    """What there is to judge; `today` is given, for no code here reads a clock."""

    statistics: Statistics
    since_previous: Comparison | None
    options: Report
    today: dt.date


@dataclass(frozen=True)
class Found:
    """What a rule found; `observed` is None where there is nothing to judge."""

    passed: bool
    observed: float | None
    threshold: float
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One claim about a dataset."""

    name: str
    claim: str
    advice: str
    judge: Callable[[Judged], Found]


def at_most(observed: float | None, threshold: float, *samples: str) -> Found:
    """Passed where nothing more than the threshold was observed."""
    return Found(observed is None or observed <= threshold, observed, threshold, samples)


def at_least(observed: float | None, threshold: float, *samples: str) -> Found:
    """Passed where nothing less than the threshold was observed."""
    return Found(observed is None or observed >= threshold, observed, threshold, samples)
