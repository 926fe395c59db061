from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ftdata.augmentation.augmenter import Variant
from ftdata.augmentation.choosing import first_of, pick, shuffle

SEEDS = st.integers(0, 2**64 - 1)


@given(st.lists(st.integers(), min_size=1), SEEDS)
def test_a_seed_picks_one_of_the_choices(choices: list[int], seed: int) -> None:
    assert pick(choices, seed, "a") in choices
    assert pick(choices, seed, "a") == pick(choices, seed, "a")


@given(st.lists(st.integers(), unique=True), SEEDS)
def test_an_order_is_of_all_choices_and_not_that_in_which_they_came(
    choices: list[int], seed: int
) -> None:
    order = shuffle(choices, seed)
    assert sorted(order) == sorted(choices)
    assert order == shuffle(choices[::-1], seed)


def test_every_choice_can_be_the_first() -> None:
    assert {shuffle("abc", seed)[0] for seed in range(40)} == set("abc")
    assert {pick("abc", seed, "letter") for seed in range(40)} == set("abc")


def test_the_first_kind_that_has_a_variant_makes_it() -> None:
    def nothing(text: str) -> None:
        assert text == "given"

    def something(text: str) -> Variant:
        return Variant([], {"kind": text})

    assert first_of({"a": nothing, "b": nothing}, 3, "given") is None
    for seed in range(9):
        assert first_of({"a": nothing, "b": something}, seed, "given") == something("given")
