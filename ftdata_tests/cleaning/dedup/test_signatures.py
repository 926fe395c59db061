"""Signatures and buckets, against datasketch and by their own law."""

import numpy as np
import pytest
from datasketch import LeanMinHash, MinHash
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.dedup.signatures import band_height, find_buckets, sign

SETS = st.lists(st.sets(st.integers(0, 2**64 - 1), min_size=1, max_size=40), min_size=1, max_size=8)


def packed(sets):
    """Word sets as sorted values one after another, and their offsets."""
    values = [value for one in sets for value in sorted(one)]
    return np.asarray(values, np.uint64), np.cumsum([0, *map(len, sets)])


def reference(one):
    minhash = MinHash(num_perm=128, seed=1, hashfunc=lambda value: value)
    minhash.update_batch([value % 2**32 for value in one])
    return minhash


@given(SETS)
def test_a_signature_is_that_of_datasketch(sets):
    signatures = sign(*packed(sets))
    for row, one in zip(signatures, sets, strict=True):
        assert row.tolist() == reference(one).hashvalues.tolist()


def test_a_row_can_be_wrapped_by_datasketch():
    first, second = set(range(60)), set(range(20, 80))
    signatures = sign(*packed([first, second]))
    ours = [LeanMinHash(seed=1, hashvalues=row, scheme="affine32") for row in signatures]
    assert ours[0].jaccard(ours[1]) == reference(first).jaccard(reference(second))


def test_signatures_do_not_depend_on_the_block_in_which_they_are_made():
    sets = [set(range(i, i + 1 + i % 900)) for i in range(200)] + [set(range(40_000))]
    values, offsets = packed(sets)
    whole = sign(values, offsets)
    for i in (0, 150, 199, 200):
        alone = sign(*packed([sets[i]]))
        assert np.array_equal(whole[i], alone[0])


@pytest.mark.parametrize(
    ("threshold", "height"), [(0.5, 3), (0.7, 4), (0.85, 8), (0.95, 16), (1.0, 128)]
)
def test_pairs_at_the_threshold_meet(threshold, height):
    assert band_height(threshold) == height
    assert 1 - (1 - threshold**height) ** (128 // height) >= 0.99


@given(SETS, st.sampled_from([3, 8, 128]))
def test_rows_share_a_bucket_where_they_agree_in_a_band(sets, height):
    signatures = sign(*packed([*sets, sets[0]]))
    buckets = find_buckets(signatures, height)
    for i, mine in enumerate(signatures):
        for j, theirs in enumerate(signatures[:i]):
            for band in range(128 // height):
                part = slice(band * height, (band + 1) * height)
                meet = buckets[i, band] >= 0 and buckets[i, band] == buckets[j, band]
                assert meet == np.array_equal(mine[part], theirs[part])
