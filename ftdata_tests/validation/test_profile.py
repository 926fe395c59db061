"""Counts and shares of a partition, counted anew in its tables."""

from __future__ import annotations

import math

import pytest

from ftdata.tables import STAGES
from ftdata_tests.validation.given import (
    DUPLICATE,
    LATER,
    MALFORMED,
    SHORT,
    frames,
    row,
    rows,
    variant,
)


@pytest.mark.parametrize("stage", STAGES)
def test_shares_are_of_what_was_read(stage):
    drops = [SHORT, DUPLICATE, DUPLICATE, MALFORMED]
    profile = frames(stage, rows(stage, 4, LATER), drops, key=LATER).profile
    assert profile["partition"] == "2025-03-02|web"
    assert profile["rows_in"] == profile["accounted"] == 8
    assert profile["drop_share"] == 3 / 8
    assert profile["duplicate_share"] == 2 / 8
    assert profile["quarantine_share"] == 1 / 8


def test_raw_logs_counts_records_and_not_conversations():
    joined = row("raw_logs", 0) | {"record_ids": ["a", "b", "c"]}
    assert frames("raw_logs", [joined], [SHORT]).profile["accounted"] == 4


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_read_gives_no_share(stage):
    profile = frames(stage, []).profile
    assert profile["rows_in"] == profile["accounted"] == 0
    assert profile["drop_share"] == 0


def test_the_derived_share_is_of_the_table():
    parent = row("augmented", 0)
    profile = frames("augmented", [parent, variant("augmented", 1, parent)]).profile
    assert profile["derived_share"] == 0.5


def test_split_shares_are_of_originals_in_enough_groups():
    given_rows = rows("validated_splits", 30)
    extra = [variant("validated_splits", n, given_rows[0]) for n in range(30, 40)]
    profile = frames("validated_splits", given_rows + extra).profile
    assert (profile["train_share"], profile["test_share"]) == (0.8, 0.1)
    tied = [r | {"group_id": "id-0"} for r in given_rows[:2]]
    profile = frames("validated_splits", tied + given_rows[2:]).profile
    assert math.isnan(profile["train_share"])
