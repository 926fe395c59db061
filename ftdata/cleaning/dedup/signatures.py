"""MinHash signatures and the buckets in which similar rows meet.

A row's signature holds, for each of 128 random permutations of the 32-bit numbers, the smallest
image of its word hashes; two rows agree in one place with a probability equal to their Jaccard
similarity. Cut into bands of r places, rows with similarity s share a band with probability
1 - (1 - s^r)^b (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4).
"""

from __future__ import annotations

from functools import cache
from typing import cast

import numpy as np
import numpy.typing as npt

PERMUTATIONS = 128
SEED = 1
_BLOCK = 16_384  # words permuted at once: 8 MB
_FOUND = 0.99  # least probability with which a pair right at the threshold shares a bucket

Words = npt.NDArray[np.uint64]
Offsets = npt.NDArray[np.int64]
Signatures = npt.NDArray[np.uint32]


def sign(words: Words, offsets: Offsets) -> Signatures:
    """Signatures of n non-empty word sets, n x 128: row i is `words[offsets[i]:offsets[i + 1]]`.

    They equal those of datasketch's `MinHash(num_perm=128, seed=1)`, scheme affine32, over the low
    32 bits of the word hashes.
    """
    factors, summands = _permutations()
    signatures = np.empty((len(offsets) - 1, PERMUTATIONS), dtype=np.uint32)
    mixed = _murmur_finaliser(words.astype(np.uint32))
    first = 0
    while first < len(signatures):
        reach = int(np.searchsorted(offsets, offsets[first] + _BLOCK, side="right")) - 1
        last = max(reach, first + 1)
        block = mixed[offsets[first] : offsets[last], None] * factors + summands
        starts = offsets[first:last] - offsets[first]
        signatures[first:last] = np.minimum.reduceat(block, starts, axis=0)
        first = last
    return signatures


def band_height(threshold: float) -> int:
    """Most places a band may have so that pairs at the threshold still meet: 8 for 0.85."""
    for height in range(PERMUTATIONS, 1, -1):
        bands = PERMUTATIONS // height
        if 1 - (1 - threshold**height) ** bands >= _FOUND:
            return height
    return 1


def find_buckets(signatures: Signatures, height: int) -> npt.NDArray[np.int64]:
    """Bucket of each row in each band, n x b: rows that share a bucket agree in that band.

    Buckets are numbered from 0 over all bands; a row that is alone in its bucket has -1.
    """
    bands = PERMUTATIONS // height
    buckets = np.empty((len(signatures), bands), dtype=np.int64)
    used = 0
    for band in range(bands):
        keys = _hash_rows(signatures[:, band * height : (band + 1) * height])
        _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        shared = np.cumsum(counts > 1) - 1 + used
        buckets[:, band] = np.where(counts > 1, shared, -1)[inverse]
        used += int(np.count_nonzero(counts > 1))
    return buckets


@cache
def _permutations() -> tuple[Signatures, Signatures]:
    # Imported here: datasketch brings scipy along, which costs more than a second.
    from datasketch import MinHash

    factors, summands = MinHash(num_perm=PERMUTATIONS, seed=SEED).permutations
    return factors, summands


def _murmur_finaliser(values: Signatures) -> Signatures:
    """MurmurHash3's 32-bit finaliser, with which datasketch mixes hashes before permuting them."""
    values = values ^ (values >> np.uint32(16))
    values = values * np.uint32(0x85EBCA6B)
    values = values ^ (values >> np.uint32(13))
    values = values * np.uint32(0xC2B2AE35)
    return values ^ (values >> np.uint32(16))


def _hash_rows(places: Signatures) -> Words:
    """One 64-bit number per row; two rows may share one by chance, as pairs are verified."""
    keys = np.zeros(len(places), dtype=np.uint64)
    for column in places.T:
        keys = (keys ^ column.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> np.uint64(32)
    return cast("Words", keys)
