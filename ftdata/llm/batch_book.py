"""What is on its way in batches: tables beside the answers, so that a kill loses no batch.

`batches` has a row a batch, written before anything is sent; its id follows as soon as the provider
tells it. `batched` says in which batch a request is, and how often it was submitted; `waiting`
which partitions wait for what. They hold keys of requests, never a request, an address or a key of
the provider.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ftdata.chat import Usage
from ftdata.llm.ledger import Spender
from ftdata.llm.provider import server

# `sending`: nobody has told its id; `ended`: its answers are there to be fetched, or were.
State = Literal["sending", "submitted", "ended", "failed", "lost"]

BATCH_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS batches (number INTEGER PRIMARY KEY, id TEXT, digest TEXT,"
    " server TEXT, model TEXT, run TEXT, stage TEXT, source TEXT, date TEXT, submitted INTEGER,"
    " expected_prompt INTEGER, expected_completion INTEGER, state TEXT)",
    "CREATE TABLE IF NOT EXISTS batched"
    " (key BLOB PRIMARY KEY, batch INTEGER, tries INTEGER, why TEXT) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS waiting (stage TEXT, source TEXT, date TEXT, batch INTEGER,"
    " requests INTEGER, PRIMARY KEY (stage, source, date, batch)) WITHOUT ROWID",
)
_COLUMNS = {"batches": 13, "batched": 4, "waiting": 5}

Rows = dict[str, list[tuple[object, ...]]]  # by table


@dataclass(frozen=True)
class Batch:
    """One batch as it is noted here."""

    number: int
    id: str  # the provider's; empty while it is `sending`
    digest: str
    spender: Spender
    state: State


@dataclass(frozen=True)
class Waiting:
    """A stage of a partition that waits for requests in batches, by the id of each."""

    stage: str
    source: str
    date: str
    requests: Mapping[str, int]
    under_way: frozenset[str]  # those that have not ended when somebody last looked


def digest_of(keys: Iterable[bytes]) -> str:
    """32 hex digits of the requests of a batch, in their order: by that it is found again."""
    return hashlib.blake2b(b"".join(keys), digest_size=16).hexdigest()


def intend(
    db: sqlite3.Connection,
    keys: Sequence[bytes],
    spender: Spender,
    model: str,
    expected: Usage,
) -> int:
    """Note that a batch is about to be sent; returns its number."""
    number = db.execute(
        "INSERT INTO batches VALUES (NULL, '', ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, 'sending')",
        (
            digest_of(keys), _server(), model, spender.run, spender.stage, spender.source,
            spender.date, expected.prompt, expected.completion,
        ),
    ).lastrowid  # fmt: skip
    db.executemany(
        "INSERT INTO batched VALUES (?1, ?2, 1, NULL)"
        " ON CONFLICT DO UPDATE SET batch = ?2, tries = tries + 1, why = NULL",
        [(key, number) for key in keys],
    )
    assert number is not None
    return number


def confirm(db: sqlite3.Connection, number: int, identity: str, created: int) -> None:
    """Note that the provider has taken the batch, and when (seconds since 1970)."""
    db.execute(
        "UPDATE batches SET id = ?, submitted = ?, state = 'submitted' WHERE number = ?",
        (identity, created, number),
    )


def withdraw(db: sqlite3.Connection, number: int) -> None:
    """Note that the batch was never sent."""
    db.execute("DELETE FROM batches WHERE number = ?", (number,))
    db.execute("DELETE FROM batched WHERE batch = ? AND tries < 2", (number,))
    db.execute("UPDATE batched SET batch = NULL, tries = tries - 1 WHERE batch = ?", (number,))


def end(db: sqlite3.Connection, number: int, state: State) -> None:
    """Note how a batch has ended. One that came to nothing holds its requests no longer."""
    db.execute("UPDATE batches SET state = ? WHERE number = ?", (state, number))
    if state in ("failed", "lost"):
        db.execute("DELETE FROM batched WHERE batch = ?", (number,))


def take_out(db: sqlite3.Connection, keys: Iterable[bytes]) -> None:
    """Note that nobody waits for these requests: they are answered, or given up."""
    db.executemany("DELETE FROM batched WHERE key = ?", [(key,) for key in keys])


def put_off(db: sqlite3.Connection, unanswered: Mapping[bytes, str]) -> None:
    """Note that requests came back without an answer, and by which code."""
    db.executemany(
        "UPDATE batched SET batch = NULL, why = ? WHERE key = ?",
        [(why, key) for key, why in unanswered.items()],
    )


def unsent(db: sqlite3.Connection) -> list[Batch]:
    """Those whose sender ended before it knew their id."""
    rows = db.execute(
        "SELECT number, id, digest, state, run, stage, source, date FROM batches"
        " WHERE state = 'sending' AND server = ? ORDER BY number",
        (_server(),),
    )
    return [_batch(*row) for row in rows]


def holding(db: sqlite3.Connection, keys: Iterable[bytes]) -> dict[Batch, list[bytes]]:
    """The batches that hold any of the requests, each with those it holds; the oldest first."""
    held: defaultdict[int, list[bytes]] = defaultdict(list)
    for key in keys:
        row = db.execute("SELECT batch FROM batched WHERE key = ?", (key,)).fetchone()
        if row is not None and row[0] is not None:
            held[row[0]].append(key)
    return {_numbered(db, number): held[number] for number in sorted(held)}


def tried(db: sqlite3.Connection, keys: Iterable[bytes], times: int) -> dict[bytes, str]:
    """Requests that came back unanswered so often or oftener, with the code of the last time."""
    found = {}
    for key in keys:
        row = db.execute(
            "SELECT why FROM batched WHERE key = ? AND batch IS NULL AND tries >= ?", (key, times)
        ).fetchone()
        if row is not None:
            found[key] = row[0]
    return found


def known_ids(db: sqlite3.Connection) -> set[str]:
    """Ids of all batches but those that the provider did not know any more."""
    return {name for (name,) in db.execute("SELECT id FROM batches WHERE state <> 'lost'")}


def note_waiting(
    db: sqlite3.Connection, spender: Spender, held: Mapping[Batch, Sequence[bytes]]
) -> None:
    """Note what a stage of a partition waits for from now on, which may be nothing."""
    name = (spender.stage, spender.source, spender.date)
    db.execute("DELETE FROM waiting WHERE stage = ? AND source = ? AND date = ?", name)
    db.executemany(
        "INSERT INTO waiting VALUES (?, ?, ?, ?, ?)",
        [(*name, batch.number, len(keys)) for batch, keys in held.items()],
    )


def all_waiting(db: sqlite3.Connection) -> list[Waiting]:
    """What waits for batches of the present provider, by date, source and stage."""
    rows = db.execute(
        "SELECT w.date, w.source, w.stage, b.id, w.requests, b.state = 'submitted' FROM waiting w"
        " JOIN batches b ON b.number = w.batch WHERE b.server = ?"
        " ORDER BY w.date, w.source, w.stage, b.number",
        (_server(),),
    )
    found: dict[tuple[str, str, str], tuple[dict[str, int], set[str]]] = {}
    for date, source, stage, identity, count, is_under_way in rows:
        requests, under_way = found.setdefault((date, source, stage), ({}, set()))
        requests[identity] = count
        if is_under_way:
            under_way.add(identity)
    return [
        Waiting(stage, source, date, requests, frozenset(under_way))
        for (date, source, stage), (requests, under_way) in found.items()
    ]


def expected_under_way(
    db: sqlite3.Connection, *, run: str | None = None, month: str | None = None
) -> list[tuple[str, Usage]]:
    """Batches that are sent and not answered, by model, with the tokens expected of each.

    Of one run, or of one month (`2025-03`, UTC), where it is given.
    """
    rows = db.execute(
        "SELECT model, expected_prompt, expected_completion FROM batches"
        " WHERE state IN ('sending', 'submitted') AND (?1 IS NULL OR run = ?1)"
        " AND (?2 IS NULL OR submitted IS NULL"
        " OR strftime('%Y-%m', submitted, 'unixepoch') = ?2) ORDER BY number",
        (run, month),
    )
    return [(model, Usage(prompt, 0, completion, 0)) for model, prompt, completion in rows]


def batch_rows(db: sqlite3.Connection) -> Rows:
    """All that is noted, for `put_batches_back`."""
    return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in _COLUMNS}  # noqa: S608 - names from above


def put_batches_back(db: sqlite3.Connection, rows: Rows) -> None:
    """Note what is noted in another file."""
    for name, held in rows.items():
        marks = ", ".join("?" * _COLUMNS[name])
        db.executemany(f"INSERT INTO {name} VALUES ({marks})", held)  # noqa: S608 - as above


def _server() -> str:
    """Whose batches these are: 12 hex digits that do not tell the address."""
    return hashlib.blake2b(server().encode(), digest_size=6).hexdigest()


def _numbered(db: sqlite3.Connection, number: int) -> Batch:
    row = db.execute(
        "SELECT number, id, digest, state, run, stage, source, date FROM batches WHERE number = ?",
        (number,),
    ).fetchone()
    return _batch(*row)


def _batch(number: int, identity: str, digest: str, state: State, *spender: str) -> Batch:
    return Batch(number, identity, digest, Spender(*spender), state)
