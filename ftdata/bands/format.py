"""How a run lies on disk: band keys and record numbers in small blocks, each with a checksum.

    header   64 bytes
    band 0   key blocks: 32 keys (uint32, ascending over the band) and their checksum (uint64)
             number blocks: the records that have these keys, in the same order, and a checksum
    band 1   …
    firsts   the first key of each key block, band after band (uint32)

Everything is little-endian. Records with one key stand in ascending order of their number, and
numbers follow the canonical order of records. The last block of a band is filled up with ones.

A block's checksum is the sum of its 32 values and the first key of the next block, each times a
weight of its own, plus the run's seed and the block's place, modulo 2^64. The weights are odd, so
that no change of one value goes unseen; seed and place tell a block of another run, or from
elsewhere in this one. The next block's first key is in it so that a look-up knows from one block
where a key ends.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from typing import cast

import numpy as np
import numpy.typing as npt

BLOCK = 32  # keys: a look-up reads about this many for each key it looks for
WIDTH = BLOCK + 2  # uint32 values in a block: the checksum takes the place of two
HEADER = 64
_MAGIC = b"ftdbands"
_STEP = 0x9E3779B97F4A7C15  # odd: 2^64 divided by the golden ratio

U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Layout:
    """Where the parts of a run of `records` records and `bands` bands are, in bytes."""

    records: int
    bands: int

    @property
    def blocks(self) -> int:
        """Key blocks of one band, and as many number blocks."""
        return -(-self.records // BLOCK)

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return self.firsts(self.bands)

    def keys(self, band: int) -> int:
        """Start of a band's key blocks."""
        return HEADER + band * self.blocks * WIDTH * 8

    def numbers(self, band: int) -> int:
        """Start of a band's number blocks."""
        return self.keys(band) + self.blocks * WIDTH * 4

    def firsts(self, band: int) -> int:
        """Start of the first keys of a band's blocks."""
        return self.keys(self.bands) + band * self.blocks * 4

    def key_places(self, band: int, blocks: I64) -> I64:
        """What tells these key blocks from every other block of the run."""
        return blocks + 2 * band * self.blocks

    def number_places(self, band: int, blocks: I64) -> I64:
        """What tells these number blocks from every other block of the run."""
        return blocks + (2 * band + 1) * self.blocks


def header(layout: Layout, seed: int) -> bytes:
    """The first 64 bytes of a run."""
    values = (_MAGIC, BLOCK, layout.bands, layout.records, seed)
    return struct.pack("<8sIIQQ", *values).ljust(HEADER, b"\0")


def make_blocks(values: U32, places: I64, seed: int, following: U32 | None = None) -> U32:
    """Blocks of up to 32 * len(places) values, len(places) x 34.

    `following` is for key blocks: the first key of the block after each, and ones after the last.
    """
    blocks = np.full((len(places), WIDTH), 0xFFFFFFFF, dtype="<u4")
    whole, rest = divmod(len(values), BLOCK)
    blocks[:whole, :BLOCK] = values[: whole * BLOCK].reshape(whole, BLOCK)
    if rest:
        blocks[whole, :rest] = values[whole * BLOCK :]
    blocks[:, BLOCK:] = _sum(blocks, places, seed, following)[:, None].view("<u4")
    return blocks


def is_whole(
    blocks: U32, places: I64, seed: int, following: U32 | None = None
) -> npt.NDArray[np.bool_]:
    """Whether each of n blocks, n x 34, is what was written at its place."""
    stored = np.ascontiguousarray(blocks[:, BLOCK:]).view("<u8")[:, 0]
    return cast("npt.NDArray[np.bool_]", stored == _sum(blocks, places, seed, following))


def _sum(blocks: U32, places: I64, seed: int, following: U32 | None) -> U64:
    weights = _weights()
    # einsum widens as it goes: the quickest of what NumPy has for this.
    sums = np.einsum("ij,j->i", blocks[:, :BLOCK], weights[:BLOCK])
    sums += places.astype(np.uint64) * np.uint64(_STEP) + np.uint64(seed)
    if following is not None:
        sums += following * weights[BLOCK]
    return cast("U64", sums.astype("<u8", copy=False))


@cache
def _weights() -> U64:
    """33 odd numbers without a pattern: SplitMix64's first (Steele, Lea, Flood 2014)."""
    state = np.arange(1, BLOCK + 2, dtype=np.uint64) * np.uint64(_STEP)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return cast("U64", (state ^ (state >> np.uint64(31))) | np.uint64(1))
