"""Layouts: texts that share words are near each other, and numbers are stable."""

from __future__ import annotations

import numpy as np
import pytest

from ftdata.reporting.page.layout import lay_out

TOPICS = {
    "boats": "kayak paddle river harbour sail anchor",
    "kitchen": "oven flour butter sugar whisk recipe",
    "money": "invoice payment refund euro account billing",
}


def texts(each):
    made = []
    for at in range(each):
        for words in TOPICS.values():
            own = words.split()
            made.append(" ".join([*own[at % 5 :], *own[: at % 3], f"word{at}"]))
    return made


def test_topics_are_clusters_named_by_their_words():
    layout = lay_out(texts(30))
    own = np.arange(90) % 3
    pure = 0
    for cluster, terms in enumerate(layout.terms):
        topics = np.bincount(own[layout.clusters == cluster], minlength=3)
        pure += topics.max()
        assert terms[0] in list(TOPICS.values())[topics.argmax()].split()
    assert pure >= 80
    middles = np.array([layout.places[own == topic].mean(axis=0) for topic in range(3)])
    spread = max(layout.places[own == topic].std(axis=0).max() for topic in range(3))
    between = np.hypot(*(middles[[0, 0, 1]] - middles[[1, 2, 2]]).T).min()
    assert between > 2 * spread


def test_places_are_within_the_plane_and_the_same_each_time():
    one, other = lay_out(texts(20)), lay_out(texts(20))
    assert one.places.min() >= 0
    assert one.places.max() <= 1
    assert np.array_equal(one.places, other.places)
    assert np.array_equal(one.clusters, other.clusters)
    assert one.terms == other.terms


@pytest.mark.parametrize(
    "given", [[], [""], ["one text"], ["", "?!", "a b"], ["same words here"] * 30, [""] * 20]
)
def test_texts_that_say_little_have_places_too(given):
    layout = lay_out(given)
    assert layout.places.shape == (len(given), 2)
    assert np.isfinite(layout.places).all()
    assert sorted(set(layout.clusters.tolist())) == list(range(len(layout.terms)))


def test_larger_clusters_have_smaller_numbers():
    sizes = np.bincount(lay_out(texts(25) + texts(25)[:30]).clusters)
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)
