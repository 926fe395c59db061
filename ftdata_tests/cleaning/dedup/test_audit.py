"""The audit of a partition: clusters, pairs at the threshold, redacted texts."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.cleaning.clean import clean_partition
from ftdata.cleaning.dedup.audit import BORDER, CHARS, CLUSTERS, MEMBERS, audit_duplicates
from ftdata.cleaning.dedup.duplicates import EXACT, KEPT, NEAR, find_duplicates
from ftdata.cleaning.dedup.fingerprints import fingerprint
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_dedup import Dedup
from ftdata.settings_pii import Pii
from ftdata_tests.cleaning.raw import raw_table, turns

TEN = "one two three four five six seven eight nine ten"


def audit(texts, **options):
    chosen = Dedup(**options)
    prints = fingerprint(texts, chosen)
    ids = [f"r{row}" for row in range(len(texts))]
    return audit_duplicates(texts, ids, prints, find_duplicates(prints, chosen), chosen)


def test_clusters_come_largest_first_and_the_least_similar_texts_lead():
    found = audit(
        [
            "a short one",
            "a short one!",
            TEN,
            f"{TEN} eleven",
            TEN.upper(),
            "nine eight seven six five four three two one ten",
            TEN,
        ]
    )
    assert found.counts == (2, 3, 2, 0)
    assert [(c.id, c.rows, c.texts) for c in found.clusters] == [("r2", 4, 3), ("r0", 1, 1)]
    assert [(m.id, m.kind, m.rows) for m in found.clusters[0].members] == [
        ("r3", NEAR, 1),
        ("r5", NEAR, 1),
        ("r4", EXACT, 2),
    ]
    assert [m.pieces for m in found.clusters[1].members] == [()]
    assert found.clusters[0].members[0].pieces[-1] == ("own", "eleven")


def test_both_sides_of_the_threshold_are_shown():
    found = audit([f"{TEN} eleven twelve", f"{TEN} eleven a b", f"{TEN} eleven a"])
    ((kept,), (dropped,)) = found.kept, found.dropped
    assert (kept.id, kept.members[0].id, kept.members[0].kind) == ("r0", "r1", KEPT)
    assert (dropped.id, dropped.members[0].id) == ("r1", "r2")
    assert round(kept.members[0].similarity, 3) == 0.786
    assert round(dropped.members[0].similarity, 3) == 0.923
    assert found.near_misses == 1
    # From 0.75 on in hundredths: 11/14 = 0.786 and 12/13 = 0.923.
    assert [place for place, rows in enumerate(found.histogram) if rows] == [3, 17]
    assert len(found.histogram) == 25


@pytest.mark.parametrize(
    ("threshold", "texts", "place"),
    [
        (1.0, [TEN, "nine eight seven six five four three two one ten"], 10),
        (1.0, [TEN, f"{TEN} eleven"], 0),
        (0.9, ["one two three four five six seven eight nine", TEN], 10),  # right at it
        (0.5, ["one two three four five", TEN], 10),
    ],
)
def test_a_similarity_at_the_threshold_is_counted_above_it(threshold, texts, place):
    counts = audit(texts, threshold=threshold).histogram
    assert [at for at, rows in enumerate(counts) if rows] == [place]


def test_a_template_takes_one_place_among_the_pairs():
    cities = [f"write the weather report of city{n} for tomorrow, please" for n in range(30)]
    found = audit(cities, threshold=0.75)
    assert len(found.dropped) == 1
    assert found.clusters[0].texts == 29
    assert len(found.clusters[0].members) == MEMBERS
    found = audit(cities, threshold=0.85)
    assert found.near_misses == 29
    assert len(found.kept) == 1


def test_nothing_to_audit():
    for texts in ([], ["only one text of some words here"]):
        found = audit(texts)
        assert found.counts == (len(texts), 0, 0, 0)
        assert (found.clusters, found.dropped, found.kept) == ((), (), ())


def test_texts_are_redacted_before_they_are_cut_even_where_the_data_is_not():
    near = f"{TEN} and write to jane.doe@walkabout-gear.co"
    far = "x" * (CHARS - 11) + " jane.doe@walkabout-gear.co and more words to come here"
    raw = raw_table(
        turns(near, "yes"), turns(f"{near} now", "yes"), turns(far, "yes"), turns(far, "no")
    )
    result = clean_partition(raw, Cleaning(pii=Pii(enabled=False)))
    assert "jane.doe" in str(result.table.column("messages"))
    assert "jane" not in repr(result.shown["duplicates"])
    assert "[EMAIL]" in repr(result.shown["duplicates"])


def test_there_is_no_audit_where_duplicates_are_not_looked_for():
    raw = raw_table(turns(TEN, "yes"), turns(TEN, "yes"))
    assert "duplicates" not in clean_partition(raw, Cleaning(dedup=Dedup(enabled=False))).shown


PROMPTS = st.lists(
    st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=12).map(" ".join), max_size=15
)


@settings(deadline=None, max_examples=50)
@given(PROMPTS, st.randoms(use_true_random=False))
def test_the_audit_does_not_depend_on_the_order_of_rows(prompts, random):
    raw = raw_table(*(turns(prompt, "yes") for prompt in prompts))
    places = list(range(len(prompts)))
    random.shuffle(places)
    shuffled = raw.take(pa.array(places, pa.int64()))
    options = Cleaning(dedup=Dedup(threshold=0.7))
    assert clean_partition(shuffled, options).shown == clean_partition(raw, options).shown


@settings(deadline=None, max_examples=50)
@given(PROMPTS, st.sampled_from([0.5, 0.8, 1.0]))
def test_what_is_shown_keeps_its_limits_and_adds_up(prompts, threshold):
    found = audit(prompts, threshold=threshold, min_words=2)
    assert sum(found.counts) == len(prompts)
    assert len(found.clusters) == min(found.cluster_count, CLUSTERS)
    assert max(len(found.kept), len(found.dropped)) <= BORDER
    sizes = [cluster.rows for cluster in found.clusters]
    assert sizes == sorted(sizes, reverse=True)
    if found.cluster_count <= CLUSTERS:
        assert sum(sizes) == len(prompts) - found.counts[KEPT]
    for cluster in found.clusters:
        similarities = [member.similarity for member in cluster.members]
        assert similarities == sorted(similarities)
        assert len(cluster.members) == min(cluster.texts, MEMBERS)
        if cluster.texts <= MEMBERS:
            assert sum(member.rows for member in cluster.members) == cluster.rows
    assert all(pair.members[0].similarity >= threshold for pair in found.dropped)
    assert all(pair.members[0].similarity < threshold for pair in found.kept)
    assert sum(found.histogram) == found.near_misses + found.counts[NEAR]
