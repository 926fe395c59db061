"""Embeddings from a provider: requests, pieces, and what is said when it fails."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai import OpenAI

from ftdata.errors import ProviderError
from ftdata.llm import openai_embeddings
from ftdata.llm.openai_embeddings import OpenAIEmbeddings, cut, identity
from ftdata_tests.llm.embedding_server import vector

MODEL = "text-embedding-3-small"


def model_without_retries():
    return OpenAIEmbeddings(OpenAI(max_retries=0, timeout=5), MODEL)


def refusal(server, status, code=None, headers=None):
    """What is said to a user when the provider answers with an error."""
    error = {"message": "wrong key sk-not-a-real-key", "type": "x", "code": code}
    server.script = [(status, headers or {}, {"error": error})]
    with pytest.raises(ProviderError) as caught:
        model_without_retries().embed(["a text"])
    assert "sk-not" not in str(caught.value)
    assert str(caught.value).startswith("embeddings: ")
    return str(caught.value)


def test_the_vectors_come_in_the_order_of_the_texts(server):
    texts = [f"text {number}" for number in range(5)]
    vectors = OpenAIEmbeddings.open(MODEL).embed(texts)
    np.testing.assert_allclose(vectors, [vector(text) for text in texts], atol=1e-6)
    assert server.asked == [texts]
    assert server.keys == {"Bearer sk-not-a-real-key"}


def test_requests_are_cut_by_number_and_by_size(server, monkeypatch):
    monkeypatch.setattr(openai_embeddings, "_REQUEST_PIECES", 2)
    monkeypatch.setattr(openai_embeddings, "_REQUEST_BYTES", 8)
    model_without_retries().embed(["aa", "bb", "cc", "dddddd", "eee"])
    assert server.asked == [["aa", "bb"], ["cc", "dddddd"], ["eee"]]


def test_a_long_text_is_the_mean_of_its_pieces(server):
    first, second = "a " * 3_999 + "a", " b" * 2_000
    [mean] = model_without_retries().embed([first + second])
    weighted = np.array(vector(first)) * 7_999 + np.array(vector(second)) * 4_000
    np.testing.assert_allclose(mean, weighted / np.linalg.norm(weighted), atol=1e-6)


@given(st.text(st.sampled_from("ab é漢\U0001f600\n"), max_size=60))
def test_pieces_fit_and_hold_the_whole_text(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(openai_embeddings, "_PIECE_BYTES", 12)
        pieces = cut(text)
    assert all(len(piece.encode()) <= 12 and piece.strip() for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_request_that_is_held_back_is_tried_again(server):
    server.script = [(429, {"retry-after-ms": "1"}, {"error": {"message": "slow down"}})] * 3
    assert OpenAIEmbeddings.open(MODEL).embed(["a text"]).shape == (1, 8)
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (401, "invalid_api_key", "refused the key: check OPENAI_API_KEY"),
        (404, "model_not_found", "cleaning.dedup.semantic_model"),
        (400, "context_length_exceeded", "context_length_exceeded"),
        (429, "rate_limit_exceeded", "holds requests back"),
        (429, "insufficient_quota", "no credit left"),
        (503, None, "failed (InternalServerError)"),
    ],
)
def test_an_error_of_the_provider_says_what_to_do(server, status, code, words):
    assert words in refusal(server, status, code)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>welcome</html>",
        {"object": "list", "data": [], "model": "x"},
        {"data": [{"index": 0, "embedding": [1.0, float("nan")]}]},
        {"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0]}]},
        {"data": [{"index": 0, "embedding": ["a"]}]},
        {"data": None},
        [],
    ],
)
def test_an_answer_that_is_no_list_of_vectors_is_refused(server, body):
    server.script = [(200, {}, body)]
    with pytest.raises(ProviderError, match=r"OPENAI_BASE_URL"):
        model_without_retries().embed(["a text"])


def test_a_page_instead_of_an_answer_is_refused(server):
    server.script = [(200, {"Content-Type": "text/html"}, b"<html>welcome</html>")]
    with pytest.raises(ProviderError, match=r"no list of vectors"):
        model_without_retries().embed(["a text"])


def test_a_server_out_of_reach_is_named(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://user:secret@127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-a-real-key")
    with pytest.raises(ProviderError, match=r"127\.0\.0\.1 is out of reach") as caught:
        model_without_retries().embed(["a text"])
    assert "secret" not in str(caught.value)


def test_without_a_key_it_says_which_variable_to_set(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ProviderError, match="set OPENAI_API_KEY"):
        OpenAIEmbeddings.open(MODEL)


def test_another_server_is_another_model(monkeypatch):
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    here = identity(MODEL)
    monkeypatch.setenv("OPENAI_BASE_URL", "https://api.openai.com/v1/")
    assert identity(MODEL) == here
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:8000/v1")
    assert identity(MODEL) != here
