"""Runs of words as hashes, tables of known runs, lists of lists."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ftdata.validation.grams import GramTable, Lists, Runs, cover

HASHES = np.random.default_rng(7).integers(0, 2**64, 6, np.uint64)  # as words have: spread
SEQUENCES = st.lists(st.integers(0, 5), min_size=3, max_size=40)


@given(SEQUENCES, st.integers(1, 3))
def test_runs_have_one_hash_exactly_where_their_words_are_the_same(sequence, length):
    at = np.arange(len(sequence) - length + 1)
    hashes = Runs(HASHES[sequence]).hash(at, length).tolist()
    runs = [tuple(sequence[i : i + length]) for i in at]
    assert len(set(hashes)) == len(set(runs)) == len(set(zip(hashes, runs, strict=True)))


@given(st.lists(st.integers(0, 2**64 - 1), max_size=60), st.lists(st.integers(0, 2**64 - 1)))
def test_a_table_finds_what_it_holds_and_nothing_else(known, asked):
    hashes = np.unique(np.array([*known, 5], np.uint64))
    table = GramTable.of_hashes(2, False, 100, hashes)
    runs = np.array([*known, *asked], np.uint64)
    places, grams = table.find(runs)
    held = set(hashes.tolist())
    assert places.tolist() == [i for i, run in enumerate(runs.tolist()) if run in held]
    assert np.array_equal(hashes[grams - 100], runs[places])


@given(st.lists(st.integers(0, 4), max_size=30), st.lists(st.integers(0, 4), max_size=9))
def test_lists_give_back_what_they_were_given(owners, chosen):
    values = np.arange(len(owners)) * 10
    lists = Lists.by_owner(np.array(owners, np.int64), values, 5)
    found = lists.values[lists.places(np.array(chosen, np.int64))].tolist()
    assert found == [10 * i for c in chosen for i, owner in enumerate(owners) if owner == c]
    assert len(lists) == 5


def test_a_word_is_covered_by_the_heaviest_run_it_stands_in():
    values, at, lengths = np.array([0.5, 1.0, 0.25]), np.array([0, 2, 4]), np.array([3, 3, 2])
    assert cover(values, at, lengths, 7).tolist() == [0.5, 0.5, 1, 1, 1, 0.25, 0]
