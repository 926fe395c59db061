"""One request to a provider: its form, the repair of its answer, and what is said when it fails."""

import time
from contextlib import suppress

import pytest
from openai import OpenAI

from ftdata.chat import Answer, Refused, Usage
from ftdata.errors import ProviderError
from ftdata.llm.chat_client import Held, OpenAIChat, messages_of
from ftdata.llm.dispatch import Dispatcher, Job
from ftdata.settings_llm import Llm
from ftdata_tests.llm.chat_server import ChatHandler, Reply, serving
from ftdata_tests.llm.words import OPTIONS, request

IMPATIENT = OPTIONS.model_copy(update={"retries": 0})
TWICE = Usage(prompt=20, cached=0, completion=10, reasoning=0)


def ask(text="x", options=OPTIONS, timeout=5):
    """One request, as the dispatcher sends it."""
    made = {}
    job = Job(b"key", request(text), tokens=1)
    client = OpenAIChat(OpenAI(max_retries=0, timeout=timeout), options)
    Dispatcher(lambda: client, options, lambda _: None).run(iter([job]), made.update)
    return made[b"key"]


def in_turn(server, *replies):
    left = list(replies)
    server.answer = lambda _: left.pop(0)


def test_what_is_sent(chat_server):
    assert ask("Name one.") == Answer('{"word":"otter"}', Usage(10, 0, 5, 0))
    [sent] = chat_server.asked
    assert sent["model"] == "writer-1"
    assert sent["max_completion_tokens"] == 4_096
    assert "temperature" not in sent
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    form = sent["response_format"]["json_schema"]
    assert form["strict"] is True
    # What providers ask of a strict schema: nothing besides, and every field required.
    assert form["schema"]["additionalProperties"] is False
    assert form["schema"]["required"] == ["word"]


def test_parameters_that_a_model_does_not_take_are_left_out(chat_server):
    ask(options=Llm(model="m", max_completion_tokens=None, temperature=0.5))
    [sent] = chat_server.asked
    assert "max_completion_tokens" not in sent
    assert sent["temperature"] == 0.5


def test_tokens_are_counted_by_kind(chat_server):
    usage = {
        "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15,
        "prompt_tokens_details": {"cached_tokens": 8},
        "completion_tokens_details": {"reasoning_tokens": 3},
    }  # fmt: skip
    in_turn(chat_server, Reply('{"word": "a"}', usage=usage), Reply('{"word": "a"}', usage=None))
    assert ask().usage == Usage(prompt=10, cached=8, completion=5, reasoning=3)
    assert ask().usage is None


def test_a_code_fence_around_json_is_no_fault(chat_server):
    in_turn(chat_server, Reply('```json\n{"word": "otter"}\n```'))
    assert ask().text == '{"word":"otter"}'


@pytest.mark.parametrize(
    ("malformed", "told"),
    [
        ("not json", "it: no valid JSON"),
        ("", "it: no valid JSON"),
        ('{"word": "two words"}', "word: Value error, write a single word"),
        ('{"word": "a", "secret": 1}', "it: Extra inputs are not permitted"),
        ('{"name": "a"}', "word: Field required"),
        ('["a"]', "it: Input should be an object"),
    ],
)
def test_a_malformed_answer_is_repaired_once(chat_server, malformed, told):
    in_turn(chat_server, Reply(malformed), Reply('{"word": "otter"}'))
    assert ask() == Answer('{"word":"otter"}', TWICE)
    repair = chat_server.asked[1]["messages"]
    assert [message["role"] for message in repair] == ["system", "user", "assistant", "user"]
    assert repair[2]["content"] == malformed
    assert told in repair[3]["content"]


def test_an_answer_that_stays_malformed_is_refused_with_what_is_wrong(chat_server):
    in_turn(chat_server, Reply("no"), Reply('{"word": "private words"}'))
    outcome = ask()
    detail = "asked twice: word: Value error, write a single word"
    assert outcome == Refused("malformed_answer", detail, TWICE)
    assert len(chat_server.asked) == 2


@pytest.mark.parametrize(
    ("reply", "reason", "detail"),
    [
        (Reply('{"wo', "length"), "truncated_answer", "llm.max_completion_tokens 4,096"),
        (Reply(None, refusal="I won't."), "model_refused", "the model declined"),
        (Reply("", "content_filter"), "model_refused", "the provider's filter"),
        (Reply(status=400, code="content_filter"), "model_refused", "the provider's filter"),
        (Reply(status=400, code="context_length_exceeded"), "request_too_long", "more than"),
        (Reply(status=413), "request_too_long", "more than"),
    ],
)
def test_what_no_repair_would_mend_is_refused_at_once(chat_server, reply, reason, detail):
    in_turn(chat_server, reply)
    outcome = ask()
    assert isinstance(outcome, Refused)
    assert outcome.reason == reason
    assert detail in outcome.detail
    assert len(chat_server.asked) == 1


def test_a_repair_that_is_cut_off_counts_both(chat_server):
    in_turn(chat_server, Reply("no"), Reply("{", "length"))
    outcome = ask()
    assert (outcome.reason, outcome.usage) == ("truncated_answer", TWICE)


def test_a_request_that_is_held_back_is_tried_again(chat_server):
    busy = Reply(status=429, headers={"Retry-After": "0.01"})
    in_turn(chat_server, busy, busy, busy, Reply('{"word": "otter"}'))
    assert ask().text == '{"word":"otter"}'
    assert len(chat_server.asked) == 4


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(status=401, code="invalid_api_key"), "refused the key: check OPENAI_API_KEY"),
        (Reply(status=404, code="model_not_found"), "one of its models in llm.model"),
        (Reply(status=400, code="unsupported_parameter"), "(unsupported_parameter): the model"),
        (Reply(status=429, code="rate_limit_exceeded"), "holds requests back"),
        (Reply(status=429, code="insufficient_quota"), "no credit left"),
        (Reply(status=402), "no credit left"),
        (Reply(status=418), "refused a request for writer-1 (418)"),
        (Reply(status=400, code="sk-not-a-key"), "refused a request for writer-1 (400)"),
        (Reply(status=503), "failed (InternalServerError)"),
        (Reply(body=b"<html>"), "OPENAI_BASE_URL"),
        (Reply(body=b"{}"), "is no chat completion"),
        (Reply(body=b'{"choices": []}'), "is no chat completion"),
        (Reply(body=b"[]"), "is no chat completion"),
        (Reply(body=b"x", headers={"Content-Type": "text/html"}), "is no chat completion"),
    ],
)
def test_an_error_of_the_provider_says_what_to_do(chat_server, reply, words):
    in_turn(chat_server, reply)
    with pytest.raises(ProviderError) as caught:
        ask(options=IMPATIENT)
    assert str(caught.value).startswith("chat: ")
    assert words in str(caught.value)
    assert "sk-not" not in str(caught.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_other_server_is_told_anything(chat_server, status):
    with serving() as other:
        in_turn(chat_server, Reply(status=status, headers={"Location": other.url}))
        client = OpenAIChat.open(IMPATIENT)
        with pytest.raises(ProviderError, match="another address"):
            client.send(request("x"), messages_of(request("x")))
        client.close()
        assert other.asked == []


@pytest.mark.parametrize("count", [10**30, -1, True, 1.5, "7", None])
def test_a_count_that_is_none_is_unknown_and_the_answer_is_kept(chat_server, count):
    usage = {"prompt_tokens": count, "completion_tokens": 5}
    in_turn(chat_server, Reply('{"word": "otter"}', usage=usage))
    assert ask() == Answer('{"word":"otter"}', None)


def test_a_server_that_is_slow_or_out_of_reach_is_named(chat_server, monkeypatch):
    chat_server.delay = 0.3
    with pytest.raises(ProviderError, match="no answer in time"):
        ask(options=IMPATIENT, timeout=0.05)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://user:secret@127.0.0.1:9/v1")
    with pytest.raises(ProviderError, match=r"127\.0\.0\.1 is out of reach") as caught:
        ask(options=IMPATIENT)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPENAI_BASE_URL", "user:sk-not@127.0.0.1/v1"),
        ("OPENAI_BASE_URL", "localhost"),
        ("OPENAI_BASE_URL", "ftp://sk-not/v1"),
        ("OPENAI_BASE_URL", "http://[::1"),
        ("OPENAI_BASE_URL", "http://127.0.0.1:99999/v1"),
        ("OPENAI_API_KEY", "sk-not\u2026"),
        ("OPENAI_API_KEY", "sk-not\nsk-not"),
    ],
)
def test_an_environment_that_cannot_be_used_is_told_before_anything_is_sent(
    monkeypatch, name, value
):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not")
    monkeypatch.setenv(name, value)
    with pytest.raises(ProviderError, match=f"chat: {name} ") as caught:
        OpenAIChat.open(OPTIONS)
    assert "sk-not" not in str(caught.value)


def test_an_answer_that_never_ends_is_not_waited_for(chat_server):
    class Dripping(ChatHandler):
        def send_back(self, encoded, status, more):
            with suppress(ConnectionError):
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                for _ in range(1_000):
                    self.wfile.write(b" ")
                    time.sleep(0.05)

    chat_server.RequestHandlerClass = Dripping
    client = OpenAIChat.open(OPTIONS.model_copy(update={"timeout_s": 0.3}))
    began = time.monotonic()
    sent, _ = client.send(request("x"), messages_of(request("x")))
    client.close()
    assert isinstance(sent, Held)
    assert "no answer in time" in str(sent.error)
    assert time.monotonic() - began < 3


def test_white_space_around_key_and_address_is_none_of_them(chat_server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", " sk-test\n")
    monkeypatch.setenv("OPENAI_BASE_URL", f" {chat_server.url}/\n")
    client = OpenAIChat.open(OPTIONS)
    sent, _ = client.send(request("x"), messages_of(request("x")))
    client.close()
    assert isinstance(sent, Answer)


def test_half_a_surrogate_pair_is_no_reason_to_stop(chat_server):
    in_turn(chat_server, Reply("half \ud800"), Reply('{"word": "otter"}'))
    assert ask().text == '{"word":"otter"}'
    assert chat_server.asked[1]["messages"][2]["content"] == "half ?"
