"""The judge itself: hits, doubles, targets and shares are counted as SCORING.md says."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata_tests.benchmarks.cleaning_truth import (
    Binary,
    Labelled,
    Score,
    matching,
    read_jsonl,
    read_labelled,
    score_places,
)

TEXT = "x" * 40


def score(true, claimed, entity="PHONE", target=None):
    labelled = Labelled(TEXT, tuple(true), target)
    return score_places([labelled], lambda text: list(claimed), ["PHONE", "EMAIL"]).of(entity)


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [
        ((0, 10, "PHONE"), Score(found=1, exact=1)),
        ((0, 5, "PHONE"), Score(found=1)),  # an IoU of .5 is enough
        ((0, 20, "PHONE"), Score(found=1)),
        ((0, 4, "PHONE"), Score(false=1, missed=1)),
        ((5, 15, "PHONE"), Score(false=1, missed=1)),  # half of each, a third of both
        ((10, 20, "PHONE"), Score(false=1, missed=1)),
        ((0, 10, "EMAIL"), Score(missed=1)),
        ((0, 10, "IP"), Score(missed=1)),  # a kind that is not asked about
    ],
)
def test_a_place_is_found_by_one_of_its_entity_that_shares_half_of_both(claimed, expected):
    assert score([(0, 10, "PHONE")], [claimed]) == expected


def test_another_entity_there_is_a_false_hit_of_its_own():
    assert score([(0, 10, "PHONE")], [(0, 10, "EMAIL")], "EMAIL") == Score(false=1)


def test_a_place_counts_once_however_often_it_is_claimed():
    twice = [(0, 10, "PHONE"), (0, 10, "PHONE")]
    assert score([(0, 10, "PHONE")], twice) == Score(found=1, false=1, exact=1)
    assert score(twice, [(0, 10, "PHONE")]) == Score(found=1, missed=1, exact=1)


def test_of_a_case_with_a_target_nothing_else_that_is_claimed_counts():
    claimed = [(0, 10, "PHONE"), (20, 30, "EMAIL")]
    assert score([(0, 10, "PHONE")], claimed, "EMAIL", target="PHONE") == Score()
    assert score([(0, 10, "PHONE")], claimed, "EMAIL") == Score(false=1)
    assert score([], claimed, "PHONE", target="PHONE") == Score(false=1)


def test_shares_of_a_score():
    three_of_four = Score(found=3, false=2, missed=1, exact=1)
    assert three_of_four.labelled == 4
    assert three_of_four.precision == pytest.approx(3 / 5)
    assert three_of_four.recall == pytest.approx(3 / 4)
    assert three_of_four.f1 == pytest.approx(2 / 3)
    assert three_of_four.exact_f1 == pytest.approx(2 / 9)
    assert (Score().precision, Score().recall, Score().f1, Score().exact_f1) == (0, 0, 0, 0)


def _place(start, length, entity):
    return (start, start + length, entity)


places = st.lists(
    st.builds(_place, st.integers(0, 30), st.integers(1, 10), st.sampled_from(["PHONE", "EMAIL"])),
    max_size=6,
)


@given(places, places)
def test_every_label_is_found_or_missed_and_every_claim_found_or_false(true, claimed):
    for entity in ("PHONE", "EMAIL"):
        counted = score(true, claimed, entity)
        assert counted.found + counted.missed == sum(place[2] == entity for place in true)
        assert counted.found + counted.false == sum(place[2] == entity for place in claimed)
        assert counted.exact <= counted.found


@given(places)
def test_the_truth_itself_is_found_whole(true):
    distinct = sorted(set(true))
    apart = [p for i, p in enumerate(distinct) if all(q[1] <= p[0] for q in distinct[:i])]
    for entity in ("PHONE", "EMAIL"):
        counted = score(apart, apart, entity)
        assert (counted.false, counted.missed) == (0, 0)
        assert counted.exact == counted.found


def test_shares_of_yes_and_no():
    told = Binary.of([True, True, True, False, False], [True, True, False, True, False])
    assert told.precision == pytest.approx(2 / 3)
    assert told.recall == pytest.approx(2 / 3)
    assert told.f1 == pytest.approx(2 / 3)
    assert told.false_alarms == pytest.approx(1 / 2)
    nothing = Binary.of([], [])
    assert (nothing.precision, nothing.recall, nothing.f1, nothing.false_alarms) == (0, 0, 0, 0)


def test_files_are_cut_at_newlines_alone_and_their_names_of_entities_are_ours(tmp_path):
    span = {"start": 0, "end": 3, "type": "US_SSN"}
    row = {"text": "a\u2028b\x85c", "spans": [span], "target": "US_SSN"}
    line = json.dumps(row, ensure_ascii=False).encode() + b"\n\n"
    plain, packed = tmp_path / "b.jsonl", tmp_path / "a.jsonl.gz"
    plain.write_bytes(line)
    packed.write_bytes(gzip.compress(line))
    assert read_jsonl(plain) == read_jsonl(packed) == [row]
    assert matching(tmp_path, "*.jsonl*") == [packed, plain]
    assert matching(tmp_path / "none", "*.jsonl*") == []
    expected = Labelled(row["text"], ((0, 3, "SSN"),), "SSN")
    assert read_labelled([plain, tmp_path / "none.jsonl"]) == [expected]
