"""Splits that an earlier version gives: they win, and nothing leaks for it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata_tests.splitting.given import chat, ties
from ftdata_tests.splitting.test_settle import (
    LONG,
    SPLITS,
    days,
    outcome,
    partitions,
    settle,
    simulate,
)

NEAR = ("one two three four five six", "one two three four five seven")


@st.composite
def pinned_partitions(draw):
    """Partitions, and splits of any of their examples as a hand-made version might hold them."""
    drawn = draw(partitions())
    ids = [example.id for _, rows, _, _ in drawn for example in rows]
    chosen = draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    return drawn, {name: draw(st.sampled_from(SPLITS)) for name in chosen}


def version_of(drawn, settled):
    """What a dataset version holds: the split of every example kept."""
    fates = outcome(drawn, settled)
    return {name: fate[0] for name, fate in fates.items() if isinstance(fate, tuple)}


@settings(deadline=None, max_examples=60)
@given(pinned_partitions(), st.booleans())
def test_it_is_the_rule_applied_pair_by_pair(given_pins, derived):
    drawn, pinned = given_pins
    settled = settle(drawn, pinned, derived_in_validation=derived)
    assert outcome(drawn, settled) == simulate(drawn, derived, pinned)


@settings(deadline=None, max_examples=60)
@given(pinned_partitions(), st.booleans())
def test_no_tie_crosses_the_splits(given_pins, derived):
    drawn, pinned = given_pins
    fates = outcome(drawn, settle(drawn, pinned, derived_in_validation=derived))
    kept = [e for _, rows, _, _ in drawn for e in rows if isinstance(fates[e.id], tuple)]
    for at, a in enumerate(kept):
        for b in kept[:at]:
            if ties(a, b, 0.7):
                assert fates[a.id] == fates[b.id]


@settings(deadline=None, max_examples=60)
@given(st.data(), st.booleans())
def test_a_pinned_version_stays_as_it_is_whatever_is_added_around_it(data, derived):
    drawn = data.draw(partitions())
    built = [part for part in drawn if data.draw(st.booleans())]
    version = version_of(built, settle(built, derived_in_validation=derived))
    grown = version_of(drawn, settle(drawn, version, derived_in_validation=derived))
    assert {name: grown.get(name) for name in version} == version


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_pinned_version_stays_as_it_is_when_others_are_taken_away(data):
    drawn = data.draw(partitions())
    version = version_of(drawn, settle(drawn))
    left = [part for part in drawn if data.draw(st.booleans())]
    after = outcome(left, settle(left, version))
    for _, rows, _, _ in left:
        for example in rows:
            if example.id in version:
                fate = after[example.id]
                assert fate == "parent_dropped" or fate[0] == version[example.id]
                assert fate != "parent_dropped" or example.parent_id is not None


@settings(deadline=None, max_examples=60)
@given(partitions(), st.booleans())
def test_the_newest_version_of_the_same_data_gives_the_same_splits(drawn, derived):
    without = settle(drawn, derived_in_validation=derived)
    version = version_of(drawn, without)
    pinned = settle(drawn, version, derived_in_validation=derived)
    again = version_of(drawn, pinned)
    assert {name: again.get(name) for name in version} == version
    if derived:
        # Else one may come back that met a variant which then had to go.
        assert outcome(drawn, pinned).keys() == outcome(drawn, without).keys()
        assert again == version
        assert pinned.facts == without.facts


@settings(deadline=None, max_examples=60)
@given(partitions())
def test_a_pin_of_other_examples_changes_nothing(drawn):
    without, pinned = settle(drawn), settle(drawn, {"elsewhere": "test"})
    assert outcome(drawn, pinned) == outcome(drawn, without)
    assert pinned.drops.equals(without.drops)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_the_order_in_which_partitions_come_does_not_matter(data):
    drawn, pinned = data.draw(pinned_partitions())
    moved = data.draw(st.permutations(drawn))
    left, right = settle(drawn, pinned), settle(moved, pinned)
    assert outcome(drawn, left) == outcome(moved, right)
    assert left.drops.equals(right.drops)
    assert left.facts == right.facts


def test_an_earlier_newcomer_joins_the_pinned_side():
    drawn = days([(chat("late", LONG), "train")], [(chat("a", LONG), "validation")])
    assert outcome(drawn, settle(drawn)) == dict.fromkeys(("late", "a"), ("train", "late"))
    fates = outcome(drawn, settle(drawn, {"a": "validation"}))
    assert fates == dict.fromkeys(("late", "a"), ("validation", "a"))


def test_an_earlier_newcomer_that_would_tie_two_pinned_sides_is_dropped():
    drawn = days(
        [(chat("late", "hi", "Hello.", LONG), "train")],
        [(chat("a", LONG), "validation"), (chat("b", "hi", "hello"), "test")],
    )
    settled = settle(drawn, {"a": "validation", "b": "test"})
    fates = outcome(drawn, settled)
    assert fates == {"late": "bridges_splits", "a": ("validation", "a"), "b": ("test", "b")}
    (drop,) = settled.drops.to_pylist()
    assert drop["detail"] == "validation by turn with a, test by prefix with b"


def test_of_two_pinned_that_a_lower_threshold_ties_the_later_is_dropped():
    drawn = days([(chat("a", NEAR[0]), "train")], [(chat("b", NEAR[1]), "validation")])
    pinned = {"a": "train", "b": "validation"}
    assert outcome(drawn, settle(drawn, pinned, leak_threshold=0.8)) == {
        "a": ("train", "a"),
        "b": ("validation", "b"),
    }
    settled = settle(drawn, pinned, leak_threshold=0.7)
    assert outcome(drawn, settled) == {"a": ("train", "a"), "b": "bridges_splits"}
    (drop,) = settled.drops.to_pylist()
    assert drop["detail"] == "pinned to validation, train by prompt with a"


@pytest.mark.parametrize(
    ("derived", "fate"), [(True, ("validation", "a")), (False, "derived_outside_train")]
)
def test_a_pinned_variant_outside_train_follows_the_setting_of_now(derived, fate):
    drawn = days([(chat("a", LONG), "train"), (chat("a1", "other", parent_id="a"), "train")])
    pinned = {"a": "validation", "a1": "validation"}
    settled = settle(drawn, pinned, derived_in_validation=derived)
    assert outcome(drawn, settled) == {"a": ("validation", "a"), "a1": fate}
    details = settled.drops.column("detail").to_pylist()
    assert details == ([] if derived else ["its group a is in validation"])
