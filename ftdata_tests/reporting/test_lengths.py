"""Lengths: quantiles, clusters, and histograms over the same edges for every dataset."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.reporting.lengths import EDGES, by_edge, lengths_of
from ftdata_tests.reporting.given import examined, example

values = st.lists(st.integers(0, 10_000_000), min_size=1, max_size=60)


def lengths(*numbers):
    return lengths_of(np.array(numbers, dtype=np.int32))


def test_quantiles_mean_and_longest():
    found = lengths(*range(101))
    assert (found.mean, found.median, found.p5, found.p95, found.max) == (50, 50, 5, 95, 100)


def test_nothing_has_no_length():
    found = lengths()
    assert (found.mean, found.max, found.clustered, found.histogram.edges) == (0, 0, 0, ())


@pytest.mark.parametrize(
    ("numbers", "share"),
    [((10, 11, 12), 1.0), ((10, 12, 13, 40), 0.5), ((1, 2, 4, 8), 0.25), ((0, 0, 5, 9), 0.5)],
)
def test_a_cluster_reaches_a_fifth_further(numbers, share):
    assert lengths(*numbers).clustered == share


@given(values)
def test_a_histogram_holds_every_value_between_its_edges(numbers):
    histogram = lengths(*numbers).histogram
    assert sum(histogram.counts) == len(numbers)
    assert histogram.counts[0] > 0 < histogram.counts[-1]
    assert histogram.edges[0] <= min(numbers) <= max(numbers) < histogram.edges[-1]
    edges = zip(histogram.edges, histogram.edges[1:], histogram.counts, strict=False)
    for low, high, count in edges:
        assert sum(low <= number < high for number in numbers) == count


@given(values)
def test_histograms_of_all_datasets_have_their_edges_in_common(numbers):
    found = lengths(*numbers).histogram.edges
    assert set(found[:-1]) <= set(EDGES.tolist())
    assert set(map(int, by_edge(np.array(numbers, dtype=np.int32)))) <= set(found)


def test_a_hundred_thousand_words_are_counted():
    messages = [{"role": "user", "content": "λ " * 100_000, "weight": None}]
    assert examined([example(0, messages=messages)]).parts["all"].lengths["prompt_words"].max == 1e5
