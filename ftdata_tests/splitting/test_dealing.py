"""Dealing: each stratum hits its ratios in a partition, and rare strata do over many."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.keys import PartitionKey
from ftdata.settings_splits import Ratios, Splits
from ftdata.splitting.dealing import Group, deal_groups, phase

KEY = PartitionKey(date="2025-03-01", source="web")
RATIOS = st.sampled_from(
    [(0.8, 0.1, 0.1), (0.9, 0.1, 0.0), (0.5, 0.25, 0.25), (0.34, 0.33, 0.33), (0.7, 0.0, 0.3)]
)


def options(ratios, seed=0):
    return Splits(
        ratios=Ratios(**dict(zip(("train", "validation", "test"), ratios, strict=True))), seed=seed
    )


def day(number):
    date = dt.date(2025, 1, 1) + dt.timedelta(days=number)
    return PartitionKey(date=date.isoformat(), source="web")


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from((1, 1, 1, 2, 3, 6))), max_size=60),
    RATIOS,
    st.integers(0, 5),
    st.integers(0, 400),
)
def test_each_stratum_hits_each_ratio_within_one_row_where_enough_stand_alone(
    drawn, ratios, seed, number
):
    groups = [Group(f"g{i}", stratum, size) for i, (stratum, size) in enumerate(drawn)]
    dealt = deal_groups(groups, day(number), options(ratios, seed))
    for stratum in {g.stratum for g in groups}:
        own = [
            (g.size, split) for g, split in zip(groups, dealt, strict=True) if g.stratum == stratum
        ]
        total = sum(size for size, _ in own)
        largest = max(size for size, _ in own)
        alone = sum(size == 1 for size, _ in own)
        # The large ones alone may miss a share by less than the largest of them.
        bound = 1 if alone >= total / 2 else largest + 1
        for split, ratio in zip(("train", "validation", "test"), ratios, strict=True):
            given_to = sum(size for size, to in own if to == split)
            assert abs(given_to - ratio * total) < bound + 1e-9
            assert ratio > 0 or given_to == 0


@settings(deadline=None)
@given(st.data())
def test_the_order_in_which_groups_are_given_does_not_matter(data):
    sizes = data.draw(st.lists(st.integers(1, 4), max_size=30))
    groups = [Group(f"g{i}", "xy"[i % 2], size) for i, size in enumerate(sizes)]
    moved = data.draw(st.permutations(groups))
    straight = dict(zip(groups, deal_groups(groups, KEY, Splits()), strict=True))
    assert dict(zip(moved, deal_groups(moved, KEY, Splits()), strict=True)) == straight


@pytest.mark.parametrize("rows", [1, 2, 3])
@pytest.mark.parametrize("stratum", ["category=rare", "category=rarer", "category="])
def test_a_stratum_of_few_rows_a_day_reaches_every_split(rows, stratum):
    dealt = Counter()
    for number in range(100):
        groups = [Group(f"{number}-{i}", stratum, 1) for i in range(rows)]
        dealt.update(deal_groups(groups, day(number), Splits()))
    for split, ratio in (("train", 0.8), ("validation", 0.1), ("test", 0.1)):
        assert abs(dealt[split] - ratio * 100 * rows) <= 4


def test_many_strata_of_one_row_have_the_ratios_together():
    groups = [Group(f"g{i}", f"category={i}", 1) for i in range(1_000)]
    dealt = Counter(deal_groups(groups, KEY, Splits()))
    assert 60 <= dealt["validation"] <= 140
    assert 60 <= dealt["test"] <= 140


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_all_of_one_split_gives_nothing_to_the_others(split):
    ratios = dict.fromkeys(("train", "validation", "test"), 0.0) | {split: 1.0}
    groups = [Group(f"g{i}", "x", 1 + i % 3) for i in range(50)]
    dealt = deal_groups(groups, KEY, Splits(ratios=Ratios(**ratios)))
    assert set(dealt) == {split}


def test_the_seed_the_source_the_stratum_and_the_date_all_change_the_phase():
    other_source = PartitionKey(date=KEY.date, source="app")
    phases = [
        phase("x", KEY, 0), phase("y", KEY, 0), phase("x", KEY, 1),
        phase("x", other_source, 0), phase("x", day(0), 0),
    ]  # fmt: skip
    assert len(set(phases)) == len(phases)
    assert all(0 <= found < 1 for found in phases)


def test_the_seed_changes_who_is_dealt_where():
    groups = [Group(f"g{i}", "x", 1) for i in range(100)]
    assert deal_groups(groups, KEY, Splits(seed=1)) != deal_groups(groups, KEY, Splits(seed=2))


def test_no_groups_are_dealt_to_nobody():
    assert deal_groups([], KEY, Splits()) == []


BY_TIME = Splits(by="time", time={"validation_from": "2025-03-05", "test_from": "2025-03-08"})
BY_SOURCE = Splits(by="source", source={"validation": ["web"], "test": ["app", "shop"]})


@pytest.mark.parametrize(
    ("options", "date", "source", "split"),
    [
        (BY_TIME, "2025-03-04", "web", "train"),
        (BY_TIME, "2025-03-05", "web", "validation"),
        (BY_TIME, "2025-03-08", "web", "test"),
        (Splits(by="time", time={"test_from": "2025-03-08"}), "2025-03-07", "web", "train"),
        (BY_SOURCE, "2025-03-04", "web", "validation"),
        (BY_SOURCE, "2025-03-04", "shop", "test"),
        (BY_SOURCE, "2025-03-04", "phone", "train"),
    ],
)
def test_by_time_and_by_source_the_partition_decides(options, date, source, split):
    groups = [Group(str(n), "s", 1) for n in range(20)]
    assert set(deal_groups(groups, PartitionKey(date=date, source=source), options)) == {split}
