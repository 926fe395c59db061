"""Instants: every accepted spelling, and what is refused."""

import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.ingest.faults import MalformedRecordError
from ftdata.ingest.times import parse_instant

NOON = dt.datetime(2025, 3, 5, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2025-03-05T12:00:00Z",
        "2025-03-05t12:00:00z",
        " 2025-03-05 12:00:00.000 ",
        "2025-03-05T12:00",
        "2025-03-05T17:30:00+05:30",
        "2025-03-05T07:00:00-0500",
        "20250305T120000Z",
        "2025-03-05T12:00:00.000000999Z",
        1_741_176_000,
        1_741_176_000.0,
        1_741_176_000_000,
        "1741176000",
        "1741176000000",
        "1741176000.0",
        Decimal("1741176000"),
        NOON,
        NOON.replace(tzinfo=None),
        pd.Timestamp("2025-03-05T12:00:00.000000001"),
    ],
)
def test_spellings_of_one_instant(value):
    parsed = parse_instant(value)
    assert parsed == NOON
    assert parsed.tzinfo is dt.UTC
    assert type(parsed) is dt.datetime


@pytest.mark.parametrize("value", ["2025-03-05", "20250305", dt.date(2025, 3, 5)])
def test_a_date_is_its_midnight(value):
    assert parse_instant(value) == NOON.replace(hour=0)


@pytest.mark.parametrize("value", [None, ""])
def test_no_time(value):
    assert parse_instant(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "yesterday", "2025-02-30", "2025-03-05T25:00:00", "05.03.2025", " ", True, [], {},
        float("nan"), float("inf"), 1e300, -1, "1969-12-31T23:59:59Z", "2101-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", 4_200_000_000, 10**18,
    ],
)  # fmt: skip
def test_what_is_no_time_of_a_log(value):
    with pytest.raises(MalformedRecordError) as raised:
        parse_instant(value)
    assert raised.value.fault.reason == "bad_time"


@given(st.datetimes(dt.datetime(1974, 1, 1), dt.datetime(2100, 12, 31)))  # noqa: DTZ001 - zone below
def test_every_spelling_of_an_instant_is_that_instant(naive):
    instant = naive.replace(tzinfo=dt.UTC)
    whole = instant.replace(microsecond=0)
    assert parse_instant(instant.isoformat()) == instant
    assert parse_instant(naive.isoformat(" ")) == instant
    assert parse_instant(int(whole.timestamp())) == whole
    assert parse_instant(int(whole.timestamp()) * 1_000) == whole
