"""Spreads the pieces of a file over processes; what comes back is in their order."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from ftdata.checking.pieces import Piece
from ftdata.checking.scan import Part, Task, scan_piece
from ftdata.errors import UsageError

SPREAD_FROM = 16 << 20
"""Bytes of a file from which the start of other processes (about a second each) pays."""

_MOST = 8
_AHEAD = 2  # pieces that wait for each of the other processes


def usual_workers() -> int:
    """As many processes as there are cores for this one, 8 at most."""
    return min(len(os.sched_getaffinity(0)), _MOST)


def scan_pieces(pieces: Iterator[Piece], task: Task, workers: int) -> Iterator[Part]:
    """What is found in each piece, in order: the same whatever the number of processes.

    This process is one of the workers. Raises UsageError where one of them is killed.
    """
    if workers == 1:
        yield from (scan_piece(piece, task) for piece in pieces)
        return
    # Not forked: a fork copies the locks of threads, and Arrow runs some.
    context = multiprocessing.get_context("spawn")
    try:
        # An interrupt is for this process: the others end with it.
        ignore = (signal.SIGINT, signal.SIG_IGN)
        with ProcessPoolExecutor(workers - 1, context, signal.signal, ignore) as pool:
            yield from _spread(pieces, task, pool, _AHEAD * (workers - 1))
    except BrokenProcessPool as error:
        raise UsageError(
            "a process that checked a part of the file could not start or was killed, as happens"
            " where memory is short: add --workers 1"
        ) from error


def _spread(
    pieces: Iterator[Piece], task: Task, pool: ProcessPoolExecutor, most: int
) -> Iterator[Part]:
    waiting: deque[Future[Part]] = deque()
    for piece in pieces:
        if sum(not part.done() for part in waiting) < most:
            waiting.append(pool.submit(scan_piece, piece, task))
        else:
            own: Future[Part] = Future()
            own.set_result(scan_piece(piece, task))
            waiting.append(own)
        while waiting and waiting[0].done():
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
