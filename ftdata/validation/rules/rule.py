"""What a rule is, and the claims it can make: Great Expectations expectations as plain data.

Nothing of Great Expectations is imported here: the checks of a stage are listed without it, and it
is loaded when the first of them runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["critical", "warning", "info"]
Over = Literal["rows", "partitions"]
_TOLERANCE = 1e-9  # of shares, which are quotients of counts


@dataclass(frozen=True)
class Claim:
    """An expectation: its class in `great_expectations.expectations` and its arguments.

    It must be a map expectation, which judges every row: many partitions are validated at once, so
    an aggregate (a mean, a row count) would mix them. For the same reason uniqueness is that of a
    compound with `partition`. `columns` are those judged; `expected` says the claim in words.
    """

    expectation: str
    kwargs: dict[str, Any]
    columns: tuple[str, ...]
    expected: str


@dataclass(frozen=True)
class Rule:
    """One claim about a stage's output, shown as one asset check.

    `over` says what is judged: the rows of the tables (`PartitionFrames.rows`), or the partitions
    by their counts and shares (`PartitionFrames.profile`).
    """

    name: str
    description: str
    claim: Claim
    over: Over = "rows"
    severity: Severity = "critical"

    @property
    def blocking(self) -> bool:
        """Whether a failure stops what is downstream."""
        return self.severity == "critical"

    @property
    def mostly(self) -> float:
        """Share of the values that must hold, in each partition by itself."""
        return float(self.claim.kwargs.get("mostly", 1.0))


def absent(column: str) -> Claim:
    """The column, which names what is wrong with a row, is null."""
    return Claim("ExpectColumnValuesToBeNull", {"column": column}, (column,), f"no {column}")


def at_least(column: str, limit: float) -> Claim:
    """No value is under the limit; nulls are passed over."""
    kwargs = {"column": column, "min_value": limit - _TOLERANCE}
    return Claim("ExpectColumnValuesToBeBetween", kwargs, (column,), f"{column} ≥ {limit:g}")


def at_most(column: str, limit: float) -> Claim:
    """No value is over the limit; nulls are passed over."""
    kwargs = {"column": column, "max_value": limit + _TOLERANCE}
    return Claim("ExpectColumnValuesToBeBetween", kwargs, (column,), f"{column} ≤ {limit:g}")


def within(column: str, low: float, high: float) -> Claim:
    """No value is outside the two limits; nulls are passed over."""
    kwargs = {"column": column, "min_value": low - _TOLERANCE, "max_value": high + _TOLERANCE}
    expected = f"{low:g} ≤ {column} ≤ {high:g}"
    return Claim("ExpectColumnValuesToBeBetween", kwargs, (column,), expected)


def one_of(column: str, values: Sequence[str | int]) -> Claim:
    """Every value is one of those."""
    kwargs = {"column": column, "value_set": list(values)}
    expected = f"{column} is {' or '.join(map(str, values))}"
    return Claim("ExpectColumnValuesToBeInSet", kwargs, (column,), expected)


def equal(first: str, second: str) -> Claim:
    """The two columns hold the same value."""
    kwargs = {"column_A": first, "column_B": second}
    return Claim("ExpectColumnPairValuesToBeEqual", kwargs, (first, second), f"{first} = {second}")


def unique(column: str) -> Claim:
    """No value stands twice in a partition; nulls are passed over."""
    kwargs = {"column_list": ["partition", column], "ignore_row_if": "any_value_is_missing"}
    expected = f"{column} unique within the partition"
    return Claim("ExpectCompoundColumnsToBeUnique", kwargs, (column,), expected)


def matching(column: str, regex: str, expected: str, mostly: float = 1.0) -> Claim:
    """The regular expression is found in the values, or in that share of them."""
    kwargs = {"column": column, "regex": regex, "mostly": mostly}
    return Claim("ExpectColumnValuesToMatchRegex", kwargs, (column,), expected)
