"""What a partition repeats of earlier ones: candidates verified, against brute force."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.dedup.fingerprints import Fingerprints, fingerprint
from ftdata.cleaning.dedup.repeats import find_repeats, index_bands, index_scheme
from ftdata.settings_dedup import Dedup
from ftdata.text import same_key, words

OPTIONS = Dedup(threshold=0.6, min_words=2)
TEXTS = st.lists(st.lists(st.sampled_from(list("abcdefg?")), max_size=7).map(" ".join), max_size=5)


def similarity(mine, theirs):
    """1 for the same texts, else Jaccard; 0 where they are not to be compared."""
    a, b = set(words(mine)), set(words(theirs))
    if a and same_key(mine) == same_key(theirs):
        return 1.0
    return len(a & b) / len(a | b) if min(len(a), len(b)) >= 2 else 0.0


def every_pair(mine, partitions):
    """All pairs of a text and one of an earlier partition, in canonical order."""
    pairs = [
        (row, number, other)
        for row in range(len(mine))
        for number, texts in enumerate(partitions)
        for other in range(len(texts))
    ]
    return np.array(pairs, np.int64).reshape(-1, 3).T


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_each_row_repeats_the_first_that_is_similar(mine, partitions):
    prints = [fingerprint(texts, OPTIONS) for texts in partitions]
    pairs = every_pair(mine, partitions)
    found = find_repeats(fingerprint(mine, OPTIONS), *pairs, prints.__getitem__, OPTIONS)
    wanted = {}
    for row, number, other in pairs.T.tolist():
        degree = similarity(mine[row], partitions[number][other])
        if degree >= 0.6:
            wanted.setdefault(row, (number, other, degree))
    places = zip(found.partitions, found.others, found.similarity, strict=True)
    assert dict(zip(found.rows.tolist(), map(tuple, places), strict=True)) == wanted


def test_a_partition_that_was_built_again_is_left_out():
    texts = ["one two three four five six"]
    pairs = every_pair(texts, [texts, texts])
    read: list[Fingerprints | None] = [None, fingerprint(texts, OPTIONS)]
    found = find_repeats(fingerprint(texts, OPTIONS), *pairs, read.__getitem__, OPTIONS)
    assert found.partitions.tolist() == [1]


def test_equal_texts_agree_in_every_band_and_rows_without_words_hold_their_place():
    bands = index_bands(fingerprint(["one two", "??", "Two, ONE!"], Dedup()), Dedup())
    assert bands.shape == (3, 15)
    assert np.array_equal(bands[0], bands[2])
    assert not bands[1].any()


def test_a_scheme_is_another_where_keys_cannot_be_compared():
    others = [
        Dedup(key="example"), Dedup(shingle="character"), Dedup(shingle_size=2),
        Dedup(threshold=0.7), Dedup(),
    ]  # fmt: skip
    assert len({index_scheme(options) for options in others}) == len(others)
    assert index_scheme(Dedup(keep="longest", min_words=9)) == index_scheme(Dedup())
