"""Runs in processes of their own, at a server in another: killed, interrupted, several at once."""

import os
import signal
import time
import traceback

import pytest

from ftdata.errors import FtdataError
from ftdata_tests.llm.provider_process import Scenario, serving_apart
from ftdata_tests.llm.words import asking, changed, chat, numbers

KEY = "sk-very-private-key"
HELD_AT_FIRST = {"held": 0.4, "headers": {"Retry-After": "0.05"}}

MANY = 250  # requests: more than are answered before a signal arrives, on a slow machine


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def answered(apart, before=float("inf")):
    """Who was answered before a time, one for each answer."""
    return [one.user for one in apart.asked() if one.is_answered and one.sent < before]


def stop_in_the_middle(process, apart, count, how):
    """Signal a run once so many are answered; returns when that was, and what it had printed."""
    until = time.monotonic() + 30
    while len(answered(apart)) < count:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)
    at = time.time()
    process.send_signal(how)
    return at, "".join(process.communicate(timeout=30))


def test_a_killed_run_asks_again_only_for_what_was_under_way(tmp_path, monkeypatch):
    with serving_apart(tmp_path, Scenario(delay_s=0.03, **HELD_AT_FIRST)) as apart:
        monkeypatch.setenv("OPENAI_BASE_URL", apart.url)
        data = tmp_path / "data"
        at, _ = stop_in_the_middle(asking(data, MANY), apart, 30, signal.SIGKILL)
        time.sleep(0.1)
        sure, before = set(answered(apart, at - 0.1)), len(apart.asked())
        outcomes = chat(data).complete(numbers(MANY))
        assert [one.text for one in outcomes] == [f'{{"word":"{n}"}}' for n in range(MANY)]
        assert len(sure) >= 10
        assert not sure & {one.user for one in apart.asked()[before:]}
        assert len(answered(apart)) <= MANY + 4


def test_an_interrupted_run_keeps_all_that_was_answered(tmp_path, monkeypatch):
    with serving_apart(tmp_path, Scenario(delay_s=0.03, **HELD_AT_FIRST)) as apart:
        monkeypatch.setenv("OPENAI_BASE_URL", apart.url)
        process = asking(tmp_path / "data", MANY)
        _, told = stop_in_the_middle(process, apart, 30, signal.SIGINT)
        assert "KeyboardInterrupt" in told
        assert KEY not in told
        assert len(answered(apart)) < MANY
        chat(tmp_path / "data").complete(numbers(MANY))
        assert sorted(answered(apart)) == sorted(one.user for one in numbers(MANY))


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(status=400, code="unsupported_parameter"),
        Scenario(status=401, code="invalid_api_key"),
        Scenario(status=404),
        Scenario(status=422),
        Scenario(status=429, code="insufficient_quota"),
        Scenario(status=429, headers={"Retry-After": "301"}),
        Scenario(status=503),
        Scenario(truncated=1.0),
        Scenario(delay_s=3.0),
    ],
    ids=lambda scenario: f"{scenario.status} {scenario.code or scenario.truncated}",
)
def test_no_failure_shows_the_key_or_keeps_it(tmp_path, monkeypatch, scenario):
    with serving_apart(tmp_path, scenario) as apart:
        monkeypatch.setenv("OPENAI_BASE_URL", apart.url.replace("//", "//user:password@"))
        with pytest.raises(FtdataError) as caught:
            chat(tmp_path / "data", changed(retries=0, timeout_s=1)).complete(numbers(6))
    told = "".join(traceback.format_exception(caught.value))
    held = [path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()]
    for secret in (KEY, "password"):
        assert secret not in told
        assert secret.encode() not in b"".join(held)


def test_no_connection_and_no_thread_is_left(tmp_path, monkeypatch):
    with serving_apart(tmp_path, Scenario(**HELD_AT_FIRST)) as apart:
        monkeypatch.setenv("OPENAI_BASE_URL", apart.url)
        model = chat(tmp_path / "data", changed(concurrency=8))
        model.complete(numbers(2))
        before = open_files()
        model.complete(numbers(40))
        assert open_files() == before


def open_files():
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - closed again before it is counted
