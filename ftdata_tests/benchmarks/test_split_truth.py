"""The judge itself: it counts the ties that all pairs have, so that its zeros mean something."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata_tests.benchmarks.split_truth import KINDS, read_example, ties_across
from ftdata_tests.splitting.given import examples, ties


def read(example, split):
    return read_example(
        {
            "id": example.id,
            "split": split,
            "source": example.source,
            "conversation_id": example.conversation_id,
            "parent_id": example.parent_id,
            "record_ids": [],
            "messages": example.messages(),
        }
    )


@settings(deadline=None)
@given(st.data())
def test_every_tie_across_the_sides_is_counted(data):
    drawn = data.draw(examples())
    sides = {e.id: data.draw(st.sampled_from(["train", "validation", "test"])) for e in drawn}
    expected = dict.fromkeys(KINDS, 0)
    for a, b in combinations(drawn, 2):
        if sides[a.id] != sides[b.id]:
            for kind in ties(a, b, 0.7) - {"turn"}:
                expected[kind] += 1
            expected["turn"] += shared_turns(a, b)
    assert ties_across([read(e, sides[e.id]) for e in drawn]) == expected


def shared_turns(a, b):
    """A pair counts once for each long turn that both have."""
    left, right = (set(read(e, "").asked) for e in (a, b))
    return sum(len(turn) >= 8 for turn in left & right)
