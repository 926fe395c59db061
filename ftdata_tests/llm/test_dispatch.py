"""Requests under way, at a client without a server: who waits, who is tried again, what is kept."""

import signal
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.chat import Refused
from ftdata.errors import BudgetError, ProviderError, StorageError
from ftdata.llm.chat_client import Held, Malformed
from ftdata.llm.dispatch import Dispatcher, Job
from ftdata_tests.llm.fake_client import USAGE, FakeClient, word
from ftdata_tests.llm.words import changed, request

BUSY = ProviderError("chat: busy")


def jobs(count):
    return (Job(str(n).encode(), request(str(n)), tokens=1) for n in range(count))


def run(client, count, may_send=lambda _: None, landed=None, **values):
    """What arrived, whatever the run raised; no thread is left of it."""
    arrived, before = {}, threading.active_count()
    sender = Dispatcher(client.open, changed(**values), may_send)
    try:
        sender.run(jobs(count), landed or arrived.update)
        raised = None
    except (ProviderError, StorageError, ZeroDivisionError) as error:
        raised = error
    assert threading.active_count() <= before  # a server of another test may be ending
    assert sender.in_flight == []
    return arrived, raised


@settings(max_examples=20)
@given(st.integers(1, 12), st.integers(0, 60), st.data())
def test_every_job_has_its_outcome_however_it_is_held_back(concurrency, count, data):
    holds = data.draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))

    def reply(number, before):
        return Held(BUSY, 0.001) if before < holds[number] else word(number)

    client = FakeClient(reply, delay=0.0005)
    arrived, raised = run(client, count, concurrency=concurrency)
    assert raised is None
    assert arrived == {str(n).encode(): word(n) for n in range(count)}
    assert client.most_at_once <= concurrency
    assert client.tries == {str(n): held + 1 for n, held in enumerate(holds)}
    assert client.is_closed == bool(count)


def test_those_that_wait_take_no_place_of_others():
    def reply(number, before):
        return Held(BUSY, 0.3) if number < 8 and before == 0 else word(number)

    client = FakeClient(reply, delay=0.01)
    began, times = time.monotonic(), {}

    def landed(outcomes):
        times.update(dict.fromkeys(outcomes, time.monotonic() - began))

    run(client, 30, landed=landed, concurrency=4)
    assert len(times) == 30
    waited = {str(n).encode() for n in range(8)}
    assert max(at for key, at in times.items() if key not in waited) < 0.3
    assert min(times[key] for key in waited) >= 0.3


def test_waiting_costs_no_work():
    """A place that is due while all are taken must not be asked for over and over."""

    def reply(number, before):
        return Held(BUSY, 0.01) if before == 0 else word(number)

    client = FakeClient(reply, delay=0.25)
    used = time.process_time()
    _, raised = run(client, 4, concurrency=2)
    assert raised is None
    assert time.process_time() - used < 0.3  # of a second that it takes


def test_a_provider_that_fails_for_a_while_is_not_hammered():
    began = time.monotonic()

    def reply(number, before):
        return Held(BUSY, None) if time.monotonic() - began < 0.8 else word(number)

    client = FakeClient(reply, delay=0.001)
    arrived, raised = run(client, 100, concurrency=4, retries=7)
    assert raised is None
    assert len(arrived) == 100
    # 16 in a row until the breaker opens, those under way, and a look or two.
    assert sum(client.tries.values()) - 100 <= 16 + 4 + 3


def test_a_provider_that_fails_on_and_on_ends_the_run_soon():
    client = FakeClient(lambda number, before: Held(BUSY, 0.5))
    arrived, raised = run(client, 500, concurrency=4, retries=2)
    assert raised is BUSY
    assert arrived == {}
    # 16 in a row until the breaker opens, those under way, and the other tries of one of them.
    assert sum(client.tries.values()) <= 16 + 4 + 2


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (Held(BUSY, 301.0), "chat: busy: it asks to wait for 301 seconds"),
        (Held(BUSY, float("inf")), "chat: busy: it asks to wait for inf seconds"),
        (Held(BUSY, 0.001), "chat: busy"),
        (ProviderError("chat: no key"), "chat: no key"),
    ],
)
def test_a_provider_that_refuses_for_good_ends_the_run_and_the_rest_is_kept(held, told):
    client = FakeClient(lambda number, before: held if number == 5 else word(number), delay=0.01)
    arrived, raised = run(client, 500, concurrency=4, retries=2)
    assert str(raised) == told
    assert len(arrived) == len(client.tries) - 1 < 60


@pytest.mark.parametrize("error", [ZeroDivisionError("a fault of ours"), ProviderError("amiss")])
def test_what_was_under_way_beside_a_fault_is_kept(error):
    client = FakeClient(lambda number, before: error if number == 3 else word(number), delay=0.02)
    arrived, raised = run(client, 100, concurrency=8)
    assert raised is error
    assert len(arrived) == len(client.tries) - 1


def test_nothing_is_sent_where_nothing_may_be():
    sent = []

    def may_send(job):
        if len(sent) == 10:
            raise BudgetError("dear")
        sent.append(job)

    client = FakeClient(word, delay=0.01)
    arrived, raised = run(client, 50, may_send=may_send, concurrency=4)
    assert isinstance(raised, BudgetError)
    assert len(arrived) == len(client.tries) == 10


def test_nothing_more_is_sent_where_nothing_can_be_kept():
    kept = {}

    def landed(outcomes):
        if len(kept) >= 10:
            raise StorageError("full")
        kept.update(outcomes)

    client = FakeClient(word, delay=0.01)
    _, raised = run(client, 100, landed=landed, concurrency=4)
    assert isinstance(raised, StorageError)
    assert len(client.tries) <= len(kept) + 2 * 4


def test_a_malformed_answer_is_asked_for_again_once():
    def reply(number, before):
        is_bad = number % 3 == 0 and (before == 0 or number % 2)
        return Malformed("no", "no valid JSON", USAGE) if is_bad else word(number)

    client = FakeClient(reply)
    arrived, _ = run(client, 12)
    assert sum(client.tries.values()) == 12 + 4
    refused = [key for key, outcome in arrived.items() if isinstance(outcome, Refused)]
    assert sorted(refused) == [b"3", b"9"]
    assert arrived[b"3"].usage == arrived[b"6"].usage == USAGE + USAGE


@pytest.fixture
def interrupt():
    """Ctrl-C after some seconds."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    yield lambda seconds: signal.setitimer(signal.ITIMER_REAL, seconds)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("limit", ["requests_per_minute", "tokens_per_minute"])
def test_limits_of_a_minute_hold_back(interrupt, limit):
    client, arrived = FakeClient(word), {}
    sender = Dispatcher(client.open, changed(**{limit: 4}), lambda _: None)
    interrupt(0.3)  # the fifth would go after a minute
    with pytest.raises(KeyboardInterrupt):
        sender.run(jobs(9), arrived.update)
    assert len(arrived) == len(client.tries) == 4


@pytest.mark.parametrize("delay", [0.0, 0.002, 0.1])
def test_an_interrupt_loses_nothing_that_was_sent(interrupt, delay):
    client, arrived = FakeClient(word, delay=delay), {}
    before = threading.active_count()

    def landed(outcomes):
        time.sleep(0.01)  # as long as a disk takes
        arrived.update(outcomes)

    interrupt(0.15)
    with pytest.raises(KeyboardInterrupt):
        Dispatcher(client.open, changed(), lambda _: None).run(jobs(10_000), landed)
    assert {key.decode() for key in arrived} == set(client.tries)
    assert client.is_closed
    assert threading.active_count() == before


def test_headers_of_an_answer_hold_the_next_ones_back():
    headers = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "300ms"}
    client = FakeClient(lambda number, before: (word(number), headers if number == 0 else {}))
    began, times = time.monotonic(), []
    run(client, 3, may_send=lambda _: times.append(time.monotonic() - began), concurrency=1)
    assert len(client.tries) == 3
    assert times[0] < 0.3 <= times[1]
