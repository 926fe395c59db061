"""Chance without state: every draw is a hash of the sample's seed and the draw's own name.

A phrase that is added or changed therefore leaves all other draws as they were, and the draws are
the same on every machine and in every version of Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from ftdata.text import hash64

SEED = "quillmoor-2025-03"

T = TypeVar("T")


def fraction(*name: object) -> float:
    """A number from 0 to 1 (exclusive), to a resolution of 2^-53."""
    return (_hash(*name) >> 11) / 2**53


def between(low: int, high: int, *name: object) -> int:
    """A whole number from `low` to `high`, both included."""
    return low + _hash(*name) % (high - low + 1)


def pick(options: Sequence[T], *name: object) -> T:
    """One of the options."""
    return options[_hash(*name) % len(options)]


def shuffled(items: Sequence[T], *name: object) -> list[T]:
    """The items in a drawn order."""
    order = sorted(range(len(items)), key=lambda index: _hash(*name, index))
    return [items[index] for index in order]


def letters(alphabet: str, length: int, *name: object) -> str:
    """A word of that length, each sign drawn from the alphabet."""
    return "".join(pick(alphabet, *name, place) for place in range(length))


def _hash(*name: object) -> int:
    return hash64("/".join(map(str, (SEED, *name))))
