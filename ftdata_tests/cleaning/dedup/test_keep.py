"""What stays of a cluster: by preference, by completion, by meaning, and source by source."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.clean import clean_partition
from ftdata.cleaning.dedup.duplicates import EXACT, KEPT, NEAR, SEMANTIC, Meanings, find_duplicates
from ftdata.cleaning.dedup.fingerprints import fingerprint
from ftdata.cleaning.dedup.sources import compared_of_messages, find_duplicates_across
from ftdata.settings import Settings, dedup_of
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_dedup import Dedup
from ftdata.tables import from_rows
from ftdata_tests.cleaning.raw import raw_row, turns

ASKED = "How do I change the address of the order that I placed online last week?"
ASKED_TOO = "How do I change the address of the order that I placed online last month?"
OTHER = "What does it cost to rent a tent for three nights in the summer?"


def table(*rows):
    """Conversations of a prompt, a completion and a rating, in this order."""
    return from_rows(
        "raw_logs",
        [
            raw_row(place, turns(prompt, completion), ratings=[rating])
            for place, (prompt, completion, rating) in enumerate(rows)
        ],
    )


def kept(raw, **options):
    result = clean_partition(raw, Cleaning(dedup=Dedup(**options)))
    details = result.drops.column("detail").to_pylist()
    return result.table.column("id").to_pylist(), details


RAW = table(
    (ASKED, "In your account.", 2.0),
    (ASKED_TOO, "In your account, below orders: choose the order, then its address.", None),
    (ASKED, "Write to us.", 5.0),
    (OTHER, "40 a night.", None),
    (ASKED, "write to us", 4.0),
)


@pytest.mark.parametrize(
    ("keep", "stays", "canonical"),
    [
        ("earliest", ["log_0", "log_3"], "log_0"),
        ("best_rated", ["log_2", "log_3"], "log_2"),
        ("longest", ["log_1", "log_3"], "log_1"),
    ],
)
def test_the_preferred_row_of_a_cluster_stays(keep, stays, canonical):
    found, details = kept(RAW, keep=keep)
    assert found == stays
    assert all(detail.startswith(f"of {canonical}, ") for detail in details)


def test_the_best_distinct_completions_stay():
    # `Write to us.` was said twice, and the better rated of the two counts.
    assert kept(RAW, keep="distinct_completions", keep_completions=2)[0] == [
        "log_0", "log_2", "log_3"
    ]  # fmt: skip
    assert kept(RAW, keep="distinct_completions", keep_completions=9)[0] == [
        "log_0", "log_1", "log_2", "log_3"
    ]  # fmt: skip
    assert kept(RAW, keep="distinct_completions", keep_completions=1) == kept(
        RAW, keep="best_rated"
    )


WORDS = st.lists(st.sampled_from(list("abcdef")), min_size=1, max_size=6).map(" ".join)


@given(
    st.lists(st.tuples(WORDS, WORDS, st.sampled_from([None, 1.0, 5.0])), min_size=1, max_size=9),
    st.sampled_from(["earliest", "best_rated", "longest", "distinct_completions"]),
    st.randoms(use_true_random=False),
)
def test_what_stays_does_not_depend_on_the_order_of_the_rows(rows, keep, rng):
    raw = table(*rows)
    shuffled = list(range(len(rows)))
    rng.shuffle(shuffled)
    options = {"keep": keep, "threshold": 0.6, "min_words": 2, "keep_completions": 2}
    assert kept(raw, **options) == kept(raw.take(pa.array(shuffled)), **options)


def test_shingles_of_several_words_tell_the_order_of_words():
    prompts = [f"{a} {b} w1 w2 w3 w4 w5 w6 w7 w8" for a, b in (("x", "y"), ("y", "x"))]
    raw = table(*((prompt, "Yes.", None) for prompt in prompts))
    assert kept(raw)[0] == ["log_0"]
    assert kept(raw, shingle_size=3)[0] == ["log_0", "log_1"]
    assert kept(raw, shingle="character", shingle_size=4, threshold=0.5)[0] == ["log_0"]


def test_texts_that_mean_the_same_are_dropped_after_those_that_read_the_same():
    texts = [ASKED, OTHER, ASKED_TOO, OTHER.upper(), "a b"]
    asked: list[list[int]] = []

    def embed(rows):
        asked.append(rows.tolist())
        return np.array([[3, 4]] * len(rows), np.int8)

    prints = fingerprint(texts, Dedup())
    found = find_duplicates(prints, Dedup(), meanings=Meanings(embed, 0.9))
    assert asked == [[0, 1]]
    assert found.kind.tolist() == [KEPT, SEMANTIC, NEAR, EXACT, KEPT]
    assert found.canonical.tolist() == [0, 0, 0, 0, 4]


def across(settings, *rows):
    """Kinds of the duplicates among rows of a source, a prompt and a completion."""
    raw = table(*((prompt, completion, None) for _, prompt, completion in rows))
    sources = pa.chunked_array([[source for source, _, _ in rows]])
    compared = compared_of_messages(raw.column("messages"), sources, settings, None)
    return find_duplicates_across(compared, sources, settings).kind.tolist()


def test_sources_follow_their_own_options():
    rows = [("a", ASKED, "1"), ("b", ASKED_TOO, "2"), ("a", ASKED_TOO, "3"), ("b", ASKED, "4")]
    assert across(Settings(), *rows) == [KEPT, NEAR, NEAR, EXACT]
    strict = Settings(sources={"b": {"dedup": {"threshold": 1}}})
    assert across(strict, *rows) == [KEPT, KEPT, EXACT, EXACT]
    apart = Settings(sources={"b": {"dedup": {"shingle_size": 5}}})
    assert across(apart, *rows) == [KEPT, KEPT, NEAR, KEPT]
    without = Settings(sources={"b": {"dedup": {"enabled": False}}})
    assert across(without, *rows) == [KEPT, KEPT, NEAR, KEPT]
    several = Settings(sources={"b": {"dedup": {"keep": "distinct_completions"}}})
    assert across(several, *rows) == [KEPT, KEPT, NEAR, KEPT]


def test_a_source_takes_what_it_does_not_name_from_cleaning():
    settings = Settings(
        cleaning={"dedup": {"threshold": 0.7, "key": "example"}},
        sources={"a": {"dedup": {"threshold": 0.9}}},
    )
    assert dedup_of(settings, "a") == Dedup(threshold=0.9, key="example")
    assert dedup_of(settings, "b") == settings.cleaning.dedup
