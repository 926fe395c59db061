"""Drift: the laws of both measures, and what chance alone brings about."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.reporting.drift import compare, divergence_of, psi_of
from ftdata.reporting.statistics import Profile

shares = st.lists(st.integers(1, 1_000), min_size=2, max_size=12).map(
    lambda counts: np.array(counts) / sum(counts)
)

pairs = st.integers(2, 9).flatmap(
    lambda size: st.tuples(*[st.lists(st.integers(1, 99), min_size=size, max_size=size)] * 2)
)


def profile(categories, lengths=None):
    """A profile with these categories, and these lengths of prompts and completions."""
    both = {what: lengths or {"4": 10} for what in ("prompt_words", "completion_words")}
    total = sum(categories.values())
    return Profile(total, both, categories, {"en": total}, {"word": total, "": 5})


def drift(new, reference, what="categories"):
    found = compare("version", ("new", new), ("old", reference)).drifts
    (one,) = [own for own in found if own.what == what]
    return one


@given(shares)
def test_equal_shares_are_no_drift(one):
    assert psi_of(one, one) == 0
    assert divergence_of(one, one) == pytest.approx(0, abs=1e-12)


@given(pairs)
def test_both_are_symmetric_and_bounded(counts):
    one, other = (np.array(own) / sum(own) for own in counts)
    assert psi_of(one, other) == pytest.approx(psi_of(other, one))
    assert psi_of(one, other) >= 0
    assert divergence_of(one, other) == pytest.approx(divergence_of(other, one))
    assert 0 <= divergence_of(one, other) <= 1
    # Near each other an eighth of PSI, further away less: JSD is bounded and PSI is not.
    assert divergence_of(one, other) <= psi_of(one, other) / (8 * math.log(2)) + 1e-9


def test_known_values():
    one, other = np.array([0.5, 0.5]), np.array([0.25, 0.75])
    assert psi_of(one, other) == pytest.approx(0.25 * math.log(2) + 0.25 * math.log(1.5))
    assert divergence_of(np.array([1.0, 0.0]), np.array([0.0, 1.0])) == 1


def test_values_that_came_and_went_stand_first():
    found = drift(profile({"tents": 60, "boats": 40}), profile({"tents": 55, "rental": 45}))
    shifts = [(one.value, one.before, one.after) for one in found.shifts]
    assert shifts == [("rental", 0.45, 0), ("boats", 0, 0.4), ("tents", 0.55, 0.6)]
    assert found.psi > 0.2 < found.divergence


def test_rare_values_are_compared_together():
    before = {"tents": 1_000, **{f"rare-{n}": 1 for n in range(200)}}
    shuffled = {"tents": 1_000, **{f"rare-{n}": 2 for n in range(100)}}
    assert drift(profile(shuffled), profile(before)).psi < 0.01
    assert drift(profile({"tents": 50, "new": 50}), profile(before)).psi > 0.2


def test_categories_of_which_none_was_there_before_are_a_drift_of_few_examples_as_well():
    found = drift(profile({"c": 6, "d": 6}), profile({"a": 40, "b": 40}))
    assert found.psi > max(found.psi_noise, 0.2)


def test_nothing_is_compared_with_nothing():
    found = compare("version", ("new", profile({})), ("old", profile({"tents": 9}))).drifts
    assert "categories" not in {one.what for one in found}
    assert "prompt_words" in {one.what for one in found}


@pytest.mark.parametrize("size", [30, 100, 1_000])
@pytest.mark.parametrize("bins", [2, 8, 20])
def test_samples_of_one_distribution_rarely_pass_the_noise(size, bins):
    draw = np.random.default_rng(size + bins)
    passed = 0
    for _ in range(50):
        pair = (draw.multinomial(n, [1 / bins] * bins).tolist() for n in (size, 5_000))
        new, old = (profile({str(i): n for i, n in enumerate(counts) if n}) for counts in pair)
        found = drift(new, old)
        passed += found.psi > found.psi_noise or found.divergence > found.divergence_noise
    assert passed <= 3


def test_lengths_are_compared_by_tenths_of_the_reference():
    steps = [str(edge) for edge in (4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56)]
    even, one_more = dict.fromkeys(steps, 100), {**dict.fromkeys(steps, 100), "64": 3}
    assert drift(profile({"a": 9}, one_more), profile({"a": 9}, even), "prompt_words").psi < 0.01
    longer = {str(2 * int(step)): 100 for step in steps}
    assert drift(profile({"a": 9}, longer), profile({"a": 9}, even), "prompt_words").psi > 0.2
