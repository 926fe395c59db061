"""Which records of a run have the keys that are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np
import numpy.typing as npt

from ftdata.bands.format import BLOCK, I64, U32, WIDTH
from ftdata.bands.runs import RunFile

MOST = 256  # records of one key: of a key that more have, the earliest
_AT_ONCE = 16_384  # keys looked for at once: some 10 MB


@dataclass(frozen=True)
class Numbering:
    """From a run's record numbers to those of all records that a look-up may find.

    `ends` are the first numbers after each of its partitions, ascending; `shift` what is added to
    the numbers of each; `wanted` whether it is in the index still and earlier than the query;
    `until` the number after the last wanted one.
    """

    ends: I64
    shift: I64
    wanted: npt.NDArray[np.bool_]
    until: int

    @cached_property
    def same(self) -> int | None:
        """What is added to all numbers, where all are wanted and it is the same for all."""
        shifts = np.unique(self.shift)
        return int(shifts[0]) if self.wanted.all() and len(shifts) == 1 else None

    def translate(self, numbers: I64) -> tuple[I64, npt.NDArray[np.bool_]]:
        """Numbers among all records, and which of them are wanted."""
        if self.same is not None:
            return numbers + self.same, np.ones(len(numbers), np.bool_)
        member = np.searchsorted(self.ends, numbers, side="right")
        return numbers + self.shift[member], self.wanted[member]


@dataclass(frozen=True)
class Found:
    """Pairs of a key (its index among those looked for) and a record (its number among all)."""

    key: I64
    record: I64


def make_buffer(keys: int) -> U32:
    """What `find_records` reads blocks into, for look-ups of so many keys."""
    return np.empty((min(keys, _AT_ONCE), WIDTH), dtype="<u4")


def find_records(file: RunFile, numbering: Numbering, band: int, keys: U32, buffer: U32) -> Found:
    """The wanted records of a run that have one of `keys` in a band; keys are ascending, distinct.

    Of each key at least the earliest 256, or all. Raises IndexDamagedError where a block that had
    to be read is damaged.
    """
    parts = [Found(np.empty(0, np.int64), np.empty(0, np.int64))]
    if numbering.until:
        search = _Search(file, numbering, band, buffer)
        for start in range(0, len(keys), _AT_ONCE):
            parts += search.find(keys[start : start + _AT_ONCE], start)
    return Found(
        np.concatenate([part.key for part in parts]),
        np.concatenate([part.record for part in parts]),
    )


class _Search:
    """One band of one run, mapped while it is searched."""

    def __init__(self, file: RunFile, numbering: Numbering, band: int, buffer: U32) -> None:
        self._file, self._numbering, self._band, self._buffer = file, numbering, band, buffer
        self._firsts = file.firsts(band)
        self._keys, self._numbers = file.key_blocks(band), file.number_blocks(band)

    def find(self, keys: U32, start: int) -> list[Found]:
        """The records of each key, from the last block that begins below it on.

        Whatever the search path through the first keys: those on either side of every block that
        is read are verified, and blocks are read until one begins above the key. Blocks per key
        double from one round to the next, so that a key with many dead records costs few rounds.
        """
        found: list[Found] = []
        which = np.arange(len(keys))
        block = np.maximum(np.searchsorted(self._firsts, keys, side="left") - 1, 0)
        counts = np.zeros(len(keys), np.int64)
        for width in (2**step for step in count()):
            if not len(which):
                break
            part, goes_on = self._read(keys, which, block, width)
            found.append(Found(part.key + start, part.record))
            counts += np.bincount(part.key, minlength=len(keys))
            goes_on &= counts[which] < MOST
            which, block = which[goes_on], block[goes_on] + width
        return found

    def _read(
        self, keys: U32, which: I64, block: I64, width: int
    ) -> tuple[Found, npt.NDArray[np.bool_]]:
        """Records of `keys[which]` in `width` blocks from `block` on, and which keys may go on."""
        last = len(self._firsts) - 1
        blocks = (block[:, None] + np.arange(width)).ravel()
        owner = np.repeat(np.arange(len(which)), width)
        if width > 1:
            owner, blocks = owner[blocks <= last], blocks[blocks <= last]
        distinct, place = self._distinct(blocks)
        values, following = self._file.read_keys(
            self._band, distinct, self._keys, self._firsts, self._buffer
        )
        near = values if distinct is blocks else values[place]
        hits = np.flatnonzero(near == keys[which[owner], None])
        slot = hits // BLOCK
        position = blocks[slot] * BLOCK + hits % BLOCK
        if blocks.max() == last:  # which is filled up with what may look like a key
            slot = slot[position < self._file.run.records]
            position = position[position < self._file.run.records]
        numbers = self._read_numbers(position)
        records, wanted = self._numbering.translate(numbers)
        goes_on = np.zeros(len(which), np.bool_)
        # Of several blocks of a key the last one counts, as the last assignment does.
        goes_on[owner] = (following[place] <= keys[which[owner]]) & (blocks < last)
        goes_on[owner[slot[numbers >= self._numbering.until]]] = False
        return Found(which[owner[slot]][wanted], records[wanted]), goes_on

    def _read_numbers(self, position: I64) -> I64:
        """The record numbers at these places of the band."""
        if not len(position):
            return np.empty(0, np.int64)
        distinct, place = self._distinct(position // BLOCK)
        values = self._file.read_numbers(self._band, distinct, self._numbers, self._buffer)
        return values[place, position % BLOCK].astype(np.int64)

    def _distinct(self, blocks: I64) -> tuple[I64, I64]:
        """The blocks to read, and the place of each of `blocks` among them."""
        if len(blocks) < len(self._firsts):
            return blocks, np.arange(len(blocks))  # few repeat
        steps = np.diff(blocks, prepend=-1)
        if (steps < 0).any():
            distinct, place = np.unique(blocks, return_inverse=True)
            return distinct, place
        return blocks[steps > 0], np.cumsum(steps > 0) - 1
