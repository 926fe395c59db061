"""Locks between the processes that write one data folder on one machine.

The lock is the operating system's: it goes with the process that holds it, however that ends.
There is none for object stores, on Windows, or on a network disk that does not know locks.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from upath import UPath

from ftdata.errors import StorageError

_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS)


@contextmanager
def exclusive(path: UPath, *, wait: bool = True, refusal: str = "") -> Iterator[None]:
    """Hold the lock file `path`; where another process holds it, wait for it to be free.

    Without `wait` that raises StorageError with the text `refusal` and the other process's id.
    Raises StorageError too where the file cannot be made.
    """
    if not isinstance(path, os.PathLike) or sys.platform == "win32":
        yield
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        place, why = error.filename or path, error.strerror or error
        raise StorageError(
            f"{place}: cannot be written ({why}): make the data folder readable and writable, or"
            " name another with --data-dir"
        ) from error
    try:
        _lock(file, wait, refusal)
        yield
    finally:
        os.close(file)


def _lock(file: int, wait: bool, refusal: str) -> None:
    import fcntl  # is not there on Windows

    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError as error:
        holder = os.pread(file, 20, 0).decode(errors="replace").strip()
        raise StorageError(f"{refusal} (process {holder or 'unknown'})") from error
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    if not wait:
        os.truncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
