"""Choices that depend on a key alone: the same section is asked the same way wherever it is built.

A `Draw` is a stream of bytes from BLAKE2b over its key and a counter, so that no choice of one
section moves a choice of another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_WORD = 4  # bytes of a choice


class Draw:
    """A deterministic chooser for one key."""

    def __init__(self, key: str) -> None:
        """`key` names the section, the kind and the seed."""
        self._key = key.encode("utf-8", "surrogatepass")
        self._blocks = 0
        self._bytes = b""

    def unit(self) -> float:
        """A number in [0, 1)."""
        if not self._bytes:
            salt = self._blocks.to_bytes(8, "little")
            self._bytes = hashlib.blake2b(self._key, digest_size=64, salt=salt).digest()
            self._blocks += 1
        value = int.from_bytes(self._bytes[:_WORD], "little")
        self._bytes = self._bytes[_WORD:]
        return value / 2 ** (8 * _WORD)

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, each as likely. Raises IndexError where there is none."""
        return options[int(self.unit() * len(options))]

    def chance(self, share: float) -> bool:
        """True in `share` of all cases."""
        return self.unit() < share
