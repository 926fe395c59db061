"""Limits per minute, what a provider's headers ask for, and the breaker, by a clock that is set."""

import time
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.llm.chat_client import wait_of
from ftdata.llm.pace import Breaker, Bucket, Pace, seconds_of

# Seconds that add up exactly.
PAUSES = st.integers(0, 90 * 1024).map(lambda ticks: ticks / 1024)


@given(st.integers(1, 50), st.lists(st.tuples(PAUSES, st.integers(1, 60)), max_size=60))
def test_no_minute_holds_more_than_its_limit(limit, wanted):
    bucket, now = Bucket(limit), 0.0
    taken = []
    for pause, amount in wanted:
        now += pause
        waits = bucket.wait(amount, now)
        assert 0 <= waits <= 60
        now += waits
        assert bucket.wait(amount, now) == 0
        bucket.take(amount, now)
        taken.append((now, amount))
    for first, _ in taken:
        minute = [amount for at, amount in taken if first <= at < first + 60]
        assert sum(minute) <= limit or len(minute) == 1  # what is more than a minute's goes alone


@given(st.integers(1, 50), st.integers(1, 200))
def test_nobody_waits_longer_than_the_limit_asks(limit, count):
    bucket, now = Bucket(limit), 0.0
    for _ in range(count):
        now += bucket.wait(1, now)
        bucket.take(1, now)
    assert now == 60 * ((count - 1) // limit)


def test_without_a_limit_nobody_waits():
    bucket = Bucket(None)
    bucket.take(10**9, 0.0)
    assert bucket.wait(10**9, 0.0) == 0


@pytest.mark.parametrize(
    ("span", "seconds"),
    [("1s", 1), ("6m0s", 360), ("20ms", 0.02), ("1h2m3.5s", 3_723.5), ("1d", 86_400), ("", 0)],
)
def test_spans_of_headers(span, seconds):
    assert seconds_of(span) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("left", "opens", "waits"), [("0", "3s", 3), ("1", "3s", 0), ("0", "2h", 60), ("0", "soon", 0)]
)
def test_nothing_is_sent_where_the_provider_has_nothing_left(left, opens, waits):
    pace = Pace(Bucket(None), Bucket(None))
    headers = {"x-ratelimit-remaining-tokens": left, "x-ratelimit-reset-tokens": opens}
    pace.heed(headers, 10.0)
    assert pace.wait(5, 10.0) == waits
    pace.heed({}, 11.0)
    assert pace.wait(5, 70.0) == 0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "2"}, 2),
        ({"retry-after": "0.5", "retry-after-ms": "20"}, 0.02),
        ({"retry-after": "-1"}, 0),
        ({"retry-after": "nan"}, 0),
        ({"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"}, 0),
        ({"retry-after": "tomorrow"}, None),
        ({"retry-after": "Mon, 01 Jan 2030 00:00:00 +99999999999999"}, None),
        ({}, None),
    ],
)
def test_what_a_provider_asks_for(headers, seconds):
    assert wait_of(headers) == seconds


def test_a_date_to_wait_for():
    date = formatdate(time.time() + 100, usegmt=True)
    assert wait_of({"retry-after": date}) == pytest.approx(100, abs=5)


@given(st.text(), st.text())
def test_any_header_is_read(one, other):
    waits = wait_of({"retry-after": one, "retry-after-ms": other})
    assert waits is None or waits >= 0
    assert seconds_of(one) >= 0


def test_a_breaker_opens_after_failures_alone_and_lets_one_through_to_see():
    breaker = Breaker(4)
    for _ in range(15):
        breaker.failed(0.0, 0.0)
    breaker.succeeded()
    assert breaker.room(0.0) == 4
    for _ in range(16):
        breaker.failed(0.0, 0.0)
    assert (breaker.room(0.9), breaker.room(1.0)) == (0, 1)
    breaker.failed(1.0, 0.0)
    assert (breaker.room(2.9), breaker.room(3.0)) == (0, 1)
    breaker.failed(3.0, 10.0)
    assert (breaker.room(12.9), breaker.room(13.0)) == (0, 1)
    breaker.succeeded()
    assert breaker.room(13.0) == 4


def test_those_under_way_when_it_opens_do_not_open_it_again():
    breaker = Breaker(64)
    for _ in range(200):
        breaker.failed(0.0, 0.0)
    assert breaker.room(1.0) == 1


def test_a_breaker_never_waits_more_than_a_minute_by_itself():
    breaker, now = Breaker(1), 0.0
    for _ in range(2_000):
        breaker.failed(now, 0.0)
        assert breaker.closes_at <= now + 60
        now = max(now, breaker.closes_at)
