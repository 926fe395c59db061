"""Settling over partitions: against a plain simulation, and by its laws."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.keys import PartitionKey
from ftdata.settings_splits import Splits
from ftdata.splitting.settle import SettleInput, settle_splits
from ftdata.tables import DROPS
from ftdata_tests.splitting.given import chat, examples, link_table, ties

SPLITS = ("train", "validation", "test")
FIRST, SECOND, THIRD = (PartitionKey(date=f"2025-03-0{n}", source="web") for n in (1, 2, 3))
LONG = "a b c d e f g h"


@st.composite
def partitions(draw):
    """Up to four partitions as (key, examples, splits, keep), in canonical order."""
    found = []
    for at in range(draw(st.integers(0, 4))):
        key = PartitionKey(date=f"2025-03-0{1 + at // 2}", source=("app", "web")[at % 2])
        drawn = [replace(e, source=key.source) for e in draw(examples(prefix=f"p{at}e", most=9))]
        before = [e.id for _, rows, _, _ in found for e in rows]
        if drawn and before and draw(st.integers(0, 3)) == 0:
            drawn[-1] = replace(drawn[-1], parent_id=draw(st.sampled_from(before)))
        splits = [draw(st.sampled_from(SPLITS)) for _ in drawn]
        keep = [draw(st.integers(0, 7)) > 0 for _ in drawn]
        found.append((key, drawn, splits, keep))
    return found


def settle(given_partitions, pinned=None, **options):
    inputs = [
        SettleInput(key, link_table(rows, splits), np.array(keep, bool))
        for key, rows, splits, keep in given_partitions
    ]
    return settle_splits(inputs, Splits(**options), pinned or {})


def outcome(given_partitions, settled):
    """Id → (split, group), or the drop reason, or None for what took no part."""
    rows = {key: drawn for key, drawn, _, _ in given_partitions}
    reasons = dict(
        zip(
            settled.drops["record_id"].to_pylist(), settled.drops["reason"].to_pylist(), strict=True
        )
    )
    return {
        example.id: (part.split[at], part.group_id[at])
        if part.keep[at]
        else reasons.get(example.id)
        for part in settled.partitions
        for at, example in enumerate(rows[part.key])
    }


def pinned_first(given_partitions, pinned):
    """The partitions without their pinned rows, and before them one of those."""
    whole = [
        (example, split, takes_part)
        for _, rows, splits, keep in given_partitions
        for example, split, takes_part in zip(rows, splits, keep, strict=True)
    ]
    found = [[row for row in whole if row[0].id in pinned]]
    for _, rows, _, _ in given_partitions:
        found.append([row for row in whole if row[0] in rows and row[0].id not in pinned])
    return [(None, *map(list, zip(*rows, strict=True))) for rows in found if rows]


def simulate(given_partitions, derived_in_validation, pinned=()):
    """The rule of the docstring, each newcomer compared with every example retained."""
    retained, label, side, fate = [], {}, {}, {}
    for _, rows, splits, keep in pinned_first(given_partitions, pinned):
        given_split = dict(zip((e.id for e in rows), splits, strict=True))
        here = []
        for new, takes_part in zip(rows, keep, strict=True):
            fate[new.id] = None
            if not takes_part:
                continue
            if new.parent_id is not None and new.parent_id not in {e.id for e in retained}:
                fate[new.id] = "parent_dropped"
                continue
            met = {label[old.id] for old in retained if ties(old, new, 0.7)}
            sides = {side[name] for name in met if name in side}
            sides |= {pinned[new.id]} if new.id in pinned else set()
            held_in = new.parent_id is not None and not derived_in_validation
            if len(sides) > 1:
                fate[new.id] = "bridges_splits"
            elif sides and sides != {"train"} and held_in:
                fate[new.id] = "derived_outside_train"
            else:
                order = [e.id for e in retained]
                name = min(met, key=order.index, default=new.id)
                label = {k: name if v in met else v for k, v in label.items()} | {new.id: name}
                if sides:
                    side[name] = sides.pop()
                retained.append(new)
                here.append(new)
        for example in here:
            if label[example.id] not in side:
                side[label[example.id]] = given_split[label[example.id]]
        for example in here:
            outside = side[label[example.id]] != "train" and example.parent_id is not None
            if outside and not derived_in_validation:
                retained.remove(example)
                fate[example.id] = "derived_outside_train"
    return fate | {e.id: (side[label[e.id]], label[e.id]) for e in retained}


@settings(deadline=None, max_examples=300)
@given(partitions(), st.booleans())
def test_it_is_the_rule_applied_pair_by_pair(drawn, derived):
    settled = settle(drawn, derived_in_validation=derived)
    assert outcome(drawn, settled) == simulate(drawn, derived)


@settings(deadline=None)
@given(partitions(), st.booleans())
def test_no_tie_crosses_the_splits(drawn, derived):
    fates = outcome(drawn, settle(drawn, derived_in_validation=derived))
    kept = [e for _, rows, _, _ in drawn for e in rows if isinstance(fates[e.id], tuple)]
    for at, a in enumerate(kept):
        for b in kept[:at]:
            if ties(a, b, 0.7):
                assert fates[a.id] == fates[b.id]


@settings(deadline=None)
@given(partitions(), st.booleans())
def test_later_partitions_change_nothing_before_them(drawn, derived):
    whole = settle(drawn, derived_in_validation=derived)
    for count in range(len(drawn)):
        part = settle(drawn[:count], derived_in_validation=derived)
        assert part.drops.to_pylist() == whole.drops.to_pylist()[: part.drops.num_rows]
        merged = {}
        for before, after in zip(part.partitions, whole.partitions, strict=False):
            assert before.keep.tolist() == after.keep.tolist()
            assert before.split.tolist() == after.split.tolist()
            for old, new in zip(before.group_id, after.group_id, strict=True):
                assert merged.setdefault(old, new) == new


@settings(deadline=None)
@given(st.data())
def test_the_order_in_which_partitions_come_does_not_matter(data):
    drawn = data.draw(partitions())
    moved = data.draw(st.permutations(drawn))
    left, right = settle(drawn), settle(moved)
    assert outcome(drawn, left) == outcome(moved, right)
    assert left.drops.equals(right.drops)
    assert left.facts == right.facts


@settings(deadline=None)
@given(partitions())
def test_every_row_is_kept_or_dropped_once(drawn):
    settled = settle(drawn)
    assert [part.key for part in settled.partitions] == [key for key, _, _, _ in drawn]
    took_part = sum(sum(keep) for _, _, _, keep in drawn)
    kept = sum(int(part.keep.sum()) for part in settled.partitions)
    assert took_part == kept + settled.drops.num_rows
    assert kept == sum(settled.facts[split] for split in SPLITS)
    assert settled.drops.schema == DROPS
    for part, (_, rows, _, keep) in zip(settled.partitions, drawn, strict=True):
        assert part.keep.size == part.split.size == part.group_id.size == len(rows)
        assert not (part.keep & ~np.array(keep, bool)).any()


def days(*given_days):
    """One partition a day: lists of (example, split)."""
    keys = (FIRST, SECOND, THIRD)
    return [
        (key, [e for e, _ in rows], [split for _, split in rows], [True] * len(rows))
        for key, rows in zip(keys, given_days, strict=False)
    ]


def test_a_newcomer_joins_the_side_of_what_it_is_tied_to():
    drawn = days([(chat("a", LONG), "validation")], [(chat("b", "x", "y", LONG), "train")])
    fates = outcome(drawn, settle(drawn))
    assert fates == {"a": ("validation", "a"), "b": ("validation", "a")}


def test_what_would_tie_two_sides_is_dropped_and_says_why():
    drawn = days(
        [(chat("a", LONG), "validation"), (chat("b", "hi", "Hello."), "train")],
        [(chat("c", "hi", "hello", LONG), "train"), (chat("d", "one two three four"), "test")],
        [(chat("e", "hi", "hello", "bye"), "test")],
    )
    settled = settle(drawn)
    fates = outcome(drawn, settled)
    assert fates["c"] == "bridges_splits"
    assert fates["e"] == ("train", "b")
    (drop,) = settled.drops.to_pylist()
    assert drop["stage"] == "dataset"
    assert drop["detail"] == "validation by turn with a, train by prefix with b"


def test_a_beginning_of_many_on_two_sides_is_told_the_same_each_time():
    begun = [(chat(f"e{n}", "hi", "Hello.", f"x{n}"), SPLITS[n // 10]) for n in range(30)]
    late = [(chat(name, "hi", "hello"), "train") for name in ("f", "g", "h")]
    drawn = days(begun, late[:1], late[1:])
    settled = settle(drawn)
    assert outcome(drawn, settled) == simulate(drawn, False)
    details = settled.drops.column("detail").to_pylist()
    assert details == ["train by prefix with e0, validation by prefix with e10"] * 3


def test_a_dropped_copy_does_not_break_the_ties_of_the_copies_around_it():
    prompt = "one two three four five"
    drawn = days(
        [(chat("a", prompt), "test"), (chat("x", LONG), "train")],
        [(chat("b", "x y", "z", LONG, "z", prompt, conversation_id="c_a"), "train")],
        [(chat("c", prompt), "train")],
    )
    fates = outcome(drawn, settle(drawn))
    assert fates["b"] == "bridges_splits"
    assert fates["c"] == ("test", "a")


def test_what_was_dropped_before_ties_nobody():
    (key, rows, splits, _), later = days(
        [(chat("a", LONG), "validation")], [(chat("b", LONG), "train")]
    )
    drawn = [(key, rows, splits, [False]), later]
    assert outcome(drawn, settle(drawn)) == {"a": None, "b": ("train", "b")}


def test_a_variant_goes_with_its_parent():
    drawn = days(
        [(chat("a", LONG), "validation"), (chat("b", "hi", "Hello."), "train")],
        [
            (chat("c", "hi", "hello", LONG), "train"),
            (chat("c1", "nothing in common", parent_id="c"), "train"),
            (chat("d", LONG), "train"),
            (chat("d1", "something else", parent_id="d"), "train"),
        ],
    )
    settled = settle(drawn)
    fates = outcome(drawn, settled)
    assert fates["c1"] == "parent_dropped"
    assert fates["d1"] == "derived_outside_train"
    assert {drop["record_id"]: drop["detail"] for drop in settled.drops.to_pylist()} == {
        "c": "validation by turn with a, train by prefix with b",
        "c1": "of c",
        "d1": "its group a is in validation",
    }


def test_a_variant_dropped_at_the_end_of_its_day_ties_nobody_later():
    drawn = days(
        [(chat("a", "hi"), "test"), (chat("a1", LONG, parent_id="a"), "test")],
        [(chat("b", "x", "y", LONG), "train")],
    )
    fates = outcome(drawn, settle(drawn))
    assert fates == {
        "a": ("test", "a"),
        "a1": "derived_outside_train",
        "b": ("train", "b"),
    }


def test_groups_of_one_side_merge_under_the_earliest_id():
    drawn = days(
        [(chat("a", LONG), "train")],
        [(chat("b", "hi", "Hello."), "train")],
        [(chat("c", "hi", "hello", LONG), "test")],
    )
    settled = settle(drawn)
    assert outcome(drawn, settled) == dict.fromkeys("abc", ("train", "a"))
    assert settled.facts == {
        "train": 3, "validation": 0, "test": 0, "groups": 1, "largest_group": 3,
    }  # fmt: skip


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_settle(count):
    settled = settle([(FIRST, [], [], [])] * count)
    assert len(settled.partitions) == count
    assert settled.drops.num_rows == settled.facts["groups"] == 0
