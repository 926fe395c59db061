"""A provider of embeddings on this machine: OpenAI's interface, answers from a hash of the text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import numpy as np

WIDTH = 8


def vector(text: str) -> list[float]:
    """The unit vector this provider gives a text."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
    numbers = np.random.default_rng(seed).standard_normal(WIDTH)
    return (numbers / np.sqrt(np.square(numbers).sum())).tolist()


class EmbeddingServer(ThreadingHTTPServer):
    """Notes what it was asked; `script` holds (status, headers, body) to answer with first."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[list[str]] = []
        self.keys: set[str | None] = set()
        self.script: list[tuple[int, dict[str, str], Any] | None] = []

    @property
    def url(self) -> str:
        """Base URL for the client."""
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: EmbeddingServer

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.keys.add(self.headers["Authorization"])
        self.server.asked.append(request["input"])
        # Backwards: the client must go by the index.
        data = [
            {"object": "embedding", "index": index, "embedding": vector(text)}
            for index, text in reversed(list(enumerate(request["input"])))
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        body = {"object": "list", "model": request["model"], "data": data, "usage": usage}
        scripted = self.server.script.pop(0) if self.server.script else None
        self._answer(*(scripted or (200, {}, body)))

    def _answer(self, status: int, headers: dict[str, str], body: Any) -> None:
        encoded = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        all_headers = {"Content-Type": "application/json", **headers}
        for name, value in {**all_headers, "Content-Length": str(len(encoded))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(encoded)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[EmbeddingServer]:
    """The server at work on a free port."""
    with EmbeddingServer() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
