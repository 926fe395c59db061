"""Columns of texts as numbers, and how often each text stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ftdata.reporting.statistics import Count, Counts

Codes = npt.NDArray[np.int32]
Rows = npt.NDArray[np.bool_]  # one truth value a row: whether it is chosen
Places = npt.NDArray[np.int64]  # the chosen rows by their place

TOP = 50
# Of one column. What comes after is one value: a tag that differs in every example is no tag.
MAX_VALUES = 10_000
OTHERS = "(others)"


@dataclass(frozen=True, eq=False)
class Coded:
    """A column: the row's text is `values[codes[row]]`, none where the code is -1."""

    codes: Codes
    values: tuple[str, ...]

    def counted(self, rows: Rows | Places) -> dict[str, int]:
        """How often each value stands in the chosen rows, those left out that do not."""
        codes = self.codes[rows]
        counts = np.bincount(codes[codes >= 0], minlength=len(self.values))
        return {self.values[code]: int(counts[code]) for code in np.flatnonzero(counts)}

    def at(self, value: str) -> Rows:
        """The rows that hold a value."""
        if value not in self.values:
            return np.zeros(self.codes.size, dtype=bool)
        return np.equal(self.codes, self.values.index(value))


class Coder:
    """Numbers the texts of a column in the order in which they first come."""

    def __init__(self) -> None:
        """One for each column, as long as it is read."""
        self._known: dict[str, int] = {}

    def codes(self, texts: pa.Array) -> Codes:
        """A number for each text, -1 for a null."""
        encoded = texts.dictionary_encode()
        own = [*map(self._code, encoded.dictionary.to_pylist()), -1]
        places = encoded.indices.fill_null(len(own) - 1).to_numpy(zero_copy_only=False)
        codes: Codes = np.asarray(own, dtype=np.int32)[places]
        return codes

    @property
    def values(self) -> tuple[str, ...]:
        """The texts, by number."""
        return tuple(self._known)

    def _code(self, text: str) -> int:
        if text not in self._known and len(self._known) >= MAX_VALUES:
            text = OTHERS
        return self._known.setdefault(text, len(self._known))


def counts_of(counted: Mapping[str, int] | Iterable[tuple[str, int]], top: int = TOP) -> Counts:
    """The most frequent of the counted values and the rarest, ties by value."""
    pairs = counted.items() if isinstance(counted, Mapping) else counted
    ordered = sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
    total = sum(count for _, count in ordered)
    shares = [share_of(value, count, total) for value, count in ordered[:top]]
    rarest = share_of(*ordered[-1], total) if ordered else None
    return Counts(total, len(ordered), tuple(shares), rarest)


def share_of(value: str, count: int, total: int) -> Count:
    """A value with its share of the total; 0 of nothing."""
    return Count(value, count, round(count / total, 6) if total else 0.0)


def one_by_one(counted: Mapping[str, int]) -> dict[str, int]:
    """Values that are lists joined by commas, taken apart: `{"a,b": 2, "a": 1}` has a 3, b 2."""
    apart: Counter[str] = Counter()
    for value, count in counted.items():
        for one in value.split(","):
            apart[one] += count
    return dict(apart)
