"""Pairs that stay, just under the threshold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.cleaning.dedup.duplicates import find_duplicates
from ftdata.cleaning.dedup.fingerprints import fingerprint
from ftdata.cleaning.dedup.near_misses import BELOW, find_near_misses
from ftdata.settings_dedup import Dedup

TEN = "one two three four five six seven eight nine ten"


def misses(texts, **options):
    """The near misses of what stays: (earlier row, row, Jaccard in hundredths)."""
    chosen = Dedup(**options)
    prints = fingerprint(texts, chosen)
    kept = find_duplicates(prints, chosen).kept
    found = find_near_misses(prints, np.flatnonzero(kept), chosen)
    hundredths = (found.similarity * 100).round().astype(int)
    return list(zip(found.left.tolist(), found.right.tolist(), hundredths.tolist(), strict=True))


def test_the_closest_earlier_row_is_named():
    texts = [f"{TEN} eleven twelve", f"{TEN} eleven a b", f"{TEN} eleven a"]
    # 11 of 14, 11 of 13 and 12 of 13 words: the last is a duplicate of the second.
    assert misses(texts) == [(0, 1, 79)]
    assert misses(texts, threshold=0.95) == [(1, 2, 92)]


def test_rows_far_under_the_threshold_or_over_it_are_no_near_misses():
    assert misses([f"{TEN} a", f"{TEN} b c d e f g"]) == []
    assert misses([TEN, f"{TEN} eleven", "something else altogether, about tents and pegs"]) == []


def test_texts_of_few_words_are_not_compared():
    assert misses(["red tent pegs now", "red tent pegs"], threshold=0.8) == []
    assert misses(["red tent pegs now", "red tent pegs"], threshold=0.8, min_words=3) == [
        (0, 1, 75)
    ]


def test_what_stays_for_its_completion_is_no_near_miss():
    prints = fingerprint([TEN, f"{TEN} eleven", TEN], Dedup())
    assert len(find_near_misses(prints, np.arange(3), Dedup()).right) == 0


def test_a_large_template_costs_one_pair_a_row():
    # 8 of 10 words in common: all in one bucket, all under the threshold.
    texts = [f"please write the weather report for city{n} right now" for n in range(300)]
    found = misses(texts, threshold=0.9)
    assert 0 < len(found) < 300
    assert {similarity for _, _, similarity in found} == {80}


@pytest.mark.parametrize("texts", [[], ["one two three four five six"], ["", "", "a"]])
def test_nothing_to_compare_is_no_error(texts):
    assert misses(texts) == []


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sets(st.integers(0, 14), min_size=5), max_size=12),
    st.sampled_from([0.5, 0.7, 0.85, 1.0]),
)
def test_similarities_are_exact_and_within_the_margin(sets, threshold):
    options = Dedup(threshold=threshold)
    texts = [" ".join(f"w{n}" for n in sorted(chosen)) for chosen in sets]
    prints = fingerprint(texts, options)
    found = find_near_misses(prints, np.arange(len(texts)), options)
    assert len(set(found.right.tolist())) == len(found.right)
    for left, right, similarity in zip(*(column.tolist() for column in found), strict=True):
        assert left < right
        assert threshold - BELOW <= similarity < threshold
        assert similarity == len(sets[left] & sets[right]) / len(sets[left] | sets[right])
