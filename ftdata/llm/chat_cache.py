"""What chat models answered, by the hash of all that decides it: an SQLite file and its journal.

Each outcome is committed as it arrives, what was refused as well: it was paid for, and asking again
would be paid again. The first outcome of a request stays, so that two processes go on with the same
one. The journal is a line an outcome, in the order of arrival: the file can be made from it again.
Neither holds a request, an address or a key.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from ftdata import jsonl
from ftdata.chat import Answer, ChatRequest, RefusalReason, Refused, Usage
from ftdata.errors import StorageError
from ftdata.llm.asked import ASKED_SCHEMA, AskedRow, asked_rows, forget_asked, put_asked_back
from ftdata.llm.batch_book import BATCH_SCHEMA, Rows, batch_rows, put_batches_back, take_out
from ftdata.llm.cache_file import opened
from ftdata.llm.chat_client import messages_of, parameters_of
from ftdata.llm.journal import Entry, Outcome, append, read_journal, without
from ftdata.llm.ledger import (
    SPENT_SCHEMA,
    Spending,
    SpentRow,
    add_spending,
    put_back,
    spent_rows,
)
from ftdata.llm.provider import server
from ftdata.llm.reserve import Reserve
from ftdata.settings_llm import Llm

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS outcomes"
    " (key BLOB PRIMARY KEY, reason TEXT, text TEXT NOT NULL, usage TEXT)",
    SPENT_SCHEMA,
    *BATCH_SCHEMA,
    *ASKED_SCHEMA,
)
_REMEDY = "nothing is lost, its journal beside it holds every answer: run `ftdata cache repair`"

Also = Callable[[sqlite3.Connection], None]

_CHUNK = 1_000  # outcomes of another cache that are held at one time


def request_key(request: ChatRequest, options: Llm) -> bytes:
    """32 bytes that name server, model, messages, form, parameters and the prompt's version."""
    asked = {
        "server": server(),
        "messages": messages_of(request),
        "parameters": parameters_of(request, options),
        "prompt": request.prompt_version,
    }
    return hashlib.blake2b(jsonl.canonical(asked), digest_size=32).digest()


class ChatCache:
    """The outcomes below one cache folder."""

    def __init__(self, folder: Path) -> None:
        """Nothing is opened before it is read or written."""
        self.path = folder / "chat" / "answers.sqlite"
        self.journal = folder / "chat" / "answers.jsonl"
        self._reserve = Reserve(folder / "chat" / "reserve")

    def read(self, key: bytes) -> Outcome | None:
        """What is there. Raises StorageError where the file cannot be read."""
        with self.open() as db:
            return _read(db, key)

    def read_all(self, keys: Iterable[bytes]) -> dict[bytes, Outcome | None]:
        """What is there of each key. Raises StorageError where the file cannot be read."""
        with self.open() as db:
            return {key: _read(db, key) for key in keys}

    def write(
        self, outcomes: Mapping[bytes, Outcome], spending: Spending, also: Also = lambda _: None
    ) -> dict[bytes, Outcome]:
        """Keep outcomes and what they cost, all or none; returns those kept: of who came first.

        `also` writes what is to be there if they are, and not otherwise.
        On a full disk the room that was set aside is given up for it, and StorageError raised when
        it is written, so that nothing paid for is lost.
        """
        return self._reserve.use(lambda: self._write(outcomes, spending, also))

    def _write(
        self, outcomes: Mapping[bytes, Outcome], spending: Spending, also: Also
    ) -> dict[bytes, Outcome]:
        kept: dict[bytes, Outcome] = {}
        new: dict[bytes, Outcome] = {}
        with self.open() as db:
            db.execute("BEGIN IMMEDIATE")
            for key, outcome in outcomes.items():
                before = _read(db, key)
                kept[key] = before or outcome
                if before is None:
                    new[key] = outcome
            _insert_all(db, new)
            append(self.journal, [Entry(key, outcome) for key, outcome in new.items()])
            add_spending(db, spending)
            also(db)
        return kept

    def set_aside(self) -> None:
        """Make sure of room for what is about to be paid for. Raises StorageError."""
        self._reserve.set_aside()

    def take_over(self, entries: Iterable[Entry]) -> int:
        """Keep what another cache held and this one lacks; returns how many those are."""
        count, left = 0, iter(entries)
        while chunk := list(islice(left, _CHUNK)):
            with self.open() as db:
                db.execute("BEGIN IMMEDIATE")
                new = {
                    entry.key: entry.outcome
                    for entry in chunk
                    if entry.outcome is not None and _read(db, entry.key) is None
                }
                _insert_all(db, new)
                append(self.journal, [Entry(key, outcome) for key, outcome in new.items()])
            count += len(new)
        return count

    def repair(self) -> int:
        """Make the file anew from its journal; the damaged one stays beside it.

        Returns the number of outcomes. What was spent, what is on its way in batches and who asked
        for what is as far as the damaged file tells.
        """
        held = {entry.key: entry.outcome for entry in read_journal(self.journal)}
        made = self.path.with_suffix(".repaired")
        made.unlink(missing_ok=True)
        spent, batches = list(_legible_spending(self.path)), _legible_batches(self.path)
        asked = _legible_notes(self.path)
        with opened(made, _SCHEMA, _REMEDY) as db:
            kept = {key: outcome for key, outcome in held.items() if outcome is not None}
            _insert_all(db, kept)
            put_back(db, spent)
            put_batches_back(db, batches)
            put_asked_back(db, asked)
        if self.path.exists():
            self.path.replace(self.path.with_suffix(".damaged"))
        # What a killed process left to be undone would be undone in the new file.
        self.path.with_name(f"{self.path.name}-journal").unlink(missing_ok=True)
        made.replace(self.path)
        return len(kept)

    def forget(self, keys: Iterable[bytes]) -> None:
        """Take outcomes out, so that they are asked for again."""
        with self.open() as db:
            db.execute("BEGIN IMMEDIATE")
            gone = list(keys)
            db.executemany("DELETE FROM outcomes WHERE key = ?", [(key,) for key in gone])
            append(self.journal, [Entry(key, None) for key in gone])

    def erase(self, keys: Iterable[bytes]) -> int:
        """Remove outcomes so that none of their bytes is left here; returns how many there were.

        A damaged file that `repair` has put aside goes whole.
        """
        gone, count = set(keys), 0
        with self.open() as db:
            db.execute("BEGIN IMMEDIATE")  # nobody adds to the journal meanwhile
            for key in gone:
                count += db.execute("DELETE FROM outcomes WHERE key = ?", (key,)).rowcount
            take_out(db, gone)
            forget_asked(db, gone)
            without(self.journal, gone)
        self.path.with_suffix(".damaged").unlink(missing_ok=True)
        with self.open() as db:
            db.execute(
                "VACUUM"
            )  # what is deleted otherwise stays in the file until it is overwritten
        return count

    def entries(self) -> Iterator[Entry]:
        """Everything that is there, in the order of the keys."""
        with self.open() as db:
            rows = db.execute("SELECT key, reason, text, usage FROM outcomes ORDER BY key")
            for key, *columns in rows:
                yield Entry(key, _outcome(*columns))

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """The file; committed at the end, or not at all. Raises StorageError."""
        if _size(self.journal) and not _size(self.path):  # else all would be paid for again
            raise StorageError(f"{self.path}: lost its content: {_REMEDY}")
        with opened(self.path, _SCHEMA, _REMEDY) as db:
            yield db


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _legible_spending(path: Path) -> Iterator[SpentRow]:
    """What was spent, as far as a damaged file tells."""
    if not path.exists():
        return
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as db:
        db.execute(
            "PRAGMA writable_schema = ON"
        )  # a file that is cut off is read as far as it goes
        yield from spent_rows(db)


def _legible_batches(path: Path) -> Rows:
    """What is on its way in batches; nothing where the file does not tell: they are found again."""
    if path.exists():
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA writable_schema = ON")  # as above
            return batch_rows(db)
    return {}


def _legible_notes(path: Path) -> list[AskedRow]:
    """Who asked for what; nothing where the file does not tell."""
    if path.exists():
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA writable_schema = ON")  # as above
            return asked_rows(db)
    return []


def _insert_all(db: sqlite3.Connection, outcomes: Mapping[bytes, Outcome]) -> None:
    rows = [
        (
            key,
            outcome.reason if isinstance(outcome, Refused) else None,
            outcome.detail if isinstance(outcome, Refused) else outcome.text,
            None if outcome.usage is None else json.dumps(asdict(outcome.usage)),
        )
        for key, outcome in outcomes.items()
    ]
    db.executemany("INSERT INTO outcomes VALUES (?, ?, ?, ?)", rows)


def _read(db: sqlite3.Connection, key: bytes) -> Outcome | None:
    found = db.execute("SELECT reason, text, usage FROM outcomes WHERE key = ?", (key,)).fetchone()
    return None if found is None else _outcome(*found)


def _outcome(reason: RefusalReason | None, text: str, usage: str | None) -> Outcome:
    counted = None if usage is None else Usage(**json.loads(usage))
    return Answer(text, counted) if reason is None else Refused(reason, text, counted)
