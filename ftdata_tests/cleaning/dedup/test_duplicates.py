"""Duplicates against brute force, and the laws that make them safe to settle globally."""

import random
import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.cleaning.dedup.duplicates import (
    EXACT,
    KEPT,
    NEAR,
    drop_details,
    find_duplicates,
)
from ftdata.cleaning.dedup.fingerprints import fingerprint
from ftdata.settings_dedup import Dedup
from ftdata.text import same_key, words

OPTIONS = Dedup()
# Few words, so that equal and near texts are common.
TEXTS = st.lists(
    st.lists(st.sampled_from(list("abcdefghi")), max_size=9).map(" ".join), max_size=12
)


def find(texts, options=OPTIONS):
    return find_duplicates(fingerprint(texts, options), options)


def jaccard(first, second):
    a, b = set(words(first)), set(words(second))
    return len(a & b) / len(a | b)


def edited(text, count, rng):
    """The text with `count` of its words replaced by new ones."""
    found = text.split()
    for place in rng.sample(range(len(found)), count):
        found[place] = f"new{rng.randrange(10**9)}"
    return " ".join(found)


def made_texts(count, rng):
    return [
        " ".join(f"w{rng.randrange(5_000)}" for _ in range(rng.randrange(20, 60)))
        for _ in range(count)
    ]


@given(TEXTS, st.sampled_from([0.5, 0.85, 1.0]))
def test_no_text_is_merged_falsely(texts, threshold):
    options = Dedup(threshold=threshold, min_words=2)
    found = find(texts, options)
    for row in range(len(texts)):
        kept = found.canonical[row]
        if found.kind[row] == KEPT:
            assert (kept, found.similarity[row]) == (row, 1)
            continue
        assert kept < row
        assert found.kind[kept] == KEPT
        if found.kind[row] == EXACT:
            assert same_key(texts[kept]) == same_key(texts[row])
        else:
            assert found.similarity[row] == jaccard(texts[kept], texts[row]) >= threshold
            assert len(set(words(texts[row]))) >= 2


@given(TEXTS)
def test_exact_duplicates_are_those_of_brute_force(texts):
    kinds = find(texts, Dedup(threshold=1.0, min_words=1_000)).kind.tolist()
    keys = [same_key(text) for text in texts]
    assert kinds == [EXACT if key and key in keys[:row] else KEPT for row, key in enumerate(keys)]


def test_near_duplicates_are_those_of_brute_force():
    rng = random.Random(7)
    originals = made_texts(1_500, rng)
    copies = [edited(text, rng.randrange(1, 3), rng) for text in originals for _ in range(2)]
    texts = originals + copies
    near = [
        (i, j)
        for j in range(1_500, 4_500)
        for i in [(j - 1_500) // 2]
        if jaccard(texts[i], texts[j]) >= 0.85
    ]
    found = find(texts)
    hits = sum(found.canonical[j] == i for i, j in near)
    assert len(near) > 2_500
    assert hits >= 0.999 * len(near)
    assert np.count_nonzero(found.kind != KEPT) <= len(near)


def test_a_template_with_one_word_changed_is_compared_in_full():
    rng = random.Random(3)
    opening = "please tell me the present state of my parcel with the tracking code"
    texts = [f"{opening} x{i} y{i} z{i}" for i in range(600)]
    texts += [edited(texts[i], 1, rng) for i in range(600)]
    found = find(texts)
    brute = greedy(texts, 0.85)
    missed = [row for row in range(len(texts)) if brute[row] != found.canonical[row]]
    assert len(missed) <= 0.01 * len(texts)  # right at the threshold, 99.5 % of the pairs meet
    assert all(found.kind[row] == KEPT for row in missed)


def test_a_template_just_under_the_threshold_does_not_cost_the_square():
    texts = [f"please write the weather report for city{i} right now" for i in range(6_000)]
    started = time.process_time()
    assert find(texts).kept.all()  # each shares 8 of 10 words with every other
    assert time.process_time() - started < 5  # 18 million comparisons take longer


def greedy(texts, threshold):
    """For each text the earliest kept text that is similar, itself where there is none."""
    sets = [set(words(text)) for text in texts]
    canonical = []
    for row, mine in enumerate(sets):
        earlier = (
            i for i in range(row)
            if canonical[i] == i and len(mine & sets[i]) / len(mine | sets[i]) >= threshold
        )  # fmt: skip
        canonical.append(next(earlier, row))
    return canonical


def test_a_chain_of_edits_does_not_merge_its_ends():
    chain = [" ".join(f"w{i}" for i in range(start, start + 40)) for start in range(0, 30, 2)]
    found = find(chain)
    for row in range(len(chain)):
        assert jaccard(chain[row], chain[found.canonical[row]]) >= 0.85
    assert 1 < np.count_nonzero(found.kept) < len(chain)


def test_what_repeats_a_near_duplicate_points_to_the_row_that_stays():
    first = "one two three four five six seven eight nine ten"
    second = first + " eleven"
    found = find([first, second, second.upper()])
    assert found.canonical.tolist() == [0, 0, 0]
    assert found.kind.tolist() == [KEPT, NEAR, NEAR]
    assert found.similarity.tolist() == [1, 10 / 11, 10 / 11]
    assert drop_details(found, ["a", "b", "c"]) == {
        1: ("near_duplicate", "of a, similarity 0.91"),
        2: ("near_duplicate", "of a, similarity 0.91"),
    }


def test_short_and_empty_texts_are_only_compared_exactly():
    assert find(["", " ", "", "a b c d", "d c b a", "A b, c d"]).kind.tolist() == [
        KEPT, KEPT, KEPT, KEPT, KEPT, EXACT
    ]  # fmt: skip


def test_without_the_step_everything_stays():
    assert find(["same", "same"], Dedup(enabled=False)).kept.all()


@settings(deadline=None)
@given(TEXTS, st.integers(0, 12))
def test_later_rows_change_nothing_before_them(texts, count):
    options = Dedup(threshold=0.6, min_words=2)
    whole, part = find(texts, options), find(texts[:count], options)
    assert part.canonical.tolist() == whole.canonical[:count].tolist()


def test_later_rows_change_nothing_before_them_in_a_crowd():
    rng = random.Random(11)
    opening = "please tell me the present state of my parcel with the code"
    texts = [f"{opening} x{rng.randrange(400)} y{rng.randrange(40)}" for _ in range(900)]
    whole = find(texts)
    for count in (20, 63, 64, 200, 500):
        assert find(texts[:count]).canonical.tolist() == whole.canonical[:count].tolist()


@settings(deadline=None)
@given(TEXTS)
def test_what_stays_holds_no_duplicate(texts):
    options = Dedup(threshold=0.6, min_words=2)
    found = find(texts, options)
    kept = [text for text, stays in zip(texts, found.kept.tolist(), strict=True) if stays]
    assert find(kept, options).kept.all()
