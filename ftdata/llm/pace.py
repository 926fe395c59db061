"""How fast requests may be sent: limits per minute, what the provider asks for, and a breaker.

Times are seconds of a monotonic clock that the caller reads. They decide when a request is sent,
never what becomes of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_SPAN = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_UNIT_S = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 60.0


@dataclass
class Bucket:
    """Fills up evenly within a minute; what is taken out at once may be all of it."""

    per_minute: int | None
    level: float = field(init=False)
    _at: float | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.level = float(self.per_minute or 0)

    def wait(self, amount: float, now: float) -> float:
        """Seconds until `amount` may be taken: 0 where it may be now."""
        if self.per_minute is None:
            return 0.0
        self._fill(now)
        # What is more than a minute's worth would wait for ever: it takes a whole minute's.
        lacking = min(amount, self.per_minute) - self.level
        return max(0.0, lacking * 60 / self.per_minute)

    def take(self, amount: float, now: float) -> None:
        """Note that it was taken; the level may fall below zero."""
        if self.per_minute is not None:
            self._fill(now)
            self.level -= amount

    def _fill(self, now: float) -> None:
        passed = 0.0 if self._at is None else now - self._at
        self._at = now
        most = float(self.per_minute or 0)
        self.level = min(most, self.level + passed * most / 60)


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

    def room(self, now: float) -> int:
        """How many requests may be under way."""
        if not self._opened:
            return self.concurrency
        return 0 if now < self._until else 1

    @property
    def opens_at(self) -> float:
        """When the next request may be sent, where it is open."""
        return self._until

    def succeeded(self) -> None:
        """The provider answers."""
        self._failures = self._opened = 0

    def failed(self, now: float, pause: float) -> None:
        """A request was held back or failed; `pause` is what it is to wait for."""
        self._failures += 1
        if self._failures >= 2 * self.concurrency + 8 or self._opened:
            longer = min(_PAUSE_S * 2**self._opened, _LONGEST_PAUSE_S)
            self._opened += 1
            self._until = now + max(pause, longer)
