"""Requests under way: bounded, paced, sent again when they are held back, repaired once.

One thread decides and keeps what arrives; the others send. It is not the main thread, the only one
that Ctrl-C interrupts: what was paid for is never between two places. A request that waits for its
next try takes no place of one that could be sent.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event
from typing import Protocol

from ftdata.chat import Answer, ChatRequest, Refused
from ftdata.errors import ProviderError
from ftdata.llm.chat_client import (
    Held,
    Malformed,
    Messages,
    Sent,
    after_repair,
    messages_of,
    repair_of,
)
from ftdata.llm.pace import Breaker, Bucket, Pace
from ftdata.settings_llm import Llm

Outcome = Answer | Refused

_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 8.0  # between tries, where the provider says nothing
_LONGEST_ASKED_S = 300.0  # a provider that asks for more is not waited for


class Client(Protocol):
    """Sends to a provider; several threads may do so at once."""

    def send(self, request: ChatRequest, messages: Messages) -> tuple[Sent, Mapping[str, str]]:
        """What came of one try, and the headers of the answer. Raises ProviderError."""

    def close(self) -> None:
        """Give the connections back."""


@dataclass
class Job:
    """One request on its way to its outcome."""

    key: bytes
    request: ChatRequest
    tokens: int  # as estimated, prompt and completion
    messages: Messages = field(init=False)
    tries: int = 0
    malformed: Malformed | None = None

    def __post_init__(self) -> None:
        self.messages = messages_of(self.request)


Flight = Future[tuple[Sent, Mapping[str, str]]]
Landed = Callable[[Mapping[bytes, Outcome]], None]
MaySend = Callable[[Job], None]


class Dispatcher:
    """Sends jobs to a client until each has its outcome."""

    def __init__(self, open_client: Callable[[], Client], options: Llm, may_send: MaySend) -> None:
        """`may_send` is asked before each request and raises where no more may be sent."""
        self._open_client = open_client
        self._options = options
        self._may_send = may_send
        self._pace = Pace(Bucket(options.requests_per_minute), Bucket(options.tokens_per_minute))
        self._breaker = Breaker(options.concurrency)
        self._flying: dict[Flight, Job] = {}
        self._done: SimpleQueue[Flight] = SimpleQueue()
        self._waiting: list[tuple[float, int, int, Job]] = []  # a heap by the time of the next try
        self._arrived: dict[bytes, Outcome] = {}  # and not kept yet
        self._stopped = Event()
        self._count = 0
        self._client: Client | None = None
        self._fault: ProviderError | None = None  # for which the run ends

    @property
    def in_flight(self) -> list[Job]:
        """The requests that are sent and not answered."""
        return list(self._flying.values())

    def run(self, jobs: Iterator[Job], landed: Landed) -> None:
        """Send all jobs; `landed` gets outcomes as they come, to keep them.

        Raises what `may_send` and `landed` raise, and ProviderError where the provider refuses for
        good or a job has no tries left. Then, and when the run is cancelled, what is under way is
        waited for and kept.
        """
        with ThreadPoolExecutor(self._options.concurrency + 1) as pool:
            steering = pool.submit(self._steer, pool, jobs, landed)
            try:
                steering.result()
            finally:
                self._stopped.set()
                wait([steering])

    def _steer(self, pool: ThreadPoolExecutor, jobs: Iterator[Job], landed: Landed) -> None:
        try:
            self._fill(pool, jobs)
            while (self._flying or self._waiting) and not self._stopped.is_set():
                self._gather(self._next_done())
                # Kept before more is sent: what a kill costs was under way at one time.
                self._land(landed)
                if self._fault is not None:
                    raise self._fault
                self._fill(pool, jobs)
        finally:
            self._settle(landed)

    def _fill(self, pool: ThreadPoolExecutor, jobs: Iterator[Job]) -> None:
        """Send what may be sent now: first those whose time has come, then new ones."""
        while len(self._flying) < self._breaker.room(now := time.monotonic()):
            if self._waiting and self._waiting[0][0] <= now:
                job: Job | None = heapq.heappop(self._waiting)[-1]
            else:
                job = next(jobs, None) if self._takes_new() else None
            if job is None:
                return
            pause = self._pace.wait(job.tokens, now)
            if pause > 0:
                self._wait(job, now + pause)
                return
            self._may_send(job)
            self._pace.take(job.tokens, now)
            self._client = self._client or self._open_client()
            flight = pool.submit(self._client.send, job.request, job.messages)
            self._flying[flight] = job
            flight.add_done_callback(self._done.put)

    def _takes_new(self) -> bool:
        """Jobs in hand are bounded: those that wait are tried before more are begun."""
        return len(self._waiting) < 16 * self._options.concurrency

    def _next_done(self) -> Iterable[Flight]:
        """Those that are done by the time when something else may be sent."""
        until = None
        if self._waiting and len(self._flying) < self._breaker.most:
            soon = max(self._waiting[0][0], self._breaker.closes_at)
            until = max(0.0, soon - time.monotonic())
        if not self._flying:
            self._stopped.wait(until)
            return []
        try:
            done = [self._done.get(timeout=until)]
            while not self._done.empty():
                done.append(self._done.get())
        except Empty:
            return []
        return done

    def _gather(self, done: Iterable[Flight]) -> None:
        """Take in what became of requests; those without an outcome wait for their next try."""
        # A fault of ours comes last: it ends the run, and loses nothing of the others.
        for future in sorted(done, key=lambda one: one.exception() is not None):
            job = self._flying.pop(future)
            try:
                sent, headers = future.result()
            except ProviderError as error:
                self._fault = self._fault or error
                continue
            outcome = self._outcome_of(job, sent, headers)
            if outcome is not None:
                self._arrived[job.key] = outcome

    def _land(self, landed: Landed) -> None:
        arrived, self._arrived = self._arrived, {}
        landed(arrived)

    def _outcome_of(self, job: Job, sent: Sent, headers: Mapping[str, str]) -> Outcome | None:
        now = time.monotonic()
        self._pace.heed(headers, now)
        if isinstance(sent, Held):
            self._hold(job, sent, now)
            return None
        self._breaker.succeeded()
        if job.malformed is not None:
            return after_repair(job.malformed, sent)
        if isinstance(sent, Malformed):
            job.malformed, job.messages = sent, repair_of(job.request, sent)
            self._wait(job, now)
            return None
        return sent

    def _hold(self, job: Job, held: Held, now: float) -> None:
        job.tries += 1
        pause = held.after_s
        if not pause:  # or it has passed: to ask at once would only use up the tries
            pause = min(_FIRST_WAIT_S * 2 ** (job.tries - 1), _LONGEST_WAIT_S)
        self._breaker.failed(now, pause)
        if job.tries > self._options.retries:
            self._fault = self._fault or held.error
        elif pause > _LONGEST_ASKED_S:
            self._fault = self._fault or ProviderError(
                f"{held.error}: it asks to wait for {pause:,.0f} seconds"
            )
        # Of those that wait for the breaker the one with most tries is sent to see: where the
        # provider fails for all, its tries are used up soon, and the run ends.
        until = now + pause
        self._wait(job, until if until > self._breaker.closes_at else 0.0)

    def _wait(self, job: Job, until: float) -> None:
        self._count += 1  # jobs do not compare
        heapq.heappush(self._waiting, (until, -job.tries, self._count, job))

    def _settle(self, landed: Landed) -> None:
        """Keep what is under way, where a run ends early; and close the client."""
        try:
            if self._flying:
                self._gather(wait(self._flying).done)
            self._land(landed)
        finally:
            self._waiting.clear()
            if self._client is not None:
                self._client.close()
                self._client = None
