"""A provider on this machine, and an environment that names it."""

import pytest

from ftdata_tests.llm.batch_server import BatchServer
from ftdata_tests.llm.chat_server import serving as chat_serving
from ftdata_tests.llm.embedding_server import serving


@pytest.fixture
def server(monkeypatch):
    with serving() as at_work:
        monkeypatch.setenv("OPENAI_BASE_URL", at_work.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-not-a-real-key")
        yield at_work


@pytest.fixture
def chat_server(monkeypatch):
    with chat_serving() as at_work:
        monkeypatch.setenv("OPENAI_BASE_URL", at_work.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-not-a-real-key")
        yield at_work


@pytest.fixture
def batch_server(monkeypatch):
    with chat_serving(BatchServer) as at_work:
        monkeypatch.setenv("OPENAI_BASE_URL", at_work.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-not-a-real-key")
        yield at_work
