"""The stage: groups on one side, ratios by stratum, variants in train, nothing lost."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata import tables
from ftdata.keys import PartitionKey
from ftdata.settings_splits import Ratios, Splits
from ftdata.splitting.split_partition import split_partition
from ftdata_tests.splitting.given import (
    augmented_table,
    chat,
    components,
    dedup_of,
    examples,
    ties,
)

KEY = PartitionKey(date="2025-03-01", source="web")
WITH_VARIANTS = Splits(derived_in_validation=True)
HELD_OUT = Splits(ratios=Ratios(train=0, validation=1, test=0))


def split(given_examples, options=WITH_VARIANTS, key=KEY):
    table = augmented_table(given_examples, key)
    return split_partition(table, key, options, dedup_of(table))


def column(result, name):
    ids = result.table.column("id").to_pylist()
    return dict(zip(ids, result.table.column(name).to_pylist(), strict=True))


def of_web(drawn):
    return [type(e)(**{**vars(e), "source": "web"}) for e in drawn]


@settings(deadline=None)
@given(examples())
def test_tied_examples_have_one_split_and_one_group(drawn):
    drawn = of_web(drawn)
    result = split(drawn)
    groups, splits = column(result, "group_id"), column(result, "split")
    for a, b in combinations(drawn, 2):
        if ties(a, b, 0.7):
            assert groups[a.id] == groups[b.id]
            assert splits[a.id] == splits[b.id]
    assert len(set(groups.values())) == len(components(drawn, 0.7))


@settings(deadline=None)
@given(st.data(), st.booleans())
def test_the_order_of_rows_does_not_matter(data, derived):
    drawn = of_web(data.draw(examples()))
    moved = data.draw(st.permutations(drawn))
    options = Splits(derived_in_validation=derived)
    left, right = split(drawn, options), split(moved, options)
    assert left.table.equals(right.table)
    assert left.drops.equals(right.drops)
    assert left.facts == right.facts


@settings(deadline=None)
@given(examples(), st.sampled_from([Ratios(), Ratios(train=0, validation=0.5, test=0.5)]))
def test_every_example_is_split_or_dropped_once(drawn, ratios):
    result = split(of_web(drawn), Splits(ratios=ratios))
    kept, dropped = result.table.column("id").to_pylist(), result.drops["record_id"].to_pylist()
    assert sorted(kept + dropped) == sorted(e.id for e in drawn)
    assert result.rows_in == len(drawn) == result.rows_out + result.drops.num_rows
    assert result.rows_out == result.table.num_rows
    assert set(column(result, "split").values()) <= {"train", "validation", "test"}


@settings(deadline=None)
@given(examples())
def test_variants_stay_in_train(drawn):
    result = split(of_web(drawn), Splits())
    splits, parents = column(result, "split"), column(result, "parent_id")
    assert all(splits[name] == "train" for name, parent in parents.items() if parent)
    originals = {e.id for e in drawn if e.parent_id is None}
    assert not originals & set(result.drops["record_id"].to_pylist())


def test_a_variant_outside_train_is_dropped_with_its_group_named():
    result = split([chat("a", "hi"), chat("b", "ho", parent_id="a", position=1)], HELD_OUT)
    (drop,) = result.drops.to_pylist()
    assert column(result, "split") == {"a": "validation"}
    assert (drop["record_id"], drop["stage"]) == ("b", "validated_splits")
    assert drop["reason"] == "derived_outside_train"
    assert drop["detail"] == "its group a is in validation"
    assert not drop["quarantined"]


def test_variants_may_be_let_in():
    options = Splits(ratios=HELD_OUT.ratios, derived_in_validation=True)
    result = split([chat("a", "hi"), chat("b", "ho", parent_id="a", position=1)], options)
    assert column(result, "split") == {"a": "validation", "b": "validation"}


def test_the_table_is_the_stages_and_keeps_the_columns_given():
    result = split([chat("a", "hi", position=3), chat("b", "ho", position=7)])
    assert result.table.schema == tables.schema("validated_splits")
    assert column(result, "dedup_text") == {"a": 3, "b": 7}
    assert column(result, "dedup_words") == {"a": [3], "b": [7]}


def test_a_group_has_the_stratum_of_its_earliest_original():
    result = split(
        [
            chat("a", "x", conversation_id="c", category="late", position=2),
            chat("b", "y", conversation_id="c", category="early", position=1),
            chat("v", "z", conversation_id="c", category="early", position=0, parent_id="b"),
        ]
    )
    assert set(column(result, "stratum").values()) == {"category=early"}
    assert set(column(result, "group_id").values()) == {"v"}


@pytest.mark.parametrize(
    ("strata", "stratum"),
    [(("category",), "category="), ((), ""), (("category", "model"), "category=|model=")],
)
def test_a_missing_tag_is_an_empty_one(strata, stratum):
    result = split([chat("a", "x", category=None)], Splits(strata=strata))
    assert column(result, "stratum") == {"a": stratum}


def test_facts_are_of_what_came_through():
    drawn = [chat(f"e{i}", f"question number {i}", position=i) for i in range(40)]
    drawn += [chat("again", "other", conversation_id="c_e0", position=40)]
    result = split(drawn)
    counted = Counter(column(result, "split").values())
    assert result.facts["groups"] == 40
    assert result.facts["largest_group"] == 2
    assert {k: result.facts[k] for k in ("train", "validation", "test")} == {
        k: counted[k] for k in ("train", "validation", "test")
    }


def test_the_threshold_decides_what_is_similar():
    near = [
        chat("a", "one two three four five six"),
        chat("b", "one two three four five", position=1),
    ]
    assert len(set(column(split(near, Splits(leak_threshold=0.8)), "group_id").values())) == 1
    assert len(set(column(split(near, Splits(leak_threshold=0.9)), "group_id").values())) == 2


def test_an_empty_partition_stays_empty():
    result = split([])
    assert result.table.equals(tables.empty("validated_splits"))
    assert (result.rows_in, result.rows_out, result.drops.num_rows) == (0, 0, 0)
    assert result.facts["groups"] == result.facts["largest_group"] == 0
