from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.augmentation.picking import MAX_VARIANTS, Picker, most_derived
from ftdata.settings_augmentation import Augmentation, AugmenterName

SHARES = st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9])
SIZES = st.dictionaries(st.sampled_from("abc"), st.integers(1, 12), min_size=1)


def strata_of(sizes: dict[str, int]) -> dict[str, list[int]]:
    """Strata of those sizes; each row is in one of them."""
    strata: dict[str, list[int]] = {}
    start = 0
    for name, size in sizes.items():
        strata[name] = list(range(start, start + size))
        start += size
    return strata


def dealt(
    strata: dict[str, list[int]], options: Augmentation, weights: dict[AugmenterName, float]
) -> list[tuple[str, int]]:
    """Augmenter and row of each variant, where every attempt succeeds."""
    made: list[tuple[str, int]] = []

    def attempt(name: AugmenterName, row: int, number: int) -> bool:
        assert 1 <= number <= MAX_VARIANTS
        made.append((name, row))
        return True

    Picker(strata, options).deal(weights, attempt)
    return made


@given(st.integers(0, 10_000), SHARES)
def test_the_largest_number_within_the_share(originals: int, share: float) -> None:
    derived = most_derived(originals, share)
    exact = Fraction(str(share))
    assert derived <= exact * (originals + derived)
    assert derived + 1 > exact * (originals + derived + 1)


@given(SIZES, SHARES, SHARES, st.sampled_from(["even", "weak"]))
def test_no_limit_is_passed(sizes: dict[str, int], share: float, own: float, aim: str) -> None:
    strata = strata_of(sizes)
    options = Augmentation.model_validate(
        {"max_share": share, "max_stratum_share": own, "aim": aim}
    )
    rows = Counter(row for _, row in dealt(strata, options, {"paraphrase": 1, "typos": 2}))
    assert rows.total() <= most_derived(sum(sizes.values()), share)
    assert all(count <= MAX_VARIANTS for count in rows.values())
    for members in strata.values():
        assert sum(rows[row] for row in members) <= most_derived(len(members), own)


def test_augmenters_get_what_they_weigh() -> None:
    options = Augmentation(max_share=0.5, max_stratum_share=0.5)
    made = dealt({"a": list(range(80))}, options, {"paraphrase": 5, "synonyms": 3, "typos": 0})
    assert Counter(name for name, _ in made) == {"paraphrase": 50, "synonyms": 30}


@pytest.mark.parametrize(("aim", "expected"), [("even", {"a": 4, "b": 2}), ("weak", {"b": 4})])
def test_variants_go_where_the_aim_is(aim: str, expected: dict[str, int]) -> None:
    strata = {"a": list(range(8)), "b": list(range(8, 12))}
    options = Augmentation.model_validate(
        {"max_share": 0.34 if aim == "even" else 0.25, "max_stratum_share": 0.5, "aim": aim}
    )
    made = dealt(strata, options, {"typos": 1})
    assert Counter("a" if row < 8 else "b" for _, row in made) == expected
