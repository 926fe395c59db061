"""A provider of chat on this machine: OpenAI's interface, answers by what the test says."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, TypeVar

USAGE = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}


@dataclass(frozen=True)
class Reply:
    """One answer: an HTTP error where `status` is none of 200, else a completion with `content`."""

    content: str | None = None
    finish_reason: str = "stop"
    refusal: str | None = None
    usage: dict[str, Any] | None = field(default_factory=lambda: USAGE)
    status: int = 200
    code: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None  # instead of a completion


class ChatServer(ThreadingHTTPServer):
    """Notes every request it has answered; `answer` makes the reply to one."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, handler: type[BaseHTTPRequestHandler] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), handler or ChatHandler)
        self.asked: list[dict[str, Any]] = []
        self.answer: Callable[[dict[str, Any]], Reply] = lambda _: Reply('{"word": "otter"}')
        self.delay = 0.0
        self.most_at_once = 0
        self.at_once = 0
        self.lock = Lock()

    @property
    def url(self) -> str:
        """Base URL for the client."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def received(self) -> str:
        """All that it was sent, as one text."""
        return "\n".join(json.dumps(request, ensure_ascii=False) for request in self.asked)

    def users(self) -> list[str]:
        """The last message of each request."""
        return [request["messages"][-1]["content"] for request in self.asked]


def completion_of(reply: Reply, request: dict[str, Any]) -> dict[str, Any]:
    """The JSON of an answer."""
    message = {"role": "assistant", "content": reply.content, "refusal": reply.refusal}
    choice = {"index": 0, "finish_reason": reply.finish_reason, "message": message}
    return {
        "id": "chat-1", "object": "chat.completion", "created": 0, "model": request["model"],
        "choices": [choice], "usage": reply.usage,
    }  # fmt: skip


class ChatHandler(BaseHTTPRequestHandler):
    server: ChatServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.asked.append(request)
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
            reply = self.server.answer(request)
        time.sleep(self.server.delay)
        with self.server.lock:
            self.server.at_once -= 1
        self._send(reply, request)

    def _send(self, reply: Reply, request: dict[str, Any]) -> None:
        if reply.status != 200:
            # Providers show the key in such messages.
            shown = f"wrong {self.headers['Authorization']}"
            body: Any = {"error": {"message": shown, "type": "x", "code": reply.code}}
        else:
            body = completion_of(reply, request)
        encoded = reply.body if reply.body is not None else json.dumps(body).encode()
        self.send_back(encoded, reply.status, reply.headers)

    def send_back(self, encoded: bytes, status: int, more: Mapping[str, str]) -> None:
        """Send JSON."""
        headers = {"Content-Type": "application/json", **more}
        with suppress(ConnectionError):  # who asked may have been killed meanwhile
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(encoded))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(encoded)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


Server = TypeVar("Server", bound=ChatServer)


@contextmanager
def serving(make: Callable[[], Server] = ChatServer) -> Iterator[Server]:
    """The server at work on a free port."""
    with make() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
