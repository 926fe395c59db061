"""Batches: as good as direct requests, whatever becomes of them, and never paid twice."""

import json
import signal

import pytest

from ftdata.chat import Answer, Refused, Usage
from ftdata.errors import BatchPendingError, BudgetError, ProviderError
from ftdata.llm.batch_book import all_waiting
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.ledger import totals
from ftdata_tests.llm.chat_server import Reply
from ftdata_tests.llm.words import asking, changed, chat, numbers, request

KEY = "sk-not-a-real-key"
BATCH = changed(batch=True, prices={"writer-1": {"input": 2.0, "output": 4.0}})
MALFORMED, REFUSED, CUT = "n 3", "n 4", "n 5"


def echo(sent):
    """The word asked for is the number in the question."""
    return Reply(json.dumps({"word": sent["messages"][1]["content"].split()[-1]}))


@pytest.fixture
def server(batch_server):
    batch_server.answer = echo
    return batch_server


def ask(folder, requests, options=BATCH, run=""):
    """All outcomes, as a stage asks for them; in two parts, as stages do."""
    model = chat(folder, options, run)
    half = len(requests) // 2

    def made():
        return model.complete(requests[:half]) + model.complete(requests[half:])

    outcomes = made()
    while model.settle():
        outcomes = made()
    return outcomes


def submit(folder, requests, options=BATCH, run=""):
    """Ask where nothing can have come yet."""
    with pytest.raises(BatchPendingError) as told:
        ask(folder, requests, options, run)
    return str(told.value)


def words_of(outcomes):
    return [json.loads(outcome.text)["word"] for outcome in outcomes]


def words(count):
    return [str(number) for number in range(count)]


def spent(folder):
    with ChatCache(folder / "cache").open() as db:
        return {one.is_batch: one for one in totals(db)}


def test_requests_of_a_stage_go_out_in_one_batch_and_come_back(server, tmp_path):
    told = submit(tmp_path, numbers(12))
    assert told.startswith("12 requests were submitted as batch_0, to be answered within 24 hours")
    assert "finish_batches" in told
    for state in ("in_progress", "finalizing"):
        server.stand(state)
        submit(tmp_path, numbers(12))
    server.end()
    assert words_of(ask(tmp_path, numbers(12))) == words(12)
    assert list(server.batches) == ["batch_0"]
    assert server.asked == []
    before = list(server.calls)
    assert words_of(ask(tmp_path, numbers(12))) == words(12)
    assert server.calls == before


def test_a_line_of_a_batch_is_what_is_sent_directly(server, tmp_path):
    submit(tmp_path / "batch", numbers(2))
    ask(tmp_path / "direct", numbers(2), changed(batch=False))
    lines = server.requests_of("batch_0")
    assert sorted((line["body"] for line in lines), key=str) == sorted(server.asked, key=str)
    assert {(line["method"], line["url"]) for line in lines} == {("POST", "/v1/chat/completions")}


def test_what_was_paid_is_noted_at_the_share_of_a_batch(server, tmp_path):
    submit(tmp_path, numbers(8), run="one")
    server.end()
    model = chat(tmp_path, BATCH)
    model.complete(numbers(8))
    assert model.settle()
    model.complete(numbers(8))
    # 8 requests of 10 and 5 tokens, at half of 2 and 4 for a million.
    assert model.told()["cost"] == round(8 * (10 * 2 + 5 * 4) / 2 / 1e6, 6)
    assert model.told()["answered"] == 8
    assert model.told()["answered from the cache"] == 0
    assert spent(tmp_path).keys() == {True}
    assert spent(tmp_path)[True].usage == Usage(80, 0, 40, 0)
    with ChatCache(tmp_path / "cache").open() as db:
        assert [one.requests for one in totals(db, run="one")] == [8]  # the run that submitted


def troubled(sent):
    text = sent["messages"][1]["content"]
    if text == MALFORMED:
        return echo(sent) if len(sent["messages"]) > 2 else Reply("oops")
    if text == REFUSED:
        return Reply(None, refusal="No.")
    return Reply("{", "length") if text == CUT else echo(sent)


def test_every_kind_of_answer_is_what_it_is_directly(server, tmp_path):
    server.answer = troubled
    submit(tmp_path / "batch", numbers(8))
    server.end()
    by_batch = ask(tmp_path / "batch", numbers(8))
    assert len(server.asked) == 1  # the repair turn, by a request of its own
    assert by_batch == ask(tmp_path / "direct", numbers(8), changed(batch=False))
    assert [one.reason for one in by_batch if isinstance(one, Refused)] == [
        "model_refused",
        "truncated_answer",
    ]
    paid = spent(tmp_path / "batch")
    assert (paid[True].usage.prompt, paid[False].usage.prompt) == (80, 10)
    assert (paid[True].requests, paid[False].requests) == (8, 1)


def test_a_repair_that_stays_malformed_is_refused(server, tmp_path):
    server.answer = lambda sent: Reply("oops") if "n 3" in str(sent) else echo(sent)
    submit(tmp_path, numbers(8))
    server.end()
    outcomes = ask(tmp_path, numbers(8))
    assert isinstance(outcomes[3], Refused)
    assert outcomes[3].reason == "malformed_answer"
    assert outcomes[3].usage == Usage(20, 0, 10, 0)


@pytest.mark.parametrize("status", ["expired", "cancelled"])
def test_what_a_batch_left_is_submitted_again(server, tmp_path, status):
    submit(tmp_path, numbers(10))
    server.end(status, until=lambda at: at % 2 == 0, code=f"batch_{status}")
    assert submit(tmp_path, numbers(10)).startswith("5 requests were submitted as batch_1")
    assert len(server.requests_of("batch_1")) == 5
    server.end()
    assert words_of(ask(tmp_path, numbers(10))) == words(10)
    assert set(server.paid.values()) == {1}


def test_lines_that_are_held_back_are_submitted_again(server, tmp_path):
    busy = {"n 1": Reply(status=429, code="rate_limit_exceeded"), "n 2": Reply(status=500)}
    server.answer = lambda sent: busy.pop(sent["messages"][1]["content"], None) or echo(sent)
    submit(tmp_path, numbers(4))
    server.end()
    assert submit(tmp_path, numbers(4)).startswith("2 requests were")
    server.end()
    assert words_of(ask(tmp_path, numbers(4))) == words(4)
    assert set(server.paid.values()) == {1}


def test_a_request_that_never_comes_back_is_told_and_begins_anew(server, tmp_path):
    for number in range(4):
        submit(tmp_path, numbers(3))
        assert len(server.batches) == number + 1
        server.end("expired", until=lambda at, first=number == 0: first and at == 0)
    told = r"2 requests were submitted 4 times .* 2 batch_expired"
    with pytest.raises(ProviderError, match=told):
        ask(tmp_path, numbers(3))
    assert len(server.batches) == 4
    submit(tmp_path, numbers(3))
    server.end()
    assert words_of(ask(tmp_path, numbers(3))) == words(3)
    assert set(server.paid.values()) == {1}


def test_a_line_that_is_refused_for_good_fails_and_the_others_are_kept(server, tmp_path):
    bad = Reply(status=400, code="invalid_schema")
    server.answer = lambda sent: bad if sent["messages"][1]["content"] == "n 1" else echo(sent)
    submit(tmp_path, numbers(4))
    server.end()
    with pytest.raises(ProviderError, match=r"1 of 4 requests of batch_0 .*1 invalid_schema"):
        ask(tmp_path, numbers(4))
    server.answer = echo
    assert submit(tmp_path, numbers(4)).startswith("1 request was")
    server.end()
    assert words_of(ask(tmp_path, numbers(4))) == words(4)


def test_a_line_that_is_too_long_is_kept_as_refused(server, tmp_path):
    long = Reply(status=400, code="context_length_exceeded")
    server.answer = lambda sent: long if sent["messages"][1]["content"] == "n 1" else echo(sent)
    submit(tmp_path, numbers(2))
    server.end()
    outcomes = ask(tmp_path, numbers(2))
    assert isinstance(outcomes[0], Answer)
    assert outcomes[1].reason == "request_too_long"


def test_a_batch_that_fails_as_a_whole_is_told_with_its_code(server, tmp_path):
    submit(tmp_path, numbers(2))
    server.fail("token_limit_exceeded")
    with pytest.raises(ProviderError, match=r"batch_0 failed as a whole \(token_limit_exceeded\)"):
        ask(tmp_path, numbers(2))
    submit(tmp_path, numbers(2))
    server.end()
    assert words_of(ask(tmp_path, numbers(2))) == words(2)


def test_a_batch_that_another_account_knows_is_taken_up_again_there(server, tmp_path):
    submit(tmp_path, numbers(2))
    gone = server.batches.pop("batch_0")
    with pytest.raises(ProviderError, match=r"batch_0 is not known there.*OPENAI_API_KEY"):
        ask(tmp_path, numbers(2))
    server.batches["batch_0"] = gone
    submit(tmp_path, numbers(2))
    server.end()
    assert words_of(ask(tmp_path, numbers(2))) == words(2)
    assert list(server.batches) == ["batch_0"]


@pytest.mark.parametrize("path", ["/files", "/batches"])
def test_a_run_killed_while_it_submits_pays_nothing_twice(server, tmp_path, path):
    gate = server.gate(path)
    killed = asking(tmp_path, 6, batch=True)
    assert gate.reached.wait(20)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    gate.opened.set()
    server.gates.clear()
    server.end()  # it may have ended by the time when somebody looks
    if path == "/files":
        submit(tmp_path, numbers(6))
        server.end()
    assert words_of(ask(tmp_path, numbers(6))) == words(6)
    assert list(server.batches) == ["batch_0"]
    assert server.paid == {f"n {number}": 1 for number in range(6)}


def test_a_killed_run_of_fewer_requests_is_found_too(server, tmp_path):
    gate = server.gate("/batches")
    killed = asking(tmp_path, 4, batch=True)
    assert gate.reached.wait(20)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    gate.opened.set()
    server.gates.clear()
    submit(tmp_path, numbers(9))
    assert [len(server.requests_of(name)) for name in server.batches] == [4, 5]
    server.end()
    assert words_of(ask(tmp_path, numbers(9))) == words(9)
    assert set(server.paid.values()) == {1}


def test_a_lost_cache_finds_its_batches_again(server, tmp_path):
    submit(tmp_path / "lost", numbers(5))
    server.end()
    assert words_of(ask_again(tmp_path / "new", numbers(5))) == words(5)
    assert set(server.paid.values()) == {1}


def ask_again(folder, requests):
    submit(folder, requests)  # taken over, and looked at the next time
    return ask(folder, requests)


def test_two_processes_submit_once(server, tmp_path):
    both = [asking(tmp_path, 20, batch=True) for _ in range(2)]
    for process in both:
        assert "BatchPendingError" in process.communicate()[1]
    assert list(server.batches) == ["batch_0"]


def test_partitions_share_a_batch_and_each_takes_its_own(server, tmp_path):
    submit(tmp_path, numbers(4))
    assert submit(tmp_path, numbers(6)).startswith("6 requests were submitted as batch_0, batch_1")
    server.end()
    assert words_of(ask(tmp_path, numbers(6)[2:])) == words(6)[2:]
    assert words_of(ask(tmp_path, numbers(6))) == words(6)
    assert set(server.paid.values()) == {1}
    assert spent(tmp_path)[True].requests == 6


def test_who_wants_no_batches_any_more_takes_what_they_brought(server, tmp_path):
    direct = changed(batch=False)
    submit(tmp_path, numbers(4))
    submit(tmp_path, numbers(4), direct)  # paid for: it is waited for
    server.end("cancelled", until=lambda at: at < 3, code="batch_cancelled")
    assert words_of(ask(tmp_path, numbers(6), direct)) == words(6)
    assert sorted(server.users()) == ["n 3", "n 4", "n 5"]
    assert len(server.batches) == 1


def test_what_does_not_fit_a_cap_is_not_submitted(server, tmp_path):
    price = {"writer-1": {"input": 2.0, "output": 4.0}}
    capped = changed(batch=True, prices=price, max_cost_per_run=0.001)
    submit(tmp_path, numbers(2), capped, run="one")
    # Nothing of it is paid yet, and it counts all the same.
    with pytest.raises(BudgetError, match=r"llm\.max_cost_per_run 0\.001"):
        ask(tmp_path, numbers(40), capped, run="one")
    assert list(server.batches) == ["batch_0"]
    server.end()
    assert words_of(ask(tmp_path, numbers(2), capped, run="two")) == words(2)


def test_a_model_that_fills_no_form_is_told_and_forgotten(server, tmp_path):
    server.answer = lambda _: Reply("I am a poet")
    submit(tmp_path, numbers(6))
    server.end()
    with pytest.raises(ProviderError, match=r"none of 6 .*6 malformed_answer"):
        ask(tmp_path, numbers(6))
    server.answer = echo
    submit(tmp_path, numbers(6))
    server.end()
    assert words_of(ask(tmp_path, numbers(6))) == words(6)


@pytest.mark.parametrize("path", ["/files", "/batches"])
def test_a_provider_without_batches_says_so_without_its_words(server, tmp_path, path):
    server.refuses[path] = Reply(status=404)
    with pytest.raises(ProviderError, match=r"does not offer the Batch API.*llm\.batch") as told:
        ask(tmp_path, numbers(2))
    assert KEY not in str(told.value)
    server.refuses.clear()
    submit(tmp_path, numbers(2))


def test_no_key_and_no_request_is_in_the_cache(server, tmp_path):
    submit(tmp_path, [request("a secret question"), request("another")])
    server.end()
    ask(tmp_path, [request("a secret question"), request("another")])
    for path in tmp_path.rglob("*"):
        for word in (KEY, "secret question", "127.0.0.1"):
            assert path.is_dir() or word.encode() not in path.read_bytes()


def test_a_repaired_cache_knows_its_batches(server, tmp_path):
    submit(tmp_path, numbers(2))
    ChatCache(tmp_path / "cache").repair()
    with ChatCache(tmp_path / "cache").open() as db:
        assert [dict(one.requests) for one in all_waiting(db)] == [{"batch_0": 2}]
    server.end()
    assert words_of(ask(tmp_path, numbers(2))) == words(2)
