"""The caps on costs: never passed by more than what was under way, and nothing paid for is lost."""

import itertools
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.chat import Answer, Usage
from ftdata.errors import BudgetError
from ftdata.llm.chat import CachedChat
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.expected import expected_usages, rough_count
from ftdata.llm.ledger import Spender, cost_of, cost_of_totals, this_month, totals
from ftdata.settings_llm import Price
from ftdata_tests.llm.fake_client import FakeClient, word
from ftdata_tests.llm.words import changed, numbers, request

[EXPECTED] = expected_usages(numbers(1), rough_count, {})
PRICES = st.builds(
    Price, input=st.floats(0.01, 100), output=st.floats(0.01, 100), cached_input=st.none()
)


def capped(price, cap, concurrency=4, cap_of="max_cost_per_run"):
    return changed(prices={"writer-1": price}, concurrency=concurrency, **{cap_of: cap})


def model(folder, client, options, run="r1"):
    spender = Spender(run, "augmented", "web", "2025-03-01")
    return CachedChat(client.open, ChatCache(folder), options, spender)


def spent(folder, options, **part):
    with ChatCache(folder).open() as db:
        return cost_of_totals(totals(db, **part), options)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One cache for many examples, and a name for each: to set one up costs time."""
    return tmp_path_factory.mktemp("cache"), itertools.count()


@settings(max_examples=20)
@given(
    price=PRICES,
    share=st.floats(0, 1.2),
    times=st.lists(st.sampled_from([0.2, 1.0, 4.0]), min_size=1, max_size=24),
    concurrency=st.integers(1, 6),
)
def test_a_cap_is_passed_by_no_more_than_what_was_under_way(
    shared, price, share, times, concurrency
):
    folder, run = shared[0], f"run {next(shared[1])}"
    asked = [request(f"{run} n {number}", run) for number in range(len(times))]
    expected = expected_usages(asked, rough_count, {})
    usages = [
        Usage(round(one.prompt * n), 0, round(one.completion * n), 0)
        for one, n in zip(expected, times, strict=True)
    ]
    costs = [cost_of(usage, price, is_batch=False) for usage in usages]
    cap = share * sum(costs)
    client = FakeClient(lambda number, before: Answer('{"word":"a"}', usages[number]), 0.0005)
    options = capped(price, cap, concurrency)
    try:
        model(folder, client, options, run).complete(asked)
    except BudgetError:
        assert len(client.tries) < len(times)
    paid = spent(folder, options, run=run)
    # What is under way counts as expected: it may cost more, no other request may.
    dearer = [
        max(0.0, cost - cost_of(one, price, is_batch=False))
        for one, cost in zip(expected, costs, strict=True)
    ]
    assert paid <= cap + sum(sorted(dearer)[-concurrency:]) + 1e-9
    assert paid == pytest.approx(sum(costs[int(name.split()[-1])] for name in client.tries))
    # What was answered is kept: none is asked a second time.
    model(folder, client, changed(concurrency=concurrency), run).complete(asked)
    assert client.tries == {one.user: 1 for one in asked}


def paying(cost):
    """A client each of whose answers costs so much, and as much as is expected."""
    price = Price(input=0, output=cost * 1e6 / EXPECTED.completion)
    return FakeClient(lambda n, before: Answer(word(n).text, EXPECTED), 0.01), price


def test_the_error_says_what_is_spent_what_is_missing_and_what_to_do(tmp_path):
    client, price = paying(1.0)
    with pytest.raises(BudgetError) as caught:
        model(tmp_path, client, capped(price, 10.5)).complete(numbers(25))
    assert len(client.tries) == 10
    told = str(caught.value)
    assert told.startswith("augmented of 2025-03-01|web: the next request would pass llm.max_cost")
    assert "llm.max_cost_per_run 10.5" in told
    assert "15 requests are not answered yet; all answers are kept" in told
    assert "Raise llm.max_cost_per_run and build again, or start another run" in told
    assert "ftdata estimate" in told


def test_other_runs_count_for_the_month_and_not_for_the_run(tmp_path):
    client, price = paying(1.0)
    run, month = capped(price, 10), capped(price, 25, cap_of="max_cost_per_month")
    for name, count in (("r1", 10), ("r2", 20)):
        model(tmp_path, client, run, name).complete(numbers(count))
    with pytest.raises(BudgetError, match=r"max_cost_per_month 25, .* wait for the next month"):
        model(tmp_path, client, month, "r3").complete(numbers(40))
    assert len(client.tries) == 25
    assert spent(tmp_path, run, month=this_month()) == pytest.approx(25)
    assert spent(tmp_path, run, run="r2") == pytest.approx(10)


@pytest.mark.parametrize("cap_of", ["max_cost_per_run", "max_cost_per_month"])
def test_a_cap_holds_for_all_that_share_a_cache(tmp_path, cap_of):
    clients = [paying(1.0)[0] for _ in range(3)]
    options, raised = capped(paying(1.0)[1], 30, 3, cap_of), []

    def ask(part):
        try:
            model(tmp_path, clients[part], options).complete(numbers(200)[part * 50 :])
        except BudgetError as error:
            raised.append(error)

    threads = [threading.Thread(target=ask, args=[part]) for part in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(raised) == 3
    asked = sum(sum(client.tries.values()) for client in clients)
    assert 30 <= asked <= 30 + 3 * 3
    assert spent(tmp_path, options, run="r1") == pytest.approx(asked)


def test_nothing_is_sent_where_nothing_may_be_spent(tmp_path):
    client, price = paying(1.0)
    with pytest.raises(BudgetError, match="0 is spent"):
        model(tmp_path, client, capped(price, 0)).complete(numbers(3))
    assert client.tries == {}


def test_answers_without_a_count_are_taken_to_cost_what_was_expected(tmp_path):
    _, price = paying(1.0)
    client = FakeClient(lambda number, before: Answer('{"word":"a"}', None))
    for options in itertools.repeat(capped(price, 5), 2):
        with pytest.raises(BudgetError):
            model(tmp_path, client, options).complete(numbers(9))
    assert len(client.tries) == 5
