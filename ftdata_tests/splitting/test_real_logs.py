"""Groups and splits of the real logs: sizes as designed, and no tie across by brute force."""

from collections import Counter, defaultdict

import numpy as np
import pyarrow as pa
import pytest

from ftdata.settings_splits import Splits
from ftdata.splitting.groups import group_roots
from ftdata.splitting.links import link_examples
from ftdata.splitting.settle import SettleInput, settle_splits
from ftdata.splitting.split_partition import split_partition
from ftdata.text import same_key, words
from ftdata_tests.splitting.given import asked, augmented_table, dedup_of, link_table, steps
from ftdata_tests.splitting.real_logs import needs_logs, read_logs

pytestmark = needs_logs


@pytest.fixture(scope="module")
def logs():
    return read_logs()


@pytest.fixture(scope="module")
def settled(logs):
    inputs = []
    for key, rows in logs.items():
        table = augmented_table(rows, key)
        result = split_partition(table, key, Splits(), dedup_of(table))
        inputs.append(SettleInput(key, result.table, np.ones(len(rows), bool)))
    return settle_splits(reversed(inputs), Splits(), {})


@pytest.fixture(scope="module")
def kept(logs, settled):
    """Pairs of example and final split."""
    return [
        (example, split)
        for part in settled.partitions
        for example, stays, split in zip(logs[part.key], part.keep, part.split, strict=True)
        if stays
    ]


def test_there_is_no_giant_group(logs):
    table = link_table([example for rows in logs.values() for example in rows])
    sizes = Counter(group_roots(link_examples(table, 0.7)).tolist())
    assert 16_500 < table.num_rows < 16_900
    assert 10_600 < len(sizes) < 10_900
    assert 100 < max(sizes.values()) < 130


def test_few_are_dropped_and_the_ratios_hold(logs, settled, kept):
    total = sum(map(len, logs.values()))
    assert total - len(kept) == settled.drops.num_rows < total * 0.01
    shares = Counter(split for _, split in kept)
    assert shares["train"] / len(kept) == pytest.approx(0.8, abs=0.02)
    assert shares["validation"] / len(kept) == pytest.approx(0.1, abs=0.02)
    assert shares["test"] / len(kept) == pytest.approx(0.1, abs=0.02)


def test_rare_categories_reach_every_split(kept):
    sizes = Counter(example.category for example, _ in kept)
    rare = Counter(split for example, split in kept if sizes[example.category] <= 3)
    for split, ratio in (("validation", 0.1), ("test", 0.1)):
        assert rare[split] / rare.total() == pytest.approx(ratio, abs=0.05)


def test_no_conversation_and_no_long_turn_is_on_two_sides(kept):
    sides = defaultdict(set)
    for example, split in kept:
        sides[example.source, example.conversation_id].add(split)
        for turn in asked(example):
            if len(words(turn)) >= 8:
                sides[same_key(turn)].add(split)
    assert [key for key, found in sides.items() if len(found) > 1] == []


def test_no_conversation_begins_one_on_another_side(kept):
    said = [(tuple(steps(example)), split) for example, split in kept]
    whole = defaultdict(set)
    for conversation, split in said:
        whole[conversation].add(split)
    for conversation, split in said:
        for end in range(1, len(conversation) + 1):
            assert whole.get(conversation[:end], {split}) == {split}


def test_no_prompt_is_similar_to_one_on_another_side(kept):
    prompts = [sorted(set(words("\n".join(asked(example))))) for example, _ in kept]
    numbers = pa.array([word for prompt in prompts for word in prompt]).dictionary_encode()
    codes = numbers.indices.to_numpy()
    sizes = np.array([len(prompt) for prompt in prompts])
    owners = np.repeat(np.arange(sizes.size), sizes)
    order = np.argsort(codes, kind="stable")
    having = np.split(owners[order], np.cumsum(np.bincount(codes))[:-1])
    starts = np.cumsum(sizes) - sizes
    sides = np.array([split for _, split in kept])
    for row in np.flatnonzero((sides != "train") & (sizes >= 4)):
        own = codes[starts[row] : starts[row] + sizes[row]]
        common = np.bincount(np.concatenate([having[c] for c in own]), minlength=sizes.size)
        similar = (sizes >= 4) & (common >= 0.7 * (sizes + sizes[row] - common))
        assert set(sides[similar]) == {sides[row]}
