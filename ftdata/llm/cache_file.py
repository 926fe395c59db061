"""A SQLite file of what was worked out or paid for once: where it lies, and how it is opened.

Two processes that write meet the lock of SQLite; what is written is there once `opened` ends.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from upath import UPath

from ftdata.errors import StorageError

_WAIT_S = 60.0  # for another process's commit


@contextmanager
def opened(path: Path, schema: str, loss: str) -> Iterator[sqlite3.Connection]:
    """The file, made by `schema` where it is not there; committed at the end, or not at all.

    `loss` says what deleting it costs: "what it held is embedded anew". Raises StorageError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=_WAIT_S)) as db, db:
            db.execute(schema)
            yield db
    except sqlite3.OperationalError as error:
        raise StorageError(
            f"{path}: cannot be used ({error}): make the data folder writable, with room on its"
            " disk, and build again"
        ) from error
    except sqlite3.DatabaseError as error:
        raise StorageError(
            f"{path}: damaged ({error}): delete it and build again; {loss}"
        ) from error
    except OSError as error:
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
