"""The set-similarity join: exact against comparing all pairs."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.splitting import pairs
from ftdata.splitting.pairs import similar_pairs


@st.composite
def edited(draw):
    """Sets made of one another by changing a few words: most pairs are near the thresholds."""
    found = [draw(st.sets(st.integers(0, 14), max_size=12))]
    for _ in range(draw(st.integers(1, 25))):
        found.append(draw(st.sampled_from(found)) ^ draw(st.sets(st.integers(0, 14), max_size=3)))
    return found


WIDE = st.lists(st.sets(st.integers(0, 400), max_size=60), max_size=12)


def arrays(sets):
    offsets = np.cumsum([0, *map(len, sets)]).astype(np.int64)
    return offsets, np.array([v for s in sets for v in sorted(s)], np.uint64)


def brute(sets, threshold, min_words):
    big = [frozenset(s) if len(s) >= min_words else None for s in sets]
    first = [-1 if s is None else big.index(s) for s in big]
    heads = [i for i, f in enumerate(first) if i == f]
    found = [
        (a, b)
        for a, b in combinations(heads, 2)
        if len(big[a] & big[b]) / len(big[a] | big[b]) >= threshold
    ]
    return first, found


def check(sets, threshold, min_words):
    found = similar_pairs(*arrays(sets), threshold, min_words)
    first, expected = brute(sets, threshold, min_words)
    assert found.first.tolist() == first
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == expected


@settings(deadline=None, max_examples=300)
@given(
    edited() | WIDE, st.sampled_from([0.5, 0.6, 2 / 3, 0.7, 0.75, 0.8, 0.9, 1.0]), st.integers(1, 5)
)
def test_every_pair_at_the_threshold_is_found_and_no_other(sets, threshold, min_words):
    check(sets, threshold, min_words)


@pytest.mark.parametrize("block", [1, 7, 100])
def test_the_size_of_the_blocks_does_not_matter(monkeypatch, block):
    monkeypatch.setattr(pairs, "_BLOCK", block)
    rng = np.random.default_rng(7)
    base = [set(rng.integers(0, 60, 20).tolist()) for _ in range(12)]
    check([b ^ set(rng.integers(0, 60, 2).tolist()) for b in base * 4], 0.7, 4)


def test_a_set_with_many_words_in_one_bucket_loses_no_pair():
    large = set(range(0, 32 * 700, 2))
    check([large, large | {1}, set(range(5))], 0.7, 4)


def test_edited_texts_of_a_large_mixture_are_found_exactly():
    rng = np.random.default_rng(3)
    base = [set(rng.zipf(1.3, 30).clip(max=5_000).tolist()) for _ in range(60)]
    edited = [{w for w in b if rng.random() > 0.12} for b in base * 5]
    check(base + edited, 0.7, 4)


def test_copies_of_a_template_do_not_make_their_square_of_pairs():
    copies = 20_000
    words = np.arange(12, dtype=np.uint64)
    other = np.concatenate([words[:11], np.array([99], np.uint64)])
    offsets = np.arange(0, 12 * (copies + 2), 12)
    values = np.concatenate([np.tile(words, copies), other])
    found = similar_pairs(offsets, values, 0.7, 4)
    assert found.first[:copies].max() == 0
    assert (found.left.tolist(), found.right.tolist()) == ([0], [copies])


@pytest.mark.parametrize("sets", [[], [set()], [set(), {1}], [{1, 2, 3, 4}]])
def test_too_little_to_compare_gives_no_pair(sets):
    found = similar_pairs(*arrays(sets), 0.7, 4)
    assert found.left.size == found.right.size == 0
    assert found.first.size == len(sets)
