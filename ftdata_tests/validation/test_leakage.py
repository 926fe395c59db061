"""Leaks are found, all of them and no others: against brute force over all pairs."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.tables import MESSAGE
from ftdata.text import same_key, words
from ftdata.validation.leakage import KINDS, Leak, find_leaks
from ftdata_tests.splitting.given import asked, chat, examples, ties
from ftdata_tests.splitting.real_logs import needs_logs, read_logs

SPLITS = ("train", "validation", "test")
LONG = "a b c d e f g h"


def table(drawn, splits):
    columns = {
        name: pa.array([getattr(e, name) for e in drawn], pa.string())
        for name in ("id", "source", "conversation_id", "parent_id")
    }
    messages = pa.array([e.messages() for e in drawn], pa.list_(MESSAGE))
    return pa.table({**columns, "split": pa.array(splits, pa.string()), "messages": messages})


def long_turns(example):
    return {same_key(turn) for turn in asked(example) if len(words(turn)) >= 8}


def brute(drawn, splits, threshold):
    counts = dict.fromkeys(KINDS, 0)
    for (a, left), (b, right) in combinations(zip(drawn, splits, strict=True), 2):
        if left != right:
            for kind in ties(a, b, threshold):
                counts[kind] += len(long_turns(a) & long_turns(b)) if kind == "turn" else 1
    return counts


@settings(deadline=None, max_examples=200)
@given(st.data(), st.sampled_from([0.5, 0.7, 0.9, 1.0]))
def test_the_counts_are_those_of_brute_force(data, threshold):
    drawn = data.draw(examples())
    splits = [data.draw(st.sampled_from(SPLITS)) for _ in drawn]
    found = find_leaks(table(drawn, splits), threshold, 1_000)
    assert found.counts == brute(drawn, splits, threshold)
    assert found.total == sum(found.counts.values())


@settings(deadline=None)
@given(st.data())
def test_samples_are_true_and_as_many_as_asked_for(data):
    drawn = data.draw(examples())
    splits = [data.draw(st.sampled_from(SPLITS)) for _ in drawn]
    limit = data.draw(st.integers(0, 5))
    found = find_leaks(table(drawn, splits), 0.7, limit)
    by_id = {e.id: (e, split) for e, split in zip(drawn, splits, strict=True)}
    assert len(found.samples) <= limit
    assert bool(found.samples) == bool(found.total and limit)
    for leak in found.samples:
        (a, left), (b, right) = by_id[leak.left], by_id[leak.right]
        assert left != right
        assert leak.kind in ties(a, b, 0.7)
        assert (leak.similarity is not None) == (leak.kind == "prompt")


PAIRS = {
    "conversation": (chat("a", "x", conversation_id="c"), chat("b", "y", conversation_id="c")),
    "derived": (chat("a", "x"), chat("b", "y", parent_id="a")),
    "prompt": (chat("a", "one two three four five six"), chat("b", "one two three four five")),
    "turn": (chat("a", LONG, "x", "p q r s t u v w"), chat("b", "1 2 3 4 5 6", "y", LONG)),
    "prefix": (chat("a", "hi", "Hello."), chat("b", "hi", "Hello", "bye")),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("other", ["validation", "test"])
def test_each_tie_is_a_leak_across_splits_and_none_within(kind, other):
    found = find_leaks(table(PAIRS[kind], ["train", other]), 0.7, 3)
    assert found.counts == {**dict.fromkeys(KINDS, 0), kind: 1}
    assert [(leak.left, leak.right, leak.kind) for leak in found.samples] == [("a", "b", kind)]
    assert find_leaks(table(PAIRS[kind], [other, other]), 0.7, 3).total == 0


def test_every_kind_has_its_samples_before_one_has_more():
    drawn, splits = [], []
    for kind, pair in PAIRS.items():
        for copy in range(3):
            for example, split in zip(pair, ("train", "test"), strict=True):
                own = {name: f"{name}{kind}{copy}" for name in "abc"}
                drawn.append(
                    replace(
                        example,
                        id=own[example.id],
                        conversation_id=kind + str(copy) + example.conversation_id,
                        parent_id=example.parent_id and own["a"],
                    )
                )
                splits.append(split)
    kinds = Counter(leak.kind for leak in find_leaks(table(drawn, splits), 0.7, 5).samples)
    assert kinds == dict.fromkeys(KINDS, 1)


def test_a_leak_reads_well():
    assert str(Leak("log_1", "log_7", "prompt", 0.824)) == "prompt 0.82: log_1, log_7"
    assert str(Leak("log_1", "log_7", "turn", None)) == "turn: log_1, log_7"


def test_no_examples_have_no_leaks():
    assert find_leaks(table([], []), 0.7, 3).total == 0


@needs_logs
def test_a_random_split_of_real_logs_leaks_as_brute_force_says():
    drawn = [example for rows in read_logs().values() for example in rows][::40]
    splits = [("train", "train", "train", "validation", "test")[at % 5] for at in range(len(drawn))]
    found = find_leaks(table(drawn, splits), 0.7, 5)
    assert found.counts == brute(drawn, splits, 0.7)
    assert found.counts["prompt"] > 0
