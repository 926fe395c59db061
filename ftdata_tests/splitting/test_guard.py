"""No setting lets train or validation see the test set: by brute force over random settings."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ftdata_tests.splitting.given import chat, ties
from ftdata_tests.splitting.test_settle import FIRST, SECOND, SPLITS, outcome, partitions, settle

WORDS = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
NEAR = " ".join(WORDS), " ".join([*WORDS[:-1], "k"])  # word-set Jaccard 9/11

OPTIONS = st.fixed_dictionaries(
    {
        "leak_threshold": st.sampled_from([0.5, 0.7, 0.75, 0.9, 1.0]),
        "derived_in_validation": st.booleans(),
    }
)


def days(*rows_of_days):
    return [
        (key, [example for example, _ in rows], [split for _, split in rows], [True] * len(rows))
        for key, rows in zip((FIRST, SECOND), rows_of_days, strict=False)
    ]


def sides(drawn, settled):
    """(example, split) of what stays."""
    fates = outcome(drawn, settled)
    examples = [example for _, rows, _, _ in drawn for example in rows]
    return [(e, fates[e.id][0]) for e in examples if isinstance(fates[e.id], tuple)]


@given(partitions(), OPTIONS, st.data())
def test_nothing_tied_to_a_test_example_stands_elsewhere(drawn, options, data):
    ids = [example.id for _, rows, _, _ in drawn for example in rows]
    pinned = data.draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(SPLITS)) if ids
                       else st.just({}))  # fmt: skip
    settled = settle(drawn, pinned, **options)
    strictest = min(options["leak_threshold"], 0.7)
    for (left, a), (right, b) in combinations(sides(drawn, settled), 2):
        if a != b and "test" in (a, b):
            assert not ties(left, right, strictest)


@given(partitions(), st.sampled_from([0.75, 0.9, 1.0]))
def test_a_later_partition_changes_nothing_before_it(drawn, threshold):
    whole = outcome(drawn, settle(drawn, leak_threshold=threshold))
    before = outcome(drawn[:-1], settle(drawn[:-1], leak_threshold=threshold))
    side = {name: fate[0] if isinstance(fate, tuple) else fate for name, fate in whole.items()}
    for name, fate in before.items():
        assert side[name] == (fate[0] if isinstance(fate, tuple) else fate)


@given(partitions(), OPTIONS)
def test_every_row_stays_or_has_a_reason(drawn, options):
    fates = outcome(drawn, settle(drawn, **options))
    took_part = {
        example.id
        for _, rows, _, keep in drawn
        for example, takes in zip(rows, keep, strict=True)
        if takes
    }
    assert {name for name, fate in fates.items() if fate is not None} == took_part


def test_the_later_of_the_two_leaves_whichever_is_test():
    for first, second in (("train", "test"), ("test", "train"), ("test", "validation")):
        drawn = days([(chat("a", NEAR[0]), first)], [(chat("b", NEAR[1]), second)])
        settled = settle(drawn, leak_threshold=0.9)
        assert outcome(drawn, settled) == {"a": (first, "a"), "b": "too_close_to_test"}
        (drop,) = settled.drops.to_pylist()
        assert drop["detail"] == f"{second}, tied to a in {first}"


def test_train_and_validation_are_the_owners_choice():
    drawn = days([(chat("a", NEAR[0]), "train")], [(chat("b", NEAR[1]), "validation")])
    fates = outcome(drawn, settle(drawn, leak_threshold=0.9))
    assert fates == {"a": ("train", "a"), "b": ("validation", "b")}


def test_a_variant_leaves_with_its_parent():
    variant = chat("v", NEAR[1] + " l", parent_id="b")
    drawn = days(
        [(chat("a", NEAR[0]), "test")], [(chat("b", NEAR[1]), "train"), (variant, "train")]
    )
    fates = outcome(drawn, settle(drawn, leak_threshold=0.9))
    assert fates == {"a": ("test", "a"), "b": "too_close_to_test", "v": "parent_dropped"}
