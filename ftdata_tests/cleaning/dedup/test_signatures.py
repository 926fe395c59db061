"""Signatures and band keys, against datasketch and by their own law."""

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.dedup.shingles import Sets
from ftdata.cleaning.dedup.signatures import Bands, as_minhash, band_keys, choose_bands, sign

SETS = st.lists(st.sets(st.integers(0, 2**48 - 1), min_size=1, max_size=40), min_size=1, max_size=8)


def packed(sets):
    """Shingle sets as sorted values one after another."""
    values = [value for one in sets for value in sorted(one)]
    offsets = np.cumsum([0, *map(len, sets)])
    return Sets(np.asarray(values, np.uint64), offsets[:-1], offsets[1:])


def reference(one):
    minhash = MinHash(num_perm=128, seed=1, hashfunc=lambda value: value)
    minhash.update_batch([value % 2**32 for value in one])
    return minhash


@given(SETS)
def test_a_signature_is_that_of_datasketch(sets):
    signatures = sign(packed(sets))
    for row, one in zip(signatures, sets, strict=True):
        assert row.tolist() == reference(one).hashvalues.tolist()


def test_a_row_can_be_wrapped_by_datasketch():
    first, second = set(range(60)), set(range(20, 80))
    ours = [as_minhash(row) for row in sign(packed([first, second]))]
    assert ours[0].jaccard(ours[1]) == reference(first).jaccard(reference(second))


def test_signatures_do_not_depend_on_the_block_in_which_they_are_made():
    sets = [set(range(i, i + 1 + i % 900)) for i in range(200)] + [set(range(40_000))]
    bands, given_sets = Bands(18, 7), packed(sets)
    whole, keys = sign(given_sets), band_keys(given_sets, bands)
    for i in (0, 150, 199, 200):
        alone = packed([sets[i]])
        assert np.array_equal(whole[i], sign(alone)[0])
        assert np.array_equal(keys[:, i], band_keys(alone, bands)[:, 0])


@pytest.mark.parametrize(
    ("threshold", "bands"),
    [(0.5, (42, 3)), (0.7, (21, 4)), (0.85, (15, 7)), (0.95, (9, 14)), (1.0, (1, 128))],
)
def test_pairs_at_the_threshold_meet(threshold, bands):
    number, height = choose_bands(threshold)
    assert (number, height) == bands
    assert 1 - (1 - threshold**height) ** number >= 0.995


@given(SETS, st.sampled_from([Bands(42, 3), Bands(18, 7), Bands(1, 128)]))
def test_rows_have_the_same_key_where_they_agree_in_a_band(sets, bands):
    given_sets = packed([*sets, sets[0]])
    signatures, keys = sign(given_sets), band_keys(given_sets, bands)
    for i, mine in enumerate(signatures):
        for j, theirs in enumerate(signatures[:i]):
            for band in range(bands.number):
                part = slice(band * bands.height, (band + 1) * bands.height)
                is_same = np.array_equal(mine[part], theirs[part])
                assert (keys[band, i] == keys[band, j]) == is_same
