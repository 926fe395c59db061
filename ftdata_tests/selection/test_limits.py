"""How many may stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.selection.limits import caps_of, mixture_limits
from ftdata.settings_selection import Caps

SIZES = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 500), min_size=1)


@given(SIZES, st.floats(0.05, 1))
def test_no_stratum_is_a_larger_share_and_the_cap_is_the_largest(
    sizes: dict[str, int], share: float
) -> None:
    limits, note = caps_of(sizes, Caps(max_share=share))
    left = {name: min(size, limits[name]) for name, size in sizes.items()}

    def holds(cap: int) -> bool:
        whole = sum(min(size, cap) for size in sizes.values())
        return min(cap, max(sizes.values())) <= share * whole + 1e-9

    if note:
        assert not any(holds(cap) for cap in range(1, max(sizes.values()) + 1))
        assert left == sizes
        return
    assert max(left.values()) <= share * sum(left.values()) + 1e-9
    cap = next(iter(limits.values()))
    assert cap == max(sizes.values()) or not holds(cap + 1)


def test_the_strictest_limit_counts() -> None:
    sizes = {"a": 100, "b": 10, "c": 4}
    assert set(caps_of(sizes, Caps(max_examples=50))[0].values()) == {50}
    assert set(caps_of(sizes, Caps(max_examples=50, max_ratio=3))[0].values()) == {30}
    assert set(caps_of(sizes, Caps(max_examples=5, max_ratio=3))[0].values()) == {5}


def test_a_share_that_cannot_hold_is_told_and_let_pass() -> None:
    limits, note = caps_of({"a": 9, "b": 3}, Caps(max_share=0.3))
    assert set(limits.values()) == {9}
    assert note.startswith("max_share 0.3 cannot hold with 2 strata")


@pytest.mark.parametrize(
    ("sizes", "mixture", "limits", "note"),
    [
        ({"logs": 90, "general": 50}, {"general": 0.1}, {"general": 10}, ""),
        (
            {"logs": 90, "general": 4},
            {"general": 0.1},
            {"general": 10},
            "general has 4 of the 10 that its share asks for",
        ),
        ({"a": 30, "b": 10}, {"a": 0.5, "b": 0.5}, {"a": 10, "b": 10}, ""),
        ({"a": 30}, {"a": 0.5, "b": 0.5}, {"a": 30, "b": 30}, "b has 0 of the 30 that its share"),
        (
            {"a": 30, "x": 5},
            {"a": 1},
            {"a": 30},
            "the shares leave nothing for 5 examples of other sources, which stay",
        ),
        ({"logs": 8}, {"general": 0.2}, {"general": 2}, "general has 0 of the 2 that its share"),
        ({"logs": 8, "x": 3}, {"x": 0}, {"x": 0}, ""),
        ({"x": 3}, {"x": 0}, {"x": 0}, ""),
    ],
)
def test_shares_are_of_the_whole_with_the_rest(
    sizes: dict[str, int], mixture: dict[str, float], limits: dict[str, int], note: str
) -> None:
    found, told = mixture_limits(sizes, mixture)
    assert found == limits
    assert told.startswith(note)
    assert bool(told) == bool(note)
