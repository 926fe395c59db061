"""How fast requests may be sent: limits per minute, what the provider asks for, and a breaker.

Times are seconds of a monotonic clock that the caller reads. They decide when a request is sent,
never what becomes of it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

_SPAN = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_UNIT_S = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_MINUTE_S = 60.0
_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 60.0
_DOUBLINGS = 6  # of the pause, which is the longest by then


@dataclass
class Bucket:
    """Holds what was taken within the last minute, and no more of it than `per_minute`.

    A burst may take all of it at once: it is a limit of minutes, not of seconds. What is larger
    than a minute's worth is taken alone.
    """

    per_minute: int | None
    _taken: deque[tuple[float, int]] = field(default_factory=deque, init=False)
    _level: int = field(default=0, init=False)  # their sum

    def wait(self, amount: int, now: float) -> float:
        """Seconds until `amount` may be taken: 0 where it may be now."""
        if self.per_minute is None:
            return 0.0
        self._drain(now)
        excess, until = self._level + min(amount, self.per_minute) - self.per_minute, now
        for at, taken in self._taken:
            if excess <= 0:
                break
            excess, until = excess - taken, at + _MINUTE_S
        return until - now

    def take(self, amount: int, now: float) -> None:
        """Note that it was taken."""
        if self.per_minute is not None:
            self._taken.append((now, amount))
            self._level += amount

    def _drain(self, now: float) -> None:
        while self._taken and self._taken[0][0] + _MINUTE_S <= now:
            self._level -= self._taken.popleft()[1]


@dataclass
class Pace:
    """Limits per minute from the settings, and what the provider's headers say is left."""

    requests: Bucket
    tokens: Bucket
    _until: float = 0.0  # before that the provider takes nothing

    def wait(self, tokens: int, now: float) -> float:
        """Seconds until a request of so many tokens may be sent."""
        return max(self.requests.wait(1, now), self.tokens.wait(tokens, now), self._until - now, 0)

    def take(self, tokens: int, now: float) -> None:
        """Note that such a request is sent."""
        self.requests.take(1, now)
        self.tokens.take(tokens, now)

    def heed(self, headers: Mapping[str, str], now: float) -> None:
        """Hold back until the provider's own window opens again, where nothing is left of it."""
        for kind in ("requests", "tokens"):
            left = headers.get(f"x-ratelimit-remaining-{kind}")
            opens = headers.get(f"x-ratelimit-reset-{kind}")
            if left is not None and opens is not None and left.strip() == "0":
                self._until = max(self._until, now + min(seconds_of(opens), _LONGEST_PAUSE_S))


def seconds_of(span: str) -> float:
    """Seconds of a span as in `x-ratelimit-reset-requests`: `1s`, `6m0s`, `20ms`; 0 of no span."""
    return sum(float(number) * _UNIT_S[unit] for number, unit in _SPAN.findall(span))


@dataclass
class Breaker:
    """Stops sending when nothing but failures come back, then lets one request through to see."""

    concurrency: int
    _failures: int = 0  # in a row, over all requests
    _opened: int = 0
    _until: float = 0.0

    @property
    def most(self) -> int:
        """How many requests may be under way, from `closes_at` on."""
        return 1 if self._opened else self.concurrency

    @property
    def closes_at(self) -> float:
        """Until then nothing is sent."""
        return self._until if self._opened else 0.0

    def room(self, now: float) -> int:
        """How many requests may be under way now."""
        return self.most if now >= self.closes_at else 0

    def succeeded(self) -> None:
        """The provider answers."""
        self._failures = self._opened = 0

    def failed(self, now: float, pause: float) -> None:
        """A request was held back or failed; `pause` is what it is to wait for."""
        self._failures += 1
        if self._opened and now < self._until:
            return  # sent before it opened: that tells nothing new
        if self._opened or self._failures >= 2 * self.concurrency + 8:
            longer = min(_PAUSE_S * 2 ** min(self._opened, _DOUBLINGS), _LONGEST_PAUSE_S)
            self._opened += 1
            self._until = now + max(pause, longer)
