"""Runs of words as 64-bit hashes, and tables that tell which runs of a text are known.

A run of L word hashes x is hashed as the polynomial x[0] + x[1]·B + … + x[L-1]·B^(L-1) modulo 2^64
(Karp and Rabin 1987) with an odd B. From running sums of x[i]·B^i the hash of any run is one
difference, times the inverse of B^i: the cost does not depend on L.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_SPARSE = 4  # the filter has 2^4 to 2^5 places for each known run

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Lists:
    """n lists of numbers one after another: list i is `values[starts[i]:starts[i + 1]]`."""

    starts: Ints
    values: Ints

    def __len__(self) -> int:
        """Number of lists."""
        return len(self.starts) - 1

    @classmethod
    def by_owner(cls, owners: Ints, values: Ints, count: int) -> Lists:
        """`count` lists: values go to their owners, in the order given."""
        order = np.argsort(owners, kind="stable")
        sizes = np.bincount(owners, minlength=count)
        return cls(np.concatenate(([0], np.cumsum(sizes))), values[order])

    def sizes(self, chosen: Ints) -> Ints:
        """Length of each chosen list."""
        return self.starts[chosen + 1] - self.starts[chosen]

    def places(self, chosen: Ints) -> Ints:
        """Where the values of the chosen lists stand in `values`, one list after another."""
        sizes = self.sizes(chosen)
        ends = np.cumsum(sizes)
        shift = np.repeat(self.starts[chosen] - ends + sizes, sizes)
        return np.arange(shift.size) + shift


class Runs:
    """Hashes of the runs of one sequence of word hashes."""

    def __init__(self, hashes: Words) -> None:
        """Sum the sequence up once."""
        size = hashes.size
        self._sums = np.zeros(size + 1, np.uint64)
        np.cumsum(hashes * _powers(_BASE, size), out=self._sums[1:])
        self._inverse = _powers(_INVERSE, size)

    def hash(self, at: Ints, lengths: Ints | int) -> Words:
        """Hash of the run of that many words from each place."""
        sums = self._sums[at + lengths] - self._sums[at]
        return cast("Words", sums * self._inverse[at])


@dataclass(frozen=True, eq=False)
class GramTable:
    """The known runs of one length: gram `first + i` has the hash `hashes[i]`."""

    length: int
    is_whole: bool  # known only as a whole message
    first: int
    hashes: Words  # sorted, distinct
    seen: npt.NDArray[np.bool_]  # by the hash's upper bits: false where no known hash has them

    @classmethod
    def of_hashes(cls, length: int, is_whole: bool, first: int, hashes: Words) -> GramTable:
        """From sorted distinct hashes."""
        bits = min(max(10, hashes.size.bit_length() + _SPARSE), 30)
        seen = np.zeros(1 << bits, np.bool_)
        seen[hashes >> np.uint64(64 - bits)] = True
        return cls(length, is_whole, first, hashes, seen)

    def find(self, runs: Words) -> tuple[Ints, Ints]:
        """Which of the runs are known, by their place, and the gram that each is."""
        shift = np.uint64(64 - (self.seen.size.bit_length() - 1))
        likely = np.flatnonzero(self.seen[runs >> shift])
        wanted = runs[likely]
        place = np.minimum(np.searchsorted(self.hashes, wanted), self.hashes.size - 1)
        known = self.hashes[place] == wanted
        return likely[known], place[known] + self.first


def cover(values: Floats, at: Ints, lengths: Ints, size: int) -> Floats:
    """For each of `size` words the largest value of the runs it stands in, 0 in none.

    Run i is the `lengths[i]` words from `at[i]`; no two runs begin at one place.
    """
    covered = np.zeros(size)
    for step in range(int(lengths.max(initial=0))):
        reaching = lengths > step
        words = at[reaching] + step
        covered[words] = np.maximum(covered[words], values[reaching])
    return covered


def _powers(base: int, count: int) -> Words:
    """base^0 to base^(count - 1) modulo 2^64."""
    factors = np.full(count, base, np.uint64)
    factors[:1] = 1
    return cast("Words", np.cumprod(factors, dtype=np.uint64))
