"""Which parent gets a variant from which augmenter: shares of augmenters, limits of strata, aim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from ftdata.settings_augmentation import Augmentation, AugmenterName

MAX_VARIANTS = 3  # of one parent

# Whether an augmenter made a variant of the parent in that row, at its first, second, … round.
Try = Callable[[AugmenterName, int, int], bool]
_Rounds = dict[str, Iterator[tuple[int, int]]]  # round and row that are next, of each stratum


def most_derived(originals: int, max_share: float) -> int:
    """The largest d with d / (d + originals) at most `max_share`, free of rounding."""
    share = Fraction(str(max_share))
    return int(share * originals / (1 - share))


@dataclass
class _Stratum:
    """Parents in the order in which they are wanted; `derived` counts their variants."""

    parents: list[int]
    limit: int
    derived: int = 0

    @property
    def size(self) -> int:
        return len(self.parents) + self.derived


class Picker:
    """Deals variants to augmenters by their weights, and to strata by the aim."""

    def __init__(self, strata: Mapping[str, Sequence[int]], options: Augmentation) -> None:
        """`strata` holds the rows of each stratum in the order in which they are wanted."""
        self._strata = {
            name: _Stratum(list(rows), most_derived(len(rows), options.max_stratum_share))
            for name, rows in sorted(strata.items())
        }
        self._limit = most_derived(sum(map(len, strata.values())), options.max_share)
        self._is_weak_first = options.aim == "weak"
        self._variants: Counter[int] = Counter()

    def deal(self, weights: Mapping[AugmenterName, float], attempt: Try) -> None:
        """Call `attempt` until enough variants are made or none can be.

        The augmenter that is furthest behind its weight is next. It goes round the parents of one
        stratum, first over those without a variant, and then over those of the next stratum.
        """
        left = {name: self._rounds() for name, weight in weights.items() if weight > 0}
        made: Counter[AugmenterName] = Counter()
        while left and made.total() < self._limit:
            name = min(left, key=lambda one: (made[one] + 0.5) / weights[one])
            if self._make_one(name, left[name], attempt):
                made[name] += 1
            else:
                del left[name]

    def _rounds(self) -> _Rounds:
        numbers = range(1, MAX_VARIANTS + 1)
        return {name: product(numbers, one.parents) for name, one in self._strata.items()}

    def _make_one(self, name: AugmenterName, rounds: _Rounds, attempt: Try) -> bool:
        while (chosen := self._next_stratum(rounds)) is not None:
            for number, row in rounds[chosen]:
                if self._variants[row] < number and attempt(name, row, number):
                    self._variants[row] += 1
                    self._strata[chosen].derived += 1
                    return True
            del rounds[chosen]
        return False

    def _next_stratum(self, rounds: _Rounds) -> str | None:
        """The weakest, or the one with the least share of variants, of those with room."""
        open_ones = [
            (stratum.size if self._is_weak_first else stratum.derived / len(stratum.parents), name)
            for name, stratum in self._strata.items()
            if stratum.derived < stratum.limit and name in rounds
        ]
        return min(open_ones)[1] if open_ones else None
