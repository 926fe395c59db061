"""A SQLite file of what was worked out or paid for once: where it lies, and how it is opened.

Two processes that write meet the lock of SQLite; what is written is there once `opened` ends.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from upath import UPath

from ftdata.errors import DiskFullError, StorageError

_WAIT_S = 60.0  # for another process's commit
_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)  # the second where a quota is used up
_NO_ROOM = "the disk is full: make room and build again, what is there is not asked again"


@contextmanager
def opened(path: Path, schema: Sequence[str], remedy: str) -> Iterator[sqlite3.Connection]:
    """The file, made by `schema` where it is not there; committed at the end, or not at all.

    `remedy` says what to do where it is damaged. Raises DiskFullError where there is no room, else
    StorageError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=_WAIT_S)) as db, db:
            for statement in schema:
                db.execute(statement)
            yield db
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in _FULL:
            raise DiskFullError(f"{path}: {_NO_ROOM}") from error
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise StorageError(
                f"{path}: another process has held it for {_WAIT_S:g} seconds: see which one uses"
                " this data folder, and build again"
            ) from error
        raise StorageError(
            f"{path}: cannot be used ({error}): make the data folder writable, with room on its"
            " disk, and build again"
        ) from error
    except sqlite3.DatabaseError as error:
        raise StorageError(f"{path}: damaged ({error}): {remedy}") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(f"{path}: {_NO_ROOM}") from error
        raise StorageError(
            f"{error.filename}: cannot be written ({error.strerror}): make the data folder"
            " writable, or name another with --data-dir"
        ) from error


def cache_folder(data: UPath) -> Path:
    """`cache` below a local data folder; the user's own cache where data lies in an object store.

    SQLite needs a local file. What such a cache lacks is asked for anew, on each machine.
    """
    if isinstance(data, os.PathLike):
        return Path(data) / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ftdata"
