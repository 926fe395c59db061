"""A client without a server, for what happens between requests."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from ftdata.chat import Answer, Usage

USAGE = Usage(10, 0, 5, 0)


@dataclass
class FakeClient:
    """`reply` makes what comes of a request, by its number and the count of its tries before."""

    reply: Callable[[int, int], Any]
    delay: float = 0.0
    at_once: int = 0
    most_at_once: int = 0
    is_closed: bool = False
    tries: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def open(self) -> FakeClient:
        self.is_closed = False
        return self

    def send(self, asked, messages):
        with self.lock:
            assert not self.is_closed
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            before = self.tries.get(asked.user, 0)
            self.tries[asked.user] = before + 1
        time.sleep(self.delay)
        with self.lock:
            self.at_once -= 1
        found = self.reply(int(asked.user.split()[-1]), before)
        if isinstance(found, Exception):
            raise found
        return found if isinstance(found, tuple) else (found, {})

    def close(self):
        self.is_closed = True


def word(number, before=0):
    return Answer(f'{{"word":"w{number}"}}', USAGE)
