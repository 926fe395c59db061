"""The statistics of a version against what is counted by hand, whatever the order of its rows."""

from __future__ import annotations

import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from upath import UPath

from ftdata.errors import StorageError
from ftdata.reporting.examine import examine
from ftdata.reporting.statistics import MEASURES, PARTS, as_json
from ftdata_tests.reporting.given import chat, examined, example, manifest, say, sound

AWKWARD = ("", "  ", "?!", "Straße – ça va?", "one\u2028two", "日本語のテキスト", "🏳️‍🌈", "a\x00b")


def test_lengths_are_those_of_prompt_completion_and_whole():
    messages = [say("system", "Be brief."), *chat("Où est-ce ?", "Here."), *chat("And?", "There!")]
    found = examined([example(0, split="train", messages=messages, tokens=70, trained_tokens=9)])
    lengths = {what: own.max for what, own in found.parts["train"].lengths.items()}
    assert lengths == {
        "prompt_characters": 15, "prompt_words": 4, "prompt_tokens": 61,
        "completion_characters": 11, "completion_words": 2, "completion_tokens": 9,
        "whole_characters": 35, "whole_words": 8, "whole_tokens": 70,
    }  # fmt: skip
    assert [one.value for one in found.parts["train"].turns.top] == ["2"]


def test_what_is_not_trained_on_is_no_completion():
    messages = [*chat("one", "two three"), say("user", "four"), say("assistant", "five", weight=0)]
    messages.append(say("tool", "six"))
    messages.append(say("assistant", None))
    lengths = examined([example(0, messages=messages)]).parts["all"].lengths
    assert lengths["completion_words"].max == 2
    assert lengths["whole_words"].max == 6


def test_texts_are_the_same_where_their_words_are():
    pairs = [("Where is it?", "Here."), ("where is IT", "here"), ("Where?", "Here is it")]
    rows = [example(at, messages=chat(*pair)) for at, pair in enumerate(pairs)]
    unique = examined(rows).parts["all"].uniqueness
    assert {what: (own.distinct, own.total) for what, own in unique.items()} == {
        "prompts": (2, 3), "completions": (2, 3),
        "prompt_openings": (2, 3), "completion_openings": (2, 3),
    }  # fmt: skip


def test_turns_in_another_order_make_another_prompt():
    forth, back = [*chat("one", "x"), *chat("two", "x")], [*chat("two", "x"), *chat("one", "x")]
    rows = [example(at, messages=messages) for at, messages in enumerate((forth, back, forth))]
    assert examined(rows).parts["all"].uniqueness["prompts"].distinct == 2


def test_pairs_are_counted_and_in_no_other_number():
    rows = sound(20)
    pairs = [example(at, id=f"pair-{at}", rejected="worse", split="train") for at in range(5)]
    alone, both = examined(rows), examined([*pairs, *rows])
    assert (both.parts["all"].pairs, both.parts["train"].pairs, alone.parts["all"].pairs) == (
        5,
        5,
        0,
    )
    told = [as_json(one) for one in (alone, both)]
    for one in told:
        for part in one["parts"].values():
            del part["pairs"]
    assert told[0] == told[1]


def test_tags_are_counted_whatever_their_names():
    rows = [
        example(0, tags={"category": "tents", "flags": "markup,truncated"}),
        example(1, tags={"category": "tents", "tone": "polite"}),
        example(2, tags={"flags": "markup"}),
        example(3, tags={"category": "boats"}),
    ]
    tags = examined(rows).parts["all"].tags
    assert {name: {one.value: one.count for one in own.top} for name, own in tags.items()} == {
        "category": {"tents": 2, "boats": 1},
        "flags": {"markup": 2, "truncated": 1},
        "tone": {"polite": 1},
    }
    assert (tags["category"].total, tags["category"].distinct) == (3, 2)
    assert tags["category"].rarest.value == "boats"


def test_negatives_are_what_refuses_or_is_out_of_scope():
    tags = [{"refusal": "decline"}, {"negative": "injection"}, {"instruction_kind": "out_of_scope"}]
    tags += [{"refusal": "decline", "negative": "injection"}, {"instruction_kind": "how_to"}, {}]
    rows = [example(at, tags=own) for at, own in enumerate(tags)]
    assert examined(rows).parts["all"].negatives.count == 4


def test_periods_tell_of_each_date():
    rows = [
        example(0, date="2025-03-01", split="train", tokens=80),
        example(1, date="2025-03-01", split="test", parent_id="id-0", tokens=70),
        example(2, date="2025-03-04", source="app", split="train", tags={"category": "boats"}),
    ]
    drops = [("cleaned", "short", "2025-03-02"), ("dataset", "duplicate", None)]
    redactions = {"2025-03-01": {"EMAIL": 2}, "2025-03-04": {"EMAIL": 1, "PHONE": 3}}
    found = examined(rows, drops, redactions)
    first, second, third = found.periods
    assert [first.date, second.date, third.date] == ["2025-03-01", "2025-03-02", "2025-03-04"]
    assert (first.splits, first.derived, first.tokens) == ({"train": 1, "test": 1}, 1, 150)
    assert (second.splits, second.dropped, second.prompt_words) == ({}, 1, 0)
    assert (third.sources, third.categories, third.redactions["PHONE"]) == (
        {"app": 1}, {"boats": 1}, 3,
    )  # fmt: skip
    assert found.redactions == {"EMAIL": 3, "PHONE": 3}


def test_drops_are_told_with_their_share():
    drops = [("dataset", "duplicate", "2025-03-01"), ("raw_logs", "error", None)]
    drops += [("raw_logs", "empty", "2025-03-01")] * 3
    found = examined(sound(3), drops, raw_logs=8, dataset=4).drops
    assert [(drop.stage, drop.reason, drop.rows, drop.share) for drop in found] == [
        ("raw_logs", "empty", 3, 0.375),
        ("raw_logs", "error", 1, 0.125),
        ("dataset", "duplicate", 1, 0.25),
    ]


def test_a_smaller_sample_changes_what_is_computed_on_it_alone():
    whole, some = examined(sound()), examined(sound(), sample=30)
    assert (some.parts["all"].vocabulary.examples, some.parts["all"].vocabulary.of) == (30, 120)
    assert sum(some.parts[split].vocabulary.examples for split in PARTS[1:]) == 30
    assert some.parts["all"].structures.total == 30
    for measure in MEASURES:
        assert some.parts["train"].lengths[measure] == whole.parts["train"].lengths[measure]
    assert some.parts["all"].openings == whole.parts["all"].openings


def test_validation_and_newest_partitions_are_compared():
    rows = [*sound(40), *(example(at, id=f"app-{at}", source="app") for at in range(6))]
    names = [(one.kind, one.new, one.reference) for one in examined(rows).comparisons]
    assert names == [
        ("splits", "validation", "train"),
        ("partition", "2025-03-03|app", "app before"),
        ("partition", "2025-03-03|web", "web before"),
    ]


def test_what_is_not_there_says_what_to_do(tmp_path):
    with pytest.raises(StorageError, match=r"examples\.parquet: .*build the dataset again"):
        examine(UPath(tmp_path), manifest(), {}, 100)


def test_a_version_of_which_the_sides_alone_are_left_has_no_statistics(tmp_path):
    table = pa.table({"id": ["id-0"], "split": ["train"]})
    pq.write_table(table, tmp_path / "examples.parquet")
    with pytest.raises(StorageError, match="build the dataset again"):
        examine(UPath(tmp_path), manifest(), {}, 100)


def test_nothing_but_pairs_has_statistics():
    found = examined([example(0, rejected="worse")])
    assert (found.parts["all"].examples, found.parts["all"].pairs) == (0, 1)
    assert found.parts["all"].lengths["prompt_words"].histogram.counts == ()


texts = st.sampled_from(AWKWARD) | st.text(max_size=30)
rows_of = st.lists(
    st.builds(
        lambda at, prompt, reply, split: (at, split, chat(prompt, reply)),
        st.integers(0, 400), texts, texts, st.sampled_from(PARTS[1:]),
    ),
    min_size=1, max_size=12, unique_by=lambda row: row[0],
)  # fmt: skip


@settings(max_examples=15)
@given(rows_of, st.randoms(use_true_random=False), st.integers(1, 12))
def test_statistics_add_up_and_do_not_depend_on_the_order_of_rows(drawn, dice, sample):
    rows = [example(at, split=split, messages=messages) for at, split, messages in drawn]
    found = examined(rows, sample=sample)
    shuffled = random.Random(dice.random()).sample(rows, len(rows))
    assert examined(shuffled, sample=sample) == found
    parts = found.parts
    for name in ("examples", "tokens", "trained_tokens"):
        total = sum(getattr(parts[split], name) for split in PARTS[1:])
        assert getattr(parts["all"], name) == total
    for measure in MEASURES:
        assert sum(parts["all"].lengths[measure].histogram.counts) == len(rows)
    assert sum(sum(period.splits.values()) for period in found.periods) == len(rows)
