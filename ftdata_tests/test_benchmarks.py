"""The benchmark of duplicates: its texts, its truth and its scores, on inputs one can check."""

import json
import random
from itertools import islice

import numpy as np
import pytest

from ftdata.text import same_key, words
from ftdata_tests.benchmarks.duplicates_figures import at_least, at_most, flatten, line, stated
from ftdata_tests.benchmarks.duplicates_mixture import (
    COPIES,
    edited,
    level,
    mixture,
    real_texts,
    recombined,
    sentences,
)
from ftdata_tests.benchmarks.duplicates_truth import (
    Truth,
    brute_force,
    brute_force_differs,
    score,
    score_drops,
    true_pairs,
)
from ftdata_tests.benchmarks.neardup_truth import adjusted_rand_index, equal_recall_threshold

TEXT = " ".join(f"word{n}" for n in range(40))
VOCABULARY = [f"new{n}" for n in range(1_000)]
SETS = [
    frozenset(range(20)),
    frozenset(range(19)),  # 19 / 20 with the first
    frozenset(range(20)),  # equal to the first
    frozenset(range(17)),  # 17 / 20 with the first, exactly at the threshold
    frozenset(range(16)),  # 16 / 20 with the first, 16 / 17 with the fourth
    frozenset(range(4)),  # too small
    frozenset(range(4)),
]
WORD_SETS = [frozenset(f"w{n}" for n in numbers) for numbers in SETS]
PAIRS = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (3, 4)]


def jaccard(left, right):
    a, b = set(words(left)), set(words(right))
    return len(a & b) / len(a | b)


@pytest.fixture
def folder(tmp_path):
    """A data folder with one source of 300 different questions, and with truth files."""
    logs = tmp_path / "logs" / "web"
    logs.mkdir(parents=True)
    draw = random.Random(1)
    prompts = [
        " ".join(f"w{draw.randrange(2_000)}" for _ in range(draw.randrange(6, 15))) + "?"
        for _ in range(300)
    ]
    rows = [json.dumps({"prompt": prompt}) + "\n" for prompt in [*prompts, "too short", prompts[0]]]
    (logs / "2025-03-01.jsonl").write_text("".join(rows), encoding="utf-8")
    (tmp_path / "instructions").mkdir()
    task = {"instruction": "Say what is wrong with this sentence", "input": "it have no subject"}
    (tmp_path / "instructions" / "tasks.jsonl").write_text(json.dumps(task) + "\n", "utf-8")
    return tmp_path


def test_real_texts_are_distinct_and_long_enough(folder):
    texts = real_texts(folder)
    assert len(texts) == len({same_key(text) for text in texts}) == 301
    assert texts[-1] == "Say what is wrong with this sentence\nit have no subject"


def test_the_same_mixture_comes_from_the_same_folder(folder):
    first = list(mixture(folder, 1_000))
    assert first == list(mixture(folder, 1_000))
    assert len(first) == 1_000


def test_a_mixture_is_mostly_no_copies_and_a_third_have_one(folder):
    texts = list(mixture(folder, 1_000))
    truth = true_pairs([frozenset(words(text)) for text in texts])
    share = np.unique(truth.pairs).size / len(texts)
    assert 0.2 < share < 0.5
    assert len(truth.pairs) < COPIES * len(texts)


@pytest.mark.parametrize("wanted", [0.6, 0.75, 0.85, 0.95, 1.0])
def test_edits_bring_the_jaccard_to_the_level_wanted(wanted):
    draw = random.Random(2)
    for _ in range(50):
        assert jaccard(TEXT, edited(TEXT, wanted, VOCABULARY, draw)) == pytest.approx(
            wanted, abs=0.03
        )


def test_an_edit_below_one_changes_even_a_short_text():
    draw = random.Random(3)
    assert all(
        jaccard("one two three four five", edited("One, two three four five.", 0.97, ["six"], draw))
        < 1
        for _ in range(20)
    )


def test_levels_lie_from_06_to_1_and_half_of_them_near_085():
    draw = random.Random(4)
    levels = np.array([level(draw) for _ in range(4_000)])
    assert levels.min() >= 0.6
    assert levels.max() == 1
    assert 0.4 < ((levels > 0.77) & (levels < 0.93)).mean() < 0.75


def test_recombined_texts_are_whole_sentences_none_of_which_makes_up_most_of_them():
    texts = [" ".join(f"w{n}x{at}" for at in range(n)) + "." for n in range(3, 16)]
    texts += [text.replace("w", "ž") for text in texts]
    parts = sentences([" ".join(texts)])
    assert parts == texts
    for text in islice(recombined(parts, random.Random(5)), 100):
        chosen = [f"{part.strip()}." for part in text.split(".")[:-1]]
        assert 2 <= len(chosen) == len(set(chosen)) <= 3
        assert set(chosen) <= set(parts)
        assert max(len(part.split()) for part in chosen) <= 0.6 * len(text.split())
        assert len({part.isascii() for part in chosen}) == 1


def test_true_pairs_are_those_of_brute_force():
    truth = true_pairs(WORD_SETS)
    assert truth.pairs.tolist() == [list(pair) for pair in PAIRS]
    assert truth.pairs.tolist() == brute_force(WORD_SETS).tolist()
    assert truth.jaccard.tolist() == [0.95, 1, 0.85, 0.95, 17 / 19, 0.85, 16 / 17]
    assert truth.compared.tolist() == [True] * 5 + [False] * 2
    assert brute_force_differs(WORD_SETS, truth) == 0


def test_a_pair_too_many_or_too_few_shows_in_brute_force():
    truth = true_pairs(WORD_SETS)
    less = Truth(truth.pairs[1:], truth.jaccard[1:], truth.compared)
    assert brute_force_differs(WORD_SETS, less) == 1


def test_truth_is_stored_whole(tmp_path):
    truth = true_pairs(WORD_SETS)
    truth.save(tmp_path / "truth.npz")
    again = Truth.load(tmp_path / "truth.npz")
    assert again.pairs.tolist() == truth.pairs.tolist()
    assert again.compared.tolist() == truth.compared.tolist()


def test_pairs_are_scored_whatever_their_order_and_small_sets_count_for_nothing():
    truth = true_pairs(WORD_SETS)
    found = np.array([(1, 0), (0, 1), (2, 0), (0, 4), (5, 6), (3, 3)])
    scores = score(truth, found)
    assert scores["pairs"] == 3
    assert scores["recall"] == pytest.approx(2 / 7)
    assert scores["precision"] == pytest.approx(2 / 3)
    assert scores["recall 1.00"] == 1
    assert scores["recall 0.85 to 0.87"] == 0


def test_nothing_found_is_precise():
    scores = score(true_pairs(WORD_SETS), np.empty((0, 2), np.int64))
    assert (scores["recall"], scores["precision"]) == (0, 1)


def test_drops_are_right_where_they_repeat_and_what_stays_is_counted():
    truth = true_pairs(WORD_SETS)
    scores = score_drops(truth, np.array([(1, 0), (2, 0), (4, 0), (6, 5)]))
    assert scores["dropped"] == 4
    assert scores["precision"] == pytest.approx(2 / 3)
    assert scores["pairs left"] == 1  # (0, 3)
    assert scores["rows left share"] == pytest.approx(1 / 7)


@pytest.mark.parametrize(
    ("first", "second", "index"),
    [
        ([0, 0, 1, 1], [1, 1, 0, 0], 1.0),
        ([0, 0, 1, 1], [0, 0, 1, 2], 4 / 7),
        ([0, 0, 0, 0], [0, 1, 2, 3], 0.0),
        ([0, 0, 1, 1], [0, 1, 0, 1], -0.5),
        (["a", "a", "a"], ["b", "b", "b"], 1.0),
    ],
)
def test_adjusted_rand_index(first, second, index):
    assert adjusted_rand_index(first, second) == pytest.approx(index)
    assert adjusted_rand_index(second, first) == pytest.approx(index)


def test_equal_recall_is_the_highest_threshold_that_finds_as_many():
    similarity = np.array([0.2, 0.9, 0.5, 0.7])
    assert equal_recall_threshold(similarity, 2) == 0.7
    assert equal_recall_threshold(similarity, 4) == 0.2


def test_figures_tell_whether_they_meet_their_target():
    assert at_least("mixture", "recall", 0.999, 0.999).met
    assert at_most("mixture", "peak", 601, 600).met is False
    assert line(at_most("mixture", "peak", 601, 600)).endswith("601  <= 600       missed")
    assert stated("mixture", "pairs", 5).met is None
    assert line(stated("mixture", "recall", 0.99995)).endswith(" 0.99995")
    assert list(flatten({"a": {"b": 1, "c": "why"}})) == [("a b", 1.0), ("a c", "why")]
