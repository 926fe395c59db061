"""Embeddings that were worked out or paid for once, by the hash of model and text.

One SQLite file a model: a batch is committed as it arrives, so a killed run keeps what it has, and
two processes that write meet the lock of SQLite. The first vector of a text stays, so that a
provider whose answers waver gives one outcome. It holds hashes and vectors, no texts.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ftdata.llm.asked import ASKED_SCHEMA, forget_asked
from ftdata.llm.cache_file import opened

Vector = npt.NDArray[np.int8]

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)",
    *ASKED_SCHEMA,
)
_FILE = "vectors.sqlite"
_REMEDY = "delete it and build again; what it held is embedded anew"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class VectorCache:
    """The vectors of one model; `identity` names it, with all that its vectors depend on."""

    def __init__(self, folder: Path, identity: str) -> None:
        """Nothing is opened before `read` or `write`."""
        digest = hashlib.blake2b(identity.encode(), digest_size=6).hexdigest()
        model = _UNSAFE.sub("-", identity.split(" ", maxsplit=1)[0])
        self.path = folder / "embeddings" / f"{model}-{digest}" / _FILE
        self._seed = identity.encode() + b"\n"

    def key(self, text: str) -> bytes:
        """16 bytes that name model and text."""
        return hashlib.blake2b(self._seed + text.encode(), digest_size=16).digest()

    def read(self, keys: Sequence[bytes]) -> dict[bytes, Vector]:
        """The vectors that are there. Raises StorageError where the file cannot be read."""
        found = {}
        with self.open() as db:
            for key in keys:
                row = db.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
                if row is not None:
                    found[key] = np.frombuffer(row[0], dtype=np.int8)
        return found

    def write(self, vectors: Mapping[bytes, Vector]) -> None:
        """Keep vectors, all of them or none; a key that is there already keeps its own."""
        rows = [(key, vector.tobytes()) for key, vector in vectors.items()]
        with self.open() as db:
            db.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)

    def open(self) -> AbstractContextManager[sqlite3.Connection]:
        """The file; committed at the end, or not at all. Raises StorageError."""
        return opened(self.path, _SCHEMA, _REMEDY)


def vector_files(folder: Path) -> list[Path]:
    """The files of all models below a cache folder."""
    return sorted(folder.glob(f"embeddings/*/{_FILE}"))


def opened_file(path: Path) -> AbstractContextManager[sqlite3.Connection]:
    """One of them. Raises StorageError."""
    return opened(path, _SCHEMA, _REMEDY)


def erase_vectors(path: Path, keys: Iterable[bytes]) -> int:
    """Remove vectors so that none of their bytes is left; returns how many there were."""
    gone, count = list(keys), 0
    with opened_file(path) as db:
        for key in gone:
            count += db.execute("DELETE FROM vectors WHERE key = ?", (key,)).rowcount
        forget_asked(db, gone)
    with opened_file(path) as db:
        db.execute("VACUUM")
    return count
