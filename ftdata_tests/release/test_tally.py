"""Counts over the kept examples."""

from __future__ import annotations

from ftdata import tables
from ftdata.release.examples import COLUMNS
from ftdata.release.tally import Tally, by_split
from ftdata_tests.release.given import APP_2, WEB_1, chat, row


def tally_of(*parts: list[dict[str, object]]) -> Tally:
    tally = Tally()
    for rows in parts:
        tally.add(tables.from_rows("validated_splits", rows).select(COLUMNS))
    return tally


def test_a_group_in_two_partitions_counts_once() -> None:
    first = [row(WEB_1, i, chat("q", "a"), group_id="g") for i in range(2)]
    second = [row(APP_2, 0, chat("q", "a"), group_id="g"), row(APP_2, 1, chat("r", "b"))]
    tally = tally_of(first, [], second)
    assert tally.splits()["train"] == {
        "examples": 4,
        "tokens": 40,
        "trained_tokens": 16,
        "groups": 2,
        "pairs": 0,
    }
    assert tally.splits()["test"]["groups"] == 0
    assert tally.dates == ("2025-03-01", "2025-03-02")


def test_lengths_are_those_of_real_examples() -> None:
    rows = [row(WEB_1, i, chat("q", "a"), tokens=tokens) for i, tokens in enumerate((5, 9, 70, 8))]
    assert tally_of(rows).lengths() == {"median": 9, "p95": 70, "longest": 70}
    assert Tally().lengths() is None


def test_pairs_are_counted_by_themselves_and_by_provenance() -> None:
    pair = {"rejected": "b", "provenance": "preferences/rules", "tags": [("pair", "log")]}
    rows = [row(WEB_1, 0, chat("q", "a")), row(WEB_1, 1, chat("q", "a"), **pair)]
    tally = tally_of(rows, [row(APP_2, 0, chat("q", "a"), **pair)])
    counts = {"examples": 1, "tokens": 10, "trained_tokens": 4, "groups": 1, "pairs": 2}
    assert tally.splits()["train"] == counts
    assert tally.pairs == {("log", "train"): 2}
    assert tally.provenance == {("log", "train"): 1, ("preferences/rules", "train"): 2}
    assert tally.sources == {("web", "train"): 1}
    assert tally.dates == ("2025-03-01", "2025-03-02")


def test_values_are_listed_by_frequency_then_name() -> None:
    names = ["b", "a", "c", "c"]
    rows = [row(WEB_1, i, chat("q", "a"), tags=[("category", n)]) for i, n in enumerate(names)]
    assert [name for name, _ in by_split(tally_of(rows).categories)] == ["c", "a", "b"]
