"""Choices that depend on a key alone: the same section is asked the same way wherever it is built.

A `Draw` is a stream of bytes from BLAKE2b over its key and a counter, so that no choice of one
section moves a choice of another.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_NUMBERS = struct.Struct("<16I")  # what one digest of 64 bytes holds


class Draw:
    """A deterministic chooser for one key."""

    def __init__(self, key: str) -> None:
        """`key` names the section, the kind and the seed."""
        self._key = key
        self._digests = 0
        self._numbers: list[int] = []

    def unit(self) -> float:
        """A number in [0, 1)."""
        if not self._numbers:
            salt = self._digests.to_bytes(8, "little")
            key = self._key.encode("utf-8", "surrogatepass")
            digest = hashlib.blake2b(key, digest_size=64, salt=salt).digest()
            self._numbers = list(_NUMBERS.unpack(digest))
            self._digests += 1
        return self._numbers.pop() / 4_294_967_296

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, each as likely. Raises IndexError where there is none."""
        return options[int(self.unit() * len(options))]

    def chance(self, share: float) -> bool:
        """True in `share` of all cases."""
        return self.unit() < share
