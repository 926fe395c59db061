"""Examples that stand for all others, and the vectors they are compared by."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.selection.diverse import choose, nearest_of
from ftdata.selection.vectors import DIMENSIONS, Vectors, embedded_vectors, word_vectors

METHODS = ("k_center", "facility_location")


def clustered(count: int, clusters: int, seed: int = 0) -> tuple[Vectors, np.ndarray]:
    """Unit vectors about some centres, the first of which has most of them."""
    rng = np.random.default_rng(seed)
    centres = rng.standard_normal((clusters, 16)).astype(np.float32)
    own = np.where(rng.random(count) < 0.6, 0, rng.integers(0, clusters, count))
    vectors = centres[own] + 0.1 * rng.standard_normal((count, 16)).astype(np.float32)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), own


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=25)
@given(st.integers(1, 60), st.data())
def test_as_many_as_asked_for_each_once_and_the_same_each_time(method, count, data):
    size = data.draw(st.integers(1, count))
    vectors, _ = clustered(count, 4, data.draw(st.integers(0, 9)))
    chosen = choose(vectors, size, method)
    assert len(set(chosen.rows)) == size
    assert choose(vectors, size, method).rows == chosen.rows
    likeness = vectors @ vectors[chosen.rows].T
    assert np.allclose(likeness.max(axis=1), chosen.similarity, atol=1e-5)


@pytest.mark.parametrize(("method", "least"), [("k_center", 8), ("facility_location", 7)])
def test_clusters_have_one_where_there_are_as_many_as_clusters(method, least):
    # Facility location may give the largest cluster a second one instead of the smallest its first.
    vectors, own = clustered(400, 8)
    assert len(set(own[choose(vectors, 8, method).rows])) >= least


@pytest.mark.parametrize("method", METHODS)
def test_what_is_chosen_stands_nearer_to_all_than_chance(method):
    vectors, _ = clustered(600, 60, seed=3)
    chosen = choose(vectors, 60, method)
    random = np.random.default_rng(1).permutation(600)[:60].tolist()
    assert chosen.similarity.mean() > nearest_of(vectors, random)[1].mean()


def test_alike_words_are_alike_and_others_are_not():
    words = [[1, 2, 3, 4, 5], [1, 2, 3, 4, 6], [70, 71, 72, 73, 74], []]
    others = [[n, n + 1, n + 2] for n in range(100, 400, 3)]
    column = pa.chunked_array([pa.array(words + others, pa.list_(pa.uint64()))])
    vectors = word_vectors(column)
    assert vectors.shape == (104, DIMENSIONS)
    assert vectors[0] @ vectors[1] > 0.6
    assert abs(vectors[0] @ vectors[2]) < 0.5
    assert not vectors[3].any()
    assert (word_vectors(column) == vectors).all()


def test_embeddings_are_read_from_their_bytes():
    stored = [np.array([127, 0], np.int8).tobytes(), np.array([-3, 4], np.int8).tobytes()]
    vectors = embedded_vectors(pa.chunked_array([pa.array(stored, pa.binary())]))
    assert vectors == pytest.approx(np.array([[1, 0], [-0.6, 0.8]]))
    assert embedded_vectors(pa.chunked_array([pa.array([*stored, None], pa.binary())])) is None
