"""MinHash signatures, and the band keys in which similar rows agree.

A row's signature holds, for each of 128 random permutations of the 32-bit numbers, the smallest
image of its shingles; two rows agree in one place with a probability equal to their Jaccard
similarity. Cut into b bands of r places, rows with similarity s agree in a whole band with
probability 1 - (1 - s^r)^b (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4).

Permutations and signatures are those of datasketch 2, scheme affine32, `num_perm=128, seed=1`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from ftdata.cleaning.dedup.shingles import Sets

if TYPE_CHECKING:
    from datasketch import LeanMinHash

PERMUTATIONS = 128
SEED = 1
_ROWS = 2_048  # signed at once, of about the same size: what is worked on stays in the cache
_NEAR = 131_072  # rows such are chosen from, so that they lie near each other
_SPREAD = 1.25  # largest of those sizes by the smallest
_FOUND = 0.995  # least probability with which a pair right at the threshold agrees in a band
_ENOUGH = 0.9965  # where that takes fewer bands than there could be

Numbers = npt.NDArray[np.uint32]
Rows = npt.NDArray[np.int64]


class Bands(NamedTuple):
    """How a signature is cut: `number` bands of `height` places."""

    number: int
    height: int


def choose_bands(threshold: float) -> Bands:
    """The highest bands with which pairs at the threshold still meet, and as many as that takes.

    15 of 7 for 0.85. Higher bands bring together fewer rows that are not similar.
    """
    for height in range(PERMUTATIONS, 1, -1):
        most = PERMUTATIONS // height
        misses = math.log1p(-min(threshold**height, 1 - 1e-16))  # logarithm, of one band
        if most * misses <= math.log(1 - _FOUND):
            return Bands(min(most, math.ceil(math.log(1 - _ENOUGH) / misses)), height)
    return Bands(PERMUTATIONS, 1)


def sign(sets: Sets) -> Numbers:
    """Signatures of n non-empty shingle sets, n x 128, over the low 32 bits of the hashes."""
    signatures = np.empty((len(sets.starts), PERMUTATIONS), np.uint32)
    for rows, minima in _minima(sets, PERMUTATIONS):
        signatures[rows] = minima.T
    return signatures


def band_keys(sets: Sets, bands: Bands) -> Numbers:
    """A key of each of n non-empty shingle sets in each band, b x n.

    Two sets that agree in a band have the same key there, two that do not hardly ever.
    """
    keys = np.empty((bands.number, len(sets.starts)), np.uint32)
    for rows, minima in _minima(sets, bands.number * bands.height):
        places = minima.reshape(bands.number, bands.height, len(rows))
        mixed = np.zeros((bands.number, len(rows)), np.uint32)
        for place in range(bands.height):
            mixed = _murmur_finaliser(mixed ^ places[:, place])
            mixed += np.uint32(0x9E3779B9)
        keys[:, rows] = mixed
    return keys


def as_minhash(signature: Numbers) -> LeanMinHash:
    """One row of `sign` as datasketch knows it, to be used with its indexes and estimates."""
    # Imported here: it takes most of a second, and nothing else needs it.
    from datasketch import LeanMinHash

    return LeanMinHash(seed=SEED, hashvalues=signature, scheme="affine32")


def _minima(sets: Sets, permutations: int) -> Iterator[tuple[Rows, Numbers]]:
    """Some rows and their signatures, permutations x rows, until all had their turn.

    Rows of about the same size are taken together, those of fewer shingles with their last one
    repeated: then a permutation is three passes over a matrix.
    """
    factors, summands = _permutations()
    for rows, counts in _alike(sets.sizes):
        step = np.minimum(np.arange(counts[-1])[:, None], counts - 1)
        shingles = sets.hashes[sets.starts[rows] + step].astype(np.uint32)
        matrix = _murmur_finaliser(shingles)
        image = np.empty_like(matrix)
        minima = np.empty((permutations, len(rows)), np.uint32)
        for place in range(permutations):
            np.multiply(matrix, factors[place], out=image)
            np.add(image, summands[place], out=image)
            np.minimum.reduce(image, axis=0, out=minima[place])
        yield rows, minima


def _alike(sizes: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Rows of about the same size, and their sizes, smallest first, until all had their turn."""
    for first in range(0, len(sizes), _NEAR):
        order = first + np.argsort(sizes[first : first + _NEAR], kind="stable")
        lengths = sizes[order]
        start = 0
        while start < len(order):
            most = max(lengths[start] * _SPREAD, lengths[start] + 4)
            end = min(start + _ROWS, int(np.searchsorted(lengths, most, side="right")))
            yield order[start:end], lengths[start:end]
            start = end


def _permutations() -> tuple[Numbers, Numbers]:
    """Odd factors and summands modulo 2³². NumPy keeps this generator's numbers as they are."""
    generator = np.random.RandomState(SEED)
    halves = generator.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32)
    summands = generator.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32)
    return cast("Numbers", halves * np.uint32(2) + np.uint32(1)), summands


def _murmur_finaliser(values: Numbers) -> Numbers:
    """MurmurHash3's 32-bit finaliser, with which datasketch mixes hashes before permuting them."""
    values = values ^ (values >> np.uint32(16))
    values *= np.uint32(0x85EBCA6B)
    values ^= values >> np.uint32(13)
    values *= np.uint32(0xC2B2AE35)
    return values ^ (values >> np.uint32(16))
