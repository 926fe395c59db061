"""Choices that a seed decides: the same seed chooses the same, another may choose another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ParamSpec, TypeVar

from ftdata.augmentation.augmenter import Variant
from ftdata.text import hash64

P = ParamSpec("P")
T = TypeVar("T")


def pick(choices: Sequence[T], seed: int, name: str) -> T:
    """One of the choices; `name` keeps several choices by one seed apart. Raises IndexError."""
    return choices[hash64(f"{seed} {name}") % len(choices)]


def shuffle(choices: Iterable[T], seed: int) -> list[T]:
    """The choices in an order that depends on the seed and how they are written, not on theirs."""
    return sorted(choices, key=lambda choice: hash64(f"{seed} {choice}"))


def first_of(
    kinds: Mapping[str, Callable[P, Variant | None]], seed: int, *args: P.args, **kwargs: P.kwargs
) -> Variant | None:
    """The variant of the first kind that makes one, tried in an order that the seed decides."""
    for name in shuffle(kinds, seed):
        variant = kinds[name](*args, **kwargs)
        if variant is not None:
            return variant
    return None
