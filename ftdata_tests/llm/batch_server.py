"""A provider that takes batches too: files, batches, output and error files, as OpenAI's.

Answers are made from the bodies of the requests, when the test lets a batch end.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ftdata_tests.llm.chat_server import ChatHandler, ChatServer, Reply, completion_of


@dataclass
class Gate:
    """A place where an answer waits, so that who asked can be killed there."""

    reached: Event = field(default_factory=Event)
    opened: Event = field(default_factory=Event)


class BatchServer(ChatServer):
    """Notes what it answers, and so is paid for, in `paid`: the words of each request."""

    def __init__(self) -> None:
        super().__init__(BatchHandler)
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}  # the oldest first
        self.paid: Counter[str] = Counter()
        self.gates: dict[str, Gate] = {}  # by path
        self.refuses: dict[str, Reply] = {}  # by path
        self.calls: list[str] = []

    def gate(self, path: str) -> Gate:
        """From now on answers at a path wait."""
        self.gates[path] = Gate()
        return self.gates[path]

    def upload(self, content: bytes) -> dict[str, Any]:
        name = f"file-{len(self.files)}"
        self.files[name] = content
        return {
            "id": name, "object": "file", "bytes": len(content), "created_at": 1,
            "purpose": "batch", "filename": "requests.jsonl", "status": "processed",
        }  # fmt: skip

    def create(self, asked: dict[str, Any]) -> dict[str, Any]:
        name = f"batch_{len(self.batches)}"
        self.batches[name] = {
            **asked, "id": name, "object": "batch", "created_at": 1_700_000_000,
            "status": "validating", "output_file_id": None, "error_file_id": None, "errors": None,
        }  # fmt: skip
        return self.batches[name]

    def requests_of(self, name: str) -> list[dict[str, Any]]:
        """The lines of a batch's file."""
        content = self.files[self.batches[name]["input_file_id"]]
        return [json.loads(line) for line in content.splitlines()]

    def stand(self, status: str) -> None:
        """What is under way has this status from now on."""
        for batch in self.batches.values():
            if batch["status"] in ("validating", "in_progress", "finalizing"):
                batch["status"] = status

    def end(
        self,
        status: str = "completed",
        until: Callable[[int], bool] = lambda _: True,
        code: str = "batch_expired",
    ) -> None:
        """Let all batches under way end; only lines that `until` chooses are answered."""
        for name, batch in self.batches.items():
            if batch["status"] not in ("validating", "in_progress", "finalizing"):
                continue
            answers, failures = [], []
            for at, line in enumerate(self.requests_of(name)):
                told, is_answer = self._line(line, code if not until(at) else None)
                (answers if is_answer else failures).append(told)
            batch["status"] = status
            # Providers put the lines of a file in any order.
            for kind, lines in (("output", answers[::-1]), ("error", failures)):
                if lines:
                    content = "".join(json.dumps(one) + "\n" for one in lines)
                    batch[f"{kind}_file_id"] = self.upload(content.encode())["id"]

    def fail(self, code: str) -> None:
        """Let all batches under way fail as a whole."""
        for batch in self.batches.values():
            if batch["status"] == "validating":
                fault = {"code": code, "message": "the key sk-… may not", "line": 1, "param": None}
                batch["status"] = "failed"
                batch["errors"] = {"object": "list", "data": [fault]}

    def _line(self, line: dict[str, Any], code: str | None) -> tuple[dict[str, Any], bool]:
        told: dict[str, Any] = {"id": "r", "custom_id": line["custom_id"], "error": None}
        if code is not None:
            return told | {"response": None, "error": {"code": code, "message": "sorry"}}, False
        body = line["body"]
        reply = self.answer(body)
        if reply.status != 200:
            error = {"error": {"code": reply.code, "message": "it is sk-…"}}
            response: dict[str, Any] = {"status_code": reply.status, "body": error}
            return told | {"response": response}, False
        self.paid[body["messages"][1]["content"]] += 1
        response = {"status_code": 200, "body": completion_of(reply, body)}
        return told | {"response": response}, True


class BatchHandler(ChatHandler, BaseHTTPRequestHandler):
    server: BatchServer

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        found: dict[str, Any] | None
        if match := re.fullmatch(r"/v1/files/(.+)/content", url.path):
            self.server.calls.append("GET content")
            self.send_back(self.server.files[match[1]], 200, {})
            return
        if url.path == "/v1/batches":
            self.server.calls.append("GET batches")
            found = self._page(parse_qs(url.query))
        else:
            self.server.calls.append("GET batch")
            found = self.server.batches.get(url.path.removeprefix("/v1/batches/"))
        told = found or {"error": {"message": "no such batch", "code": None}}
        self.send_back(json.dumps(told).encode(), 200 if found else 404, {})

    def do_POST(self) -> None:
        path = self.path.removeprefix("/v1")
        if path == "/chat/completions":
            super().do_POST()
            return
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append(f"POST {path}")
        if refusal := self.server.refuses.get(path):
            fault = {"error": {"message": self.headers["Authorization"], "code": refusal.code}}
            self.send_back(json.dumps(fault).encode(), refusal.status, {})
            return
        if path == "/files":
            told = self.server.upload(self._file_in(content))
        else:
            told = self.server.create(json.loads(content))
        if gate := self.server.gates.get(path):
            gate.reached.set()
            gate.opened.wait(20)
        self.send_back(json.dumps(told).encode(), 200, {})

    def _page(self, query: dict[str, list[str]]) -> dict[str, Any]:
        newest = list(self.server.batches.values())[::-1]
        if after := query.get("after"):
            names = [batch["id"] for batch in newest]
            newest = newest[names.index(after[0]) + 1 :]
        size = int(query.get("limit", ["20"])[0])
        return {"object": "list", "data": newest[:size], "has_more": len(newest) > size}

    def _file_in(self, content: bytes) -> bytes:
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = message_from_bytes(head + content).get_payload()
        named = {part.get_param("name", header="content-disposition"): part for part in parts}
        assert named["purpose"].get_payload() == "batch"
        return named["file"].get_payload(decode=True)
