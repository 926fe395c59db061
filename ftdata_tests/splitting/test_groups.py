"""Groups: connected by the ties, against brute force over all pairs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.splitting.groups import group_roots, split_facts
from ftdata.splitting.links import link_examples
from ftdata_tests.splitting.given import Example, chat, components, examples, link_table

LONG_TURN = "a b c d e f g h"


def groups(drawn, threshold=0.7):
    roots = group_roots(link_examples(link_table(drawn), threshold)).tolist()
    return {
        drawn[root].id: {e.id for e, own in zip(drawn, roots, strict=True) if own == root}
        for root in roots
    }


@settings(deadline=None)
@given(examples(), st.sampled_from([0.5, 0.7, 0.9, 1.0]))
def test_groups_are_the_connected_examples(drawn, threshold):
    found = groups(drawn, threshold)
    expected = components(drawn, threshold)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, expected))


@settings(deadline=None)
@given(examples())
def test_the_root_is_the_earliest_member(drawn):
    place = {e.id: at for at, e in enumerate(drawn)}
    for root, members in groups(drawn).items():
        assert place[root] == min(place[name] for name in members)


@settings(deadline=None)
@given(st.data())
def test_groups_do_not_depend_on_the_order(data):
    drawn = data.draw(examples())
    moved = data.draw(st.permutations(drawn))
    assert sorted(map(sorted, groups(drawn).values())) == sorted(
        map(sorted, groups(moved).values())
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (chat("a", "x", conversation_id="c"), chat("b", "y", conversation_id="c")),
        (chat("a", "x"), chat("b", "y", parent_id="a")),
        (chat("a", "one two three four"), chat("b", "One, two: four three!")),
        (chat("a", LONG_TURN, "x", "p q r s t u v w"), chat("b", "1 2 3 4 5 6", "y", LONG_TURN)),
        (chat("a", "hi", "Hello."), chat("b", "hi", "Hello", "bye")),
    ],
    ids=["conversation", "derived", "prompt", "turn", "prefix"],
)
def test_each_tie_makes_a_group(left, right):
    assert groups([left, right]) == {"a": {"a", "b"}}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (chat("a", "x", conversation_id="c"), chat("b", "y", conversation_id="c", source="app")),
        (chat("a", "x", parent_id="p"), chat("b", "y", parent_id="p")),
        (chat("a", "one two three"), chat("b", "three two one")),
        (chat("a", "hi", "Hello.", "x"), chat("b", "hi", "Hello.", "y")),
        (Example("a", (), conversation_id="a"), chat("b", "hi")),
        (Example("a", (), conversation_id="a"), Example("b", (), conversation_id="b")),
    ],
    ids=["other_source", "absent_parent", "three_words", "same_beginning", "empty", "both_empty"],
)
def test_no_tie_makes_no_group(left, right):
    assert groups([left, right]) == {"a": {"a"}, "b": {"b"}}


def test_facts_count_splits_and_groups():
    facts = split_facts(["train", "train", "test"], ["g", "g", "h"])
    assert facts == {"train": 2, "validation": 0, "test": 1, "groups": 2, "largest_group": 2}
