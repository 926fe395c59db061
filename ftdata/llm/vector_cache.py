"""Embeddings that were worked out or paid for once, by the hash of model and text.

One SQLite file a model: a batch is committed as it arrives, so a killed run keeps what it has, and
two processes that write meet the lock of SQLite. The first vector of a text stays, so that a
provider whose answers waver gives one outcome. It holds hashes and vectors, no texts.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
from upath import UPath

from ftdata.errors import StorageError

Vector = npt.NDArray[np.int8]

_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)"
_WAIT_S = 60.0  # for another process's commit
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class VectorCache:
    """The vectors of one model; `identity` names it, with all that its vectors depend on."""

    def __init__(self, folder: Path, identity: str) -> None:
        """Nothing is opened before `read` or `write`."""
        digest = hashlib.blake2b(identity.encode(), digest_size=6).hexdigest()
        model = _UNSAFE.sub("-", identity.split(" ", maxsplit=1)[0])
        self.path = folder / "embeddings" / f"{model}-{digest}" / "vectors.sqlite"
        self._seed = identity.encode() + b"\n"

    def key(self, text: str) -> bytes:
        """16 bytes that name model and text."""
        return hashlib.blake2b(self._seed + text.encode(), digest_size=16).digest()

    def read(self, keys: Sequence[bytes]) -> dict[bytes, Vector]:
        """The vectors that are there. Raises StorageError where the file cannot be read."""
        found = {}
        with self._open() as db:
            for key in keys:
                row = db.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
                if row is not None:
                    found[key] = np.frombuffer(row[0], dtype=np.int8)
        return found

    def write(self, vectors: Mapping[bytes, Vector]) -> None:
        """Keep vectors, all of them or none; a key that is there already keeps its own."""
        rows = [(key, vector.tobytes()) for key, vector in vectors.items()]
        with self._open() as db:
            db.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=_WAIT_S)) as db, db:
                db.execute(_SCHEMA)
                yield db
        except sqlite3.OperationalError as error:
            raise StorageError(
                f"{self.path}: cannot be used ({error}): make the data folder writable, with room"
                " on its disk, and build again"
            ) from error
        except sqlite3.DatabaseError as error:
            raise StorageError(
                f"{self.path}: damaged ({error}): delete it and build again; what it held is"
                " embedded anew"
            ) from error
        except OSError as error:
            raise StorageError(
                f"{error.filename}: cannot be written ({error.strerror}): make the data folder"
                " writable, or name another with --data-dir"
            ) from error


def cache_folder(data: UPath) -> Path:
    """`cache` below a local data folder; the user's own cache where data lies in an object store.

    SQLite needs a local file. What such a cache lacks is embedded anew, on each machine.
    """
    if isinstance(data, os.PathLike):
        return Path(data) / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ftdata"
