"""The cache before the model: nothing is asked twice, whatever happens to the run."""

import json

import pytest

from ftdata.chat import Answer, Refused
from ftdata.errors import ProviderError, SettingsError, StorageError
from ftdata.llm.chat import chat_identity
from ftdata.llm.chat_cache import ChatCache, request_key
from ftdata.settings_llm import Llm
from ftdata_tests.llm.chat_server import Reply
from ftdata_tests.llm.words import OPTIONS, asking, chat, numbers, request

KEY = "sk-not-a-real-key"


def echo(sent):
    """The word asked for is the number in the question."""
    return Reply(json.dumps({"word": sent["messages"][1]["content"].split()[-1]}))


def words_of(outcomes):
    return [json.loads(outcome.text)["word"] for outcome in outcomes]


def test_outcomes_come_in_the_order_of_the_requests(chat_server, tmp_path):
    chat_server.answer = echo
    chat_server.delay = 0.02
    model = chat(tmp_path)
    assert words_of(model.complete(numbers(20))) == [str(number) for number in range(20)]
    assert 2 <= chat_server.most_at_once <= OPTIONS.concurrency
    assert model.tally.answered == 20
    assert model.tally.paid.prompt == 200


def test_what_was_answered_is_not_asked_again(chat_server, tmp_path):
    chat_server.answer = echo
    asked = [*numbers(3), *numbers(3)]
    first = chat(tmp_path).complete(asked)
    again = chat(tmp_path)
    assert again.complete(asked) == first
    assert len(chat_server.asked) == 3
    assert (again.tally.answered, again.tally.from_cache, again.tally.paid.prompt) == (3, 3, 0)


def test_all_that_decides_an_answer_is_in_its_key(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    other_system = request("a").__class__("Other.", "a", request("a").form, "word 1")
    keys = [
        request_key(request("a"), OPTIONS),
        request_key(request("b"), OPTIONS),
        request_key(request("a", "word 2"), OPTIONS),
        request_key(other_system, OPTIONS),
        request_key(request("a"), OPTIONS.model_copy(update={"model": "writer-2"})),
        request_key(request("a"), OPTIONS.model_copy(update={"temperature": 0.0})),
        request_key(request("a"), OPTIONS.model_copy(update={"max_completion_tokens": 99})),
    ]
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:2/v1")
    keys.append(request_key(request("a"), OPTIONS))
    assert len(set(keys)) == len(keys)
    patient = OPTIONS.model_copy(update={"concurrency": 1, "timeout_s": 9.0, "retries": 0})
    assert request_key(request("a"), patient) == keys[-1]
    assert chat_identity(patient) == chat_identity(OPTIONS)
    assert chat_identity(Llm()) == ""


def test_what_was_refused_was_paid_for_and_is_not_asked_again(chat_server, tmp_path):
    chat_server.answer = lambda _: Reply("{", "length")
    first = chat(tmp_path).complete(numbers(1))
    assert isinstance(first[0], Refused)
    assert chat(tmp_path).complete(numbers(1)) == first
    assert len(chat_server.asked) == 1


def test_a_model_that_fills_no_form_fails_the_run(chat_server, tmp_path):
    chat_server.answer = lambda _: Reply("I am a poet")
    with pytest.raises(ProviderError, match=r"none of 6 .*6 malformed_answer.*llm\.model"):
        chat(tmp_path).complete(numbers(6))
    chat_server.answer = echo  # another server, or another version of the model
    assert words_of(chat(tmp_path).complete(numbers(6)))[0] == "0"


def test_a_failure_keeps_what_was_under_way(chat_server, tmp_path):
    def failing(sent):
        is_bad = sent["messages"][1]["content"] == "n 9"
        return Reply(status=401) if is_bad else echo(sent)

    chat_server.answer = failing
    chat_server.delay = 0.02
    with pytest.raises(ProviderError, match="refused the key"):
        chat(tmp_path).complete(numbers(40))
    before = len(chat_server.asked)
    assert before < 30
    chat_server.answer = echo
    chat(tmp_path).complete(numbers(40))
    assert len(chat_server.asked) == before + 40 - (before - 1)


def test_many_requests_with_every_kind_of_trouble(chat_server, tmp_path):
    seen = set()

    def troubled(sent):
        text = sent["messages"][1]["content"]
        number = int(text.split()[-1])
        if number % 5 < 2 and number not in seen:
            seen.add(number)
            return Reply(status=429, headers={"Retry-After": "0.01"})
        if number % 20 == 7:
            return Reply("oops")
        if number % 50 == 9:
            return Reply("{", "length")
        return Reply(None, refusal="No.") if number % 100 == 3 else echo(sent)

    chat_server.answer = troubled
    model = chat(tmp_path, OPTIONS.model_copy(update={"concurrency": 16}))
    outcomes = model.complete(numbers(100))
    reasons = {"malformed_answer": 5, "truncated_answer": 2, "model_refused": 1}
    assert model.tally.refused == reasons
    assert model.tally.answered == 100 - sum(reasons.values())
    assert sum(isinstance(outcome, Answer) for outcome in outcomes) == model.tally.answered
    # Held back once: 40. Asked for again because malformed: 5.
    assert len(chat_server.asked) == 100 + 40 + 5


def test_two_processes_share_a_cache(chat_server, tmp_path):
    turns = iter(range(10_000))
    # Its answers waver: what one process keeps must be what the other goes on with.
    chat_server.answer = lambda _: Reply(json.dumps({"word": f"w{next(turns)}"}))
    chat_server.delay = 0.01
    first, second = asking(tmp_path, 40), asking(tmp_path, 40)
    told, also_told = first.communicate()[0], second.communicate()[0]
    assert (first.returncode, second.returncode) == (0, 0)
    assert told == also_told
    assert told.count("\n") == 40
    assert chat(tmp_path).complete(numbers(40))[0].text == told.split("\n")[0]


def test_no_key_and_no_request_is_in_the_cache(chat_server, tmp_path):
    chat(tmp_path).complete([request("a secret question")])
    cache = ChatCache(tmp_path / "cache")
    for held in (cache.path.read_bytes(), cache.journal.read_bytes()):
        for word in (KEY, "secret question", "127.0.0.1"):
            assert word.encode() not in held


def test_a_damaged_cache_is_made_again_from_its_journal(chat_server, tmp_path):
    chat_server.answer = echo
    model = chat(tmp_path)
    model.complete(numbers(60))
    data = model.cache.path.read_bytes()
    model.cache.path.write_bytes(data[: len(data) // 2])
    with pytest.raises(StorageError, match=r"answers\.sqlite: damaged .*ftdata cache repair"):
        chat(tmp_path).complete(numbers(60))
    assert len(chat_server.asked) == 60
    assert model.cache.repair() == 60
    assert words_of(chat(tmp_path).complete(numbers(60)))[59] == "59"
    assert len(chat_server.asked) == 60


@pytest.mark.parametrize(
    ("options", "key", "lack"),
    [(Llm(), KEY, "llm.model names none"), (OPTIONS, "", "OPENAI_API_KEY is not set")],
)
def test_without_model_or_key_both_are_named(monkeypatch, tmp_path, options, key, lack):
    monkeypatch.setenv("OPENAI_API_KEY", key)
    with pytest.raises(SettingsError) as caught:
        chat(tmp_path, options)
    told = str(caught.value)
    assert told.startswith(f"generation.writer: model needs a model, and {lack}.")
    assert "llm: {model: NAME}" in told
    assert "set OPENAI_API_KEY" in told
