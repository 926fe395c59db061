"""Rows that repeat an earlier one, told with both lines."""

import numpy as np

from ftdata.checking.repeats import RepeatFinder, row_prints
from ftdata.release.examples import Message
from ftdata.release.exports.exporter import Reading
from ftdata.settings_dedup import Dedup
from ftdata_tests.checking.rows import reading

LONG = "one two three four five six seven eight nine ten"
OPTIONS = Dedup()


def repeats(*readings, near_rows=100, parts=1):
    finder = RepeatFinder(OPTIONS, near_rows)
    for places in np.array_split(np.arange(len(readings)), parts):
        prints = row_prints([readings[at] for at in places], OPTIONS)
        finder.add(prints, places + 10)
    return [(one.line, one.rule, one.message) for one in finder.findings()], finder.has_near


def test_exact_and_near_repeats_are_told_with_the_line_they_repeat():
    rows = reading(LONG, "Yes."), reading("Hi", "Hello."), reading(LONG.upper() + "!", "yes")
    found, has_near = repeats(*rows, reading(LONG + " eleven", "Yes."))
    assert found == [
        (12, "exact_duplicate", "says the same as line 10: take one out"),
        (13, "near_duplicate", "has 92% of its words in common with line 10: compare them"),
    ]
    assert has_near


def test_another_answer_makes_another_row():
    assert repeats(reading("Hi", "Hello."), reading("Hi", "Good day."))[0] == []


def test_what_was_rejected_and_what_was_called_count():
    call = [{"id": "1", "function": {"name": "f", "arguments": "{}"}}]
    calling = Reading([Message("assistant", None, 1, call, None, None)])
    plain = reading("Hi", "Hello.")
    rows = (plain, plain._replace(rejected="What?"), calling, calling)
    assert [line for line, _, _ in repeats(*rows)[0]] == [13]


def test_parts_make_no_difference():
    rows = [reading(f"{LONG} {n % 5}", "Yes.") for n in range(12)]
    assert repeats(*rows, parts=4) == repeats(*rows)


def test_over_the_limit_only_exact_repeats_are_told():
    rows = reading(LONG, "Yes."), reading(LONG + " eleven", "Yes."), reading(LONG, "yes")
    found, has_near = repeats(*rows, near_rows=2)
    assert [(line, rule) for line, rule, _ in found] == [(12, "exact_duplicate")]
    assert not has_near


def test_no_rows_repeat_nothing():
    assert RepeatFinder(OPTIONS, 10).has_near
    assert list(RepeatFinder(OPTIONS, 10).findings()) == []
