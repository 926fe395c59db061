"""Partitions are validated together, and each gets the results that are its own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.settings import Settings
from ftdata.validation.rules import Rule, rules_for
from ftdata.validation.rules.rule import Claim, at_least, matching
from ftdata.validation.suites import validate
from ftdata_tests.validation.given import (
    CHAT,
    DUPLICATE,
    LATER,
    MALFORMED,
    WEB,
    frames,
    results_by_rule,
    row,
    rows,
    talk,
)

FORMATTED = rules_for("formatted", Settings())
CLEANED = rules_for("cleaned", Settings())
THREE = (CHAT, WEB, LATER)


def with_tokens(*tokens, key=WEB):
    given_rows = rows("formatted", len(tokens), key)
    return frames(
        "formatted",
        [r | {"tokens": n} for r, n in zip(given_rows, tokens, strict=True)],
        key=key,
    )


def failures(results):
    return {(result.rule.name, result.partition) for result in results if not result.passed}


@pytest.mark.parametrize("chunk_rows", [1, 4, 8, 20_000])
def test_a_failure_is_that_of_its_own_partition(chunk_rows):
    private = row("cleaned", 2, WEB) | {"messages": talk("Write to a@b.org", "Done.")}
    three = [
        frames("cleaned", rows("cleaned", 3, CHAT), key=CHAT),
        frames("cleaned", [*rows("cleaned", 2), private]),
        frames("cleaned", rows("cleaned", 3, LATER), [DUPLICATE] * 9, key=LATER),
    ]
    results = validate("cleaned", CLEANED, three, chunk_rows=chunk_rows)
    assert failures(results) == {
        ("no_personal_data_left", WEB),
        ("drops_are_few", LATER),
        ("duplicates_are_few", LATER),
    }
    assert len(results) == len(CLEANED) * 3
    found = results_by_rule(results)["no_personal_data_left"]
    assert found.samples == ("id id-2, pii_left EMAIL",)
    assert (found.unexpected, found.observed) == (1, "1 of 3 rows fail")
    shares = results_by_rule(results, LATER)["duplicates_are_few"]
    assert (shares.samples, shares.observed) == (("duplicate_share 0.75",), 0.75)


def test_rows_of_two_partitions_may_have_the_same_id_and_text():
    three = [frames("cleaned", rows("cleaned", 3, key), key=key) for key in THREE]
    assert not failures(validate("cleaned", CLEANED, three))


@settings(max_examples=15, deadline=None)
@given(
    tokens=st.lists(st.lists(st.integers(0, 30), max_size=4), min_size=3, max_size=3),
    chunk_rows=st.integers(1, 12),
)
def test_results_do_not_depend_on_what_is_validated_together(tokens, chunk_rows):
    three = [with_tokens(*some, key=key) for some, key in zip(tokens, THREE, strict=True)]
    together = validate("formatted", FORMATTED, three, chunk_rows=chunk_rows)
    alone = [result for one in three for result in validate("formatted", FORMATTED, [one])]
    by_rule = {(r.partition, r.rule.name): r for r in together}
    assert by_rule == {(r.partition, r.rule.name): r for r in alone}
    short = {key for some, key in zip(tokens, THREE, strict=True) if any(n < 2 for n in some)}
    assert {key for name, key in failures(together) if name == "examples_are_long_enough"} == short


def test_mostly_holds_in_each_partition_by_itself():
    rule = Rule("tags_are_there", "Half have tags.", matching("tags", "x", "x in tags", mostly=0.5))
    tags = {WEB: "xxo", CHAT: "xo", LATER: "xoo"}
    three = [
        frames(
            "formatted",
            [row("formatted", i, key) | {"tags": {tag: "1"}} for i, tag in enumerate(tags[key])],
            key=key,
        )
        for key in THREE
    ]
    results = validate("formatted", [rule], three)
    assert {r.partition: r.unexpected for r in results} == {CHAT: 1, WEB: 1, LATER: 2}
    assert failures(results) == {("tags_are_there", LATER)}


def test_a_partition_without_rows_passes_the_rules_over_rows():
    results = validate("formatted", FORMATTED, [frames("formatted", [])])
    assert not failures(results)
    observed = {result.rule.name: result.observed for result in results}
    assert observed["something_is_trained"] == "no rows"
    assert observed["every_row_accounted_for"] == "rows_in 0, accounted 0"


def test_an_empty_partition_among_others_shifts_nothing():
    three = [with_tokens(20, 20, key=CHAT), with_tokens(), with_tokens(20, 1, key=LATER)]
    results = validate("formatted", FORMATTED, three)
    assert failures(results) == {("examples_are_long_enough", LATER)}
    assert results_by_rule(results, LATER)["examples_are_long_enough"].samples == (
        "id id-1, tokens 1",
    )


def test_a_share_that_cannot_be_judged_passes_and_says_so():
    few = frames("validated_splits", rows("validated_splits", 29))
    result = results_by_rule(
        validate("validated_splits", rules_for("validated_splits", Settings()), [few])
    )["train_is_near_its_ratio"]
    assert (result.passed, result.observed) == (True, "too little to judge")


def test_samples_are_at_most_five():
    result = results_by_rule(validate("formatted", FORMATTED, [with_tokens(*[1] * 9)]))
    assert len(result["examples_are_long_enough"].samples) == 5
    assert result["examples_are_long_enough"].unexpected == 9


BROKEN = {
    "a column that is not there": at_least("height", 1),
    "a value of another type": at_least("roles", 1),
    "an aggregate": Claim(
        "ExpectColumnMeanToBeBetween", {"column": "tokens", "min_value": 1}, ("tokens",), "mean"
    ),
}


@pytest.mark.parametrize("claim", BROKEN.values(), ids=BROKEN.keys())
def test_an_expectation_that_breaks_has_not_passed(claim):
    broken = Rule("this_one_breaks", "It cannot be judged.", claim)
    two = [with_tokens(20), with_tokens(20, key=LATER)]
    results = validate("formatted", [broken, *FORMATTED], two)
    assert failures(results) == {("this_one_breaks", WEB), ("this_one_breaks", LATER)}
    for key in (WEB, LATER):
        observed = results_by_rule(results, key)["this_one_breaks"].observed
        assert str(observed).startswith("not judged: ")
        assert len(str(observed)) > len("not judged: ")


def test_a_quarantine_share_under_the_limit_passes():
    rules = rules_for("raw_logs", Settings())
    good = frames("raw_logs", rows("raw_logs", 9), [MALFORMED])
    assert not failures(validate("raw_logs", rules, [good]))
