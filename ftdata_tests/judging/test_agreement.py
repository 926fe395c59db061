"""Agreement of judge and people: known numbers, and laws of correlations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.judging.agreement import measure_agreement

SCORES = st.lists(st.tuples(st.integers(5, 25), st.integers(1, 5)), min_size=3, max_size=40)


def by_id(values):
    return {f"e{n}": float(value) for n, value in enumerate(values)}


def test_known_numbers():
    found = measure_agreement(by_id([1, 2, 3, 4, 5]), by_id([1, 1, 4, 2, 5]) | {"other": 3.0})
    assert found.n == 5
    assert found.offset == pytest.approx(0.4)
    assert found.within_one == pytest.approx(0.8)
    # Ranks 1 to 5 against 1.5, 1.5, 4, 3, 5: the products sum to 8.5, the squares to 10 and 9.5.
    assert found.spearman == pytest.approx(8.5 / (10 * 9.5) ** 0.5)
    assert found.pearson == pytest.approx(9 / (10 * 13.2) ** 0.5)
    assert found.line is None


def test_nothing_in_common_is_no_agreement():
    assert measure_agreement({"a": 1.0}, {"b": 1.0}) is None


def test_a_judge_that_gives_all_the_same_has_no_correlation():
    found = measure_agreement(by_id([4] * 30), by_id([1, 2, 3] * 10))
    assert (found.spearman, found.pearson, found.line) == (None, None, None)
    assert found.offset == 2


def test_a_line_is_found_again():
    judged = [1 + n / 10 for n in range(30)]
    found = measure_agreement(by_id(judged), by_id([0.5 + 0.8 * score for score in judged]))
    assert found.line == pytest.approx((0.5, 0.8))
    assert found.spearman == pytest.approx(1)


@given(SCORES)
def test_who_is_called_judge_changes_the_sign_of_the_offset_alone(pairs):
    judged, rated = (by_id(each) for each in zip(*((a / 5, b) for a, b in pairs), strict=True))
    one, other = measure_agreement(judged, rated), measure_agreement(rated, judged)
    assert one.offset == pytest.approx(-other.offset)
    assert one.within_one == other.within_one
    assert one.spearman == pytest.approx(other.spearman)


@given(SCORES)
def test_the_order_of_examples_does_not_matter_and_spearman_heeds_order_alone(pairs):
    judged, rated = (by_id(each) for each in zip(*((a / 5, b) for a, b in pairs), strict=True))
    found = measure_agreement(judged, rated)
    assert found == measure_agreement(dict(reversed(judged.items())), rated)
    stretched = {name: score**3 for name, score in judged.items()}
    assert measure_agreement(stretched, rated).spearman == found.spearman
    assert found.spearman is None or -1 <= found.spearman <= 1
