"""Which stage of which partition asked for what a cache holds: a table beside the answers.

By it an erasure finds the answers that were given to erased records alone. A stage that is built
again leaves what it does not ask for any more as past; nothing is removed for that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from ftdata.keys import PartitionKey
from ftdata.llm.ledger import Spender

ASKED_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS asked (source TEXT, date TEXT, stage TEXT, key BLOB,"
    " is_past INTEGER, PRIMARY KEY (source, date, stage, key)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS asked_key ON asked (key)",
)
AskedRow = tuple[str, str, str, bytes, int]


@dataclass
class Asking:
    """One building of a stage of a partition notes what it asks for."""

    path: Path  # of the cache
    opened: Callable[[], AbstractContextManager[sqlite3.Connection]]
    spender: Spender
    _has_begun: bool = False

    def note(self, keys: Iterable[bytes]) -> None:
        """Note keys before they are looked up; the first call makes all others of the stage past.

        Raises StorageError. Who asks for no stage leaves no note.
        """
        wanted = list(keys)
        if not self.spender.stage or not (wanted or self.path.exists()):
            return
        name = (self.spender.source, self.spender.date, self.spender.stage)
        with self.opened() as db:
            if not self._has_begun:
                db.execute(
                    "UPDATE asked SET is_past = 1 WHERE source = ? AND date = ? AND stage = ?", name
                )
            db.executemany(
                "INSERT INTO asked VALUES (?, ?, ?, ?, 0) ON CONFLICT DO UPDATE SET is_past = 0",
                [(*name, key) for key in wanted],
            )
        self._has_begun = True


def asked_by(db: sqlite3.Connection, partitions: Iterable[PartitionKey]) -> set[bytes]:
    """Keys that these partitions have asked for, and no others."""
    keys: set[bytes] = set()
    own = set(partitions)
    for one in own:
        keys.update(key for (key,) in _keys_of(db, one))
    return {key for key in keys if _askers(db, key) <= own}


def given_up(
    db: sqlite3.Connection, partitions: Sequence[PartitionKey], gone: Iterable[PartitionKey]
) -> set[bytes]:
    """Keys that only these partitions have asked for, and ask for no more.

    Those of them that are `gone` ask for nothing.
    """
    for one in gone:
        db.execute(
            "UPDATE asked SET is_past = 1 WHERE source = ? AND date = ?", (one.source, one.date)
        )
    return {
        key
        for key in asked_by(db, partitions)
        if not db.execute("SELECT 1 FROM asked WHERE key = ? AND NOT is_past", (key,)).fetchone()
    }


def forget_asked(db: sqlite3.Connection, keys: Iterable[bytes]) -> None:
    """Take out the notes on keys."""
    db.executemany("DELETE FROM asked WHERE key = ?", [(key,) for key in keys])


def unknown(db: sqlite3.Connection, table: str) -> set[bytes]:
    """Keys of a table of answers of which nobody knows who asked for them."""
    found = db.execute(f"SELECT key FROM {table} WHERE key NOT IN (SELECT key FROM asked)")  # noqa: S608 - a name of ours
    return {key for (key,) in found}


def asked_rows(db: sqlite3.Connection) -> list[AskedRow]:
    """All notes, for `put_asked_back`."""
    return db.execute("SELECT * FROM asked").fetchall()


def put_asked_back(db: sqlite3.Connection, rows: Iterable[AskedRow]) -> None:
    """Note what is noted in another file."""
    db.executemany("INSERT INTO asked VALUES (?, ?, ?, ?, ?)", rows)


def _keys_of(db: sqlite3.Connection, key: PartitionKey) -> sqlite3.Cursor:
    return db.execute(
        "SELECT DISTINCT key FROM asked WHERE source = ? AND date = ?", (key.source, key.date)
    )


def _askers(db: sqlite3.Connection, key: bytes) -> set[PartitionKey]:
    rows = db.execute("SELECT DISTINCT source, date FROM asked WHERE key = ?", (key,))
    return {PartitionKey(date=date, source=source) for source, date in rows}
