"""Duplicates by meaning against a plain loop, and the laws that let them be settled globally."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ftdata.cleaning.dedup import semantic
from ftdata.cleaning.dedup.semantic import (
    find_semantic,
    vector_column,
    vectors_of_column,
)

# Few values, so that equal, near and zero vectors are all common.
VECTORS = st.integers(0, 24).flatmap(
    lambda count: arrays(np.int8, (count, 5), elements=st.sampled_from([-90, 0, 0, 1, 90, 127]))
)


def by_loop(vectors, rows, threshold):
    found = {}
    for place, row in enumerate(rows):
        for kept in rows[:place]:
            a, b = vectors[row].tolist(), vectors[kept].tolist()
            dot = sum(x * y for x, y in zip(a, b, strict=True))
            lengths = np.sqrt(sum(x * x for x in a) * sum(y * y for y in b))
            if kept not in found and lengths and dot / lengths >= threshold:
                found[row] = (kept, dot / lengths)
                break
    return found


def clustered(count, width, seed):
    """Vectors in clusters whose members are between 0.8 and 1.0 apart, a third of them alone."""
    rng = np.random.default_rng(seed)
    centres = rng.standard_normal((count // 3, width))
    noise = rng.standard_normal((count, width)) * rng.uniform(0.1, 0.6, (count, 1))
    vectors = centres[rng.integers(0, len(centres), count)] + noise
    return np.rint(vectors * (127 / np.abs(vectors).max(axis=1, keepdims=True))).astype(np.int8)


@given(VECTORS, st.sampled_from([0.5, 0.9, 1.0]), st.data())
def test_it_finds_what_a_loop_finds(vectors, threshold, data):
    some = data.draw(st.lists(st.booleans(), min_size=len(vectors), max_size=len(vectors)))
    rows = np.flatnonzero(np.array(some, dtype=bool))
    assert find_semantic(vectors, rows, threshold) == by_loop(vectors, rows.tolist(), threshold)


@pytest.mark.parametrize("threshold", [0.85, 0.9, 0.95])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_subspace_and_the_blocks_lose_nothing(monkeypatch, threshold, seed):
    vectors = clustered(300, 24, seed)
    whole = find_semantic(vectors, np.arange(300), threshold)
    for name, value in {"_SMALL": 8, "_SUBSPACE": 6, "_ROWS": 7, "_TILE": 11, "_PAIRS": 5}.items():
        monkeypatch.setattr(semantic, name, value)
    assert find_semantic(vectors, np.arange(300), threshold) == whole
    assert whole == by_loop(vectors, range(300), threshold)
    assert 20 < len(whole) < 280


def test_more_rows_than_are_compared_whole_against_brute_force():
    vectors = clustered(2_200, 96, seed=2)
    found = find_semantic(vectors, np.arange(2_200), 0.9)
    wide = vectors.astype(np.float64)  # holds these whole numbers exactly
    products = wide @ wide.T
    squares = np.diagonal(products)
    cosines = products / np.sqrt(squares[:, None] * squares)
    kept = []
    for row in range(2_200):
        near = [other for other in kept if cosines[row, other] >= 0.9]
        assert found.get(row) == ((near[0], cosines[row, near[0]]) if near else None)
        if not near:
            kept.append(row)


@given(VECTORS, st.data())
def test_rows_that_follow_change_nothing_before_them(vectors, data):
    """A later partition drops no example of an earlier one, and moves no canonical row."""
    whole = find_semantic(vectors, np.arange(len(vectors)), 0.9)
    cut = data.draw(st.integers(0, len(vectors)))
    first = find_semantic(vectors, np.arange(cut), 0.9)
    assert first == {row: match for row, match in whole.items() if row < cut}


@given(VECTORS)
def test_what_stays_has_no_duplicate_left(vectors):
    rows = np.arange(len(vectors))
    found = find_semantic(vectors, rows, 0.9)
    stays = rows[~np.isin(rows, list(found))]
    assert find_semantic(vectors, stays, 0.9) == {}
    assert {kept for kept, _ in found.values()} <= set(stays.tolist())


def test_a_cosine_is_exact_where_floats_would_not_be():
    # 3072 numbers of 127: their square is over 2**24, where 32-bit floats skip whole numbers.
    vectors = np.full((2, 3_072), 127, dtype=np.int8)
    vectors[1, 0] = 126
    dot, squares = 127 * 127 * 3_071 + 127 * 126, (127**2 * 3_072, 127**2 * 3_071 + 126**2)
    (kept, cosine) = find_semantic(vectors, np.arange(2), 0.5)[1]
    assert (kept, cosine) == (0, dot / np.sqrt(squares[0] * squares[1]))


def test_vectors_that_are_absent_repeat_nothing():
    assert find_semantic(np.zeros((3, 4), dtype=np.int8), np.arange(3), 0.5) == {}
    assert find_semantic(np.zeros((3, 0), dtype=np.int8), np.arange(3), 0.5) == {}


@given(VECTORS)
def test_the_column_gives_the_vectors_back(vectors):
    column = vector_column(vectors)
    assert column.null_count == np.count_nonzero(~vectors.any(axis=1))
    back = vectors_of_column(column)
    np.testing.assert_array_equal(back, vectors if vectors.any() else vectors[:, :0])


def test_vectors_of_two_models_in_one_column_are_refused():
    vectors = np.ones((2, 3), dtype=np.int8)
    with pytest.raises(ValueError, match="of several models"):
        vectors_of_column(pa.chunked_array([vector_column(vectors), [b"12"]]))
