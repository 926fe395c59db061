"""A provider of chat in a process of its own, for runs that are killed and for measurements.

    python -m ftdata_tests.llm.provider_process LOG SCENARIO

prints its port and serves until its standard input ends. Each request is a line of LOG once it is
answered, or once who asked has gone.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from ftdata_tests.llm import material_answers

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_KEY = re.compile(rb"\r\nauthorization: *([^\r]*)\r\n", re.IGNORECASE)


@dataclass(frozen=True)
class Scenario:
    """What becomes of requests; shares are drawn from their texts, so that all know them."""

    delay_s: float = 0.0  # of an answer; what is held back is told so at once
    held: float = 0.0  # share that is answered 429 at first
    headers: dict[str, str] = field(default_factory=dict)  # of what is held back, or fails
    answer_headers: dict[str, str] = field(default_factory=dict)
    malformed: float = 0.0  # share; the repair turn mends half of them
    truncated: float = 0.0
    refused: float = 0.0
    status: int = 200  # of every answer
    code: str | None = None
    fails_s: float = 0.0  # from its first request on it answers 503
    usage: tuple[int, int] | None = (10, 5)  # of prompt and completion; None: as o200k counts them
    of_material: bool = False  # answers made of what the request shows, about as long as a model's


def drawn(share: float, kind: str, text: str) -> bool:
    """Whether a request is one of a share."""
    return zlib.crc32(f"{kind} {text}".encode()) < share * 2**32


@dataclass(frozen=True)
class Asked:
    """A request as the server saw it; times are `time.time()`."""

    user: str
    turn: int  # 2 of the repair
    came: float
    sent: float | None  # when its answer had been sent; None where who asked had gone
    status: int
    body: str

    @property
    def is_answered(self) -> bool:
        """Whether it was paid for."""
        return self.sent is not None and self.status == 200


@dataclass(frozen=True)
class Apart:
    """The server at work."""

    url: str
    log: Path

    def asked(self) -> list[Asked]:
        """All requests so far, in the order of their answers."""
        return [Asked(**json.loads(line)) for line in self.log.read_text("utf-8").splitlines()]


@contextmanager
def serving_apart(folder: Path, scenario: Scenario) -> Iterator[Apart]:
    """The server in a process of its own, its log in `folder`."""
    log = folder / "asked.jsonl"
    log.touch()
    command = [sys.executable, "-m", __name__, str(log), json.dumps(asdict(scenario))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            port = int(process.stdout.readline())
            yield Apart(f"http://127.0.0.1:{port}/v1", log)
        finally:
            process.stdin.close()


class _Provider:
    def __init__(self, scenario: Scenario, log: Path) -> None:
        self.scenario = scenario
        self._log = log.open("ab", buffering=0)
        self._held: set[str] = set()
        self._began: float | None = None

    def reply(self, request: dict[str, Any], key: str) -> tuple[int, float, dict[str, str], Any]:
        """Status, seconds until it is sent, headers and body."""
        scenario, text = self.scenario, request["messages"][1]["content"]
        self._began = self._began or time.monotonic()
        status = scenario.status
        if time.monotonic() - self._began < scenario.fails_s:
            status = 503
        elif drawn(scenario.held, "held", text) and text not in self._held:
            self._held.add(text)
            status = 429
        if status != 200:
            # Providers show the key in such messages.
            fault = {"message": f"wrong {key}", "type": "x", "code": scenario.code}
            return status, 0.0, scenario.headers, {"error": fault}
        return 200, scenario.delay_s, scenario.answer_headers, self._completion(request, text)

    def _completion(self, request: dict[str, Any], text: str) -> dict[str, Any]:
        scenario, is_repair = self.scenario, len(request["messages"]) > 2
        fill = material_answers.answer_of if scenario.of_material else _filled_text
        content: str | None = fill(request)
        finish, refusal = "stop", None
        if drawn(scenario.malformed, "malformed", text):
            content = content if is_repair and drawn(0.5, "mended", text) else "Certainly!"
        elif drawn(scenario.truncated, "truncated", text):
            content, finish = '{"wo', "length"
        elif drawn(scenario.refused, "refused", text):
            content, refusal = None, "I cannot help with that."
        prompt, completion = scenario.usage or material_answers.counted(request, content or "")
        message = {"role": "assistant", "content": content, "refusal": refusal}
        return {
            "id": "chat-1", "object": "chat.completion", "created": 0, "model": request["model"],
            "choices": [{"index": 0, "finish_reason": finish, "message": message}],
            "usage": {
                "prompt_tokens": prompt, "completion_tokens": completion,
                "total_tokens": prompt + completion,
            },
        }  # fmt: skip

    def note(self, request: dict[str, Any], came: float, status: int, *, is_sent: bool) -> None:
        messages = request["messages"]
        asked = Asked(
            messages[1]["content"], len(messages) // 2, came, time.time() if is_sent else None,
            status, json.dumps(request),
        )  # fmt: skip
        self._log.write(json.dumps(asdict(asked)).encode() + b"\n")


def filled(request: dict[str, Any]) -> dict[str, str]:
    """The form that is asked for: of a word the last of the question, else a sentence of it."""
    text = request["messages"][1]["content"]
    schema = request["response_format"]["json_schema"]["schema"]
    number = zlib.crc32(text.encode())
    sentence = f"What does part {number} of the help centre say about this?"
    return {name: text.split()[-1] if name == "word" else sentence for name in schema["properties"]}


def _filled_text(request: dict[str, Any]) -> str:
    return json.dumps(filled(request))


class _Connection(asyncio.Protocol):
    def __init__(self, provider: _Provider) -> None:
        self._provider = provider
        self._buffer = b""

    def connection_made(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, body = self._buffer.partition(b"\r\n\r\n")
        found = _LENGTH.search(head + b"\r\n")
        if not end or found is None or len(body) < int(found[1]):
            return
        self._buffer = b""
        key = _KEY.search(head + b"\r\n")
        request, came = json.loads(body), time.time()
        status, delay, headers, reply = self._provider.reply(
            request, key[1].decode() if key else ""
        )
        loop = asyncio.get_running_loop()
        loop.call_later(delay, self._send, request, came, status, headers, json.dumps(reply))

    def _send(
        self, request: Any, came: float, status: int, headers: dict[str, str], body: str
    ) -> None:
        is_there = not self._transport.is_closing()
        if is_there:
            all_headers = {
                "Content-Type": "application/json", **headers, "Content-Length": str(len(body)),
            }  # fmt: skip
            head = "".join(f"{name}: {value}\r\n" for name, value in all_headers.items())
            self._transport.write(f"HTTP/1.1 {status} Told\r\n{head}\r\n{body}".encode())
        self._provider.note(request, came, status, is_sent=is_there)


async def _serve(log: Path, scenario: Scenario) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    provider = _Provider(scenario, log)
    server = await loop.create_server(lambda: _Connection(provider), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)

    def follow() -> None:
        sys.stdin.read()
        loop.call_soon_threadsafe(ended.set)

    Thread(target=follow, daemon=True).start()
    await ended.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), Scenario(**json.loads(sys.argv[2]))))
