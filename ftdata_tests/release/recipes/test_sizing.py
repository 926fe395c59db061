"""Settings that fit a dataset."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.release.recipes.sizing import Kind, Sizing, size

LENGTHS = st.lists(st.integers(0, 100_000), min_size=1, max_size=50)
KINDS = st.sampled_from(("sft", "rows", "preference"))


def sized(*tokens: int, rows: int = 1_000, kind: Kind = "sft", limit: int | None = None) -> Sizing:
    return size(np.array(tokens, np.int64), rows, kind, "o200k", limit)


@settings(max_examples=60)
@given(LENGTHS, st.integers(1, 10**7), KINDS)
def test_sizes_are_within_their_bounds(tokens: list[int], rows: int, kind: Kind) -> None:
    found = sized(*tokens, rows=rows, kind=kind)
    length = found.max_length.value
    assert length % (64 if length <= 1_024 else 256) == 0
    at_once = int(found.batch.value * found.accumulation.value)
    assert 1 <= at_once <= max(4, rows)
    assert at_once & (at_once - 1) == 0
    assert found.batch.value == 1 or found.batch.value * length <= 8_192
    assert 1 <= found.warmup_steps.value <= max(1, found.steps)
    assert 1 <= found.look_steps.value <= max(1, found.steps)
    assert found.alpha.value == 2 * found.rank.value
    assert all(part.why for part in vars(found).values() if not isinstance(part, int))


@settings(max_examples=60)
@given(LENGTHS)
def test_one_in_a_hundred_is_cut_at_most(tokens: list[int]) -> None:
    length = sized(*tokens).max_length.value
    assert sum(count * 1.1 > length + 1 for count in tokens) <= len(tokens) / 100


def test_the_length_is_the_99th_percentile_rounded_up() -> None:
    found = sized(*range(1, 1_001)).max_length
    assert found.value == 1_280  # 991 × 1.1 is 1,090.1: a multiple of 256 above 1,024
    assert "1,000 train examples have 1,091 tokens or fewer: counted with o200k" in found.why
    assert "0.0 % are longer" in found.why


def test_the_share_that_is_cut_is_told() -> None:
    assert "0.9 % are longer" in sized(*[100] * 991, *[9_000] * 9).max_length.why


def test_what_the_model_takes_is_the_most() -> None:
    found = sized(*range(1, 1_001), limit=512).max_length
    assert found.value == 512
    assert "53.5 % of the train examples are longer" in found.why
    assert sized(10, limit=512).max_length.value == 64


@pytest.mark.parametrize(("tokens", "packs"), [([10] * 98 + [400, 400], True), ([300], False)])
def test_short_examples_are_packed(tokens: list[int], packs: bool) -> None:
    assert sized(*tokens, rows=10_000).packing.value is packs
    assert sized(*tokens, rows=10_000, kind="preference").packing.value is False
    assert sized(*tokens, rows=10_000, kind="rows").packing.value is False


def test_few_examples_are_not_packed_into_fewer_steps() -> None:
    few = sized(*[10] * 98, 400, 400, rows=119)
    assert few.packing.value is False
    assert "too few steps" in few.packing.why
    assert few.steps > 80


@pytest.mark.parametrize(("rows", "epochs"), [(50, 3), (1_999, 3), (2_000, 2), (20_000, 1)])
def test_more_rows_need_fewer_passes(rows: int, epochs: int) -> None:
    assert sized(100, rows=rows).epochs.value == epochs
    assert sized(100, rows=rows, kind="preference").epochs.value == 1


@pytest.mark.parametrize(("rows", "rank"), [(100, 16), (20_000, 32), (200_000, 64)])
def test_more_rows_take_more_rank(rows: int, rank: int) -> None:
    assert sized(100, rows=rows).rank.value == rank


def test_preferences_are_learnt_slowly() -> None:
    assert sized(100).learning_rate.value == 2e-4
    assert sized(100, kind="preference").learning_rate.value == 5e-6


def test_a_hundred_steps_are_made_where_the_rows_allow() -> None:
    assert sized(100, rows=1_000).steps >= 100
    assert sized(1, rows=3).steps <= 9
