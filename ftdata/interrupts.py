"""Ctrl-C that cannot be lost."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def noted_interrupts() -> Iterator[Callable[[], None]]:
    """Gives a function that raises KeyboardInterrupt if there was one since, and it did not arrive.

    Python prints and forgets what a signal handler raises inside a finaliser or a weak reference's
    callback, and clearing up after imports spends seconds there. The signals' numbers are written
    to a pipe before any handler runs, and read from it here; nothing is printed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    reader, writer = os.pipe()
    for end in (reader, writer):
        os.set_blocking(end, False)
    before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    shown = sys.unraisablehook
    sys.unraisablehook = lambda raised: None if _is_interrupt(raised) else shown(raised)
    try:
        yield lambda: _raise_noted(reader)
    finally:
        sys.unraisablehook = shown
        signal.set_wakeup_fd(before)
        os.close(reader)
        os.close(writer)


def _is_interrupt(raised: sys.UnraisableHookArgs) -> bool:
    # Dagster raises its own in place of KeyboardInterrupt; neither is an Exception.
    return not issubclass(raised.exc_type, Exception)


def _raise_noted(reader: int) -> None:
    try:
        numbers = os.read(reader, 1_024)
    except BlockingIOError:
        return
    if signal.SIGINT in numbers:
        raise KeyboardInterrupt
