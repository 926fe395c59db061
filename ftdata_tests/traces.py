"""What is left of texts and ids below a folder: tables, archives and databases are opened."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

WINDOW = 40  # characters
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;?!-_()")


def windows(text: str) -> Iterator[str]:
    """Stretches of a text that every file format writes as they are, each after the other."""
    start = 0
    while start + WINDOW <= len(text):
        window = text[start : start + WINDOW]
        awkward = [at for at, char in enumerate(window) if char not in _PLAIN]
        if awkward:
            start += awkward[-1] + 1
        else:
            yield window
            start += WINDOW


def traces(folder: Path, needles: Iterable[str], *without: Path) -> dict[str, list[str]]:
    """Which of the needles each file below a folder holds; nothing of those below `without`."""
    sought = {needle: needle.encode() for needle in needles}
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(path.is_relative_to(other) for other in without):
            continue
        content = b"\n".join(_contents(path))
        held = [needle for needle, data in sought.items() if data in content]
        if held:
            found[str(path.relative_to(folder))] = held
    return found


def _contents(path: Path) -> Iterator[bytes]:
    """The file's bytes, and what is packed in them; its name as well."""
    data = path.read_bytes()
    yield path.name.encode()
    yield data
    if path.suffix == ".gz":
        yield gzip.decompress(data)
    elif path.suffix == ".parquet":
        yield _json(pq.read_table(pa.BufferReader(data)))
    elif path.suffix == ".arrow":
        yield _json(pa.ipc.open_file(pa.BufferReader(data)).read_all())
    elif data.startswith(b"SQLite format 3\0"):
        # A long value is cut into pages in the file.
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            yield "\n".join(db.iterdump()).encode("utf-8", "surrogateescape")


def _json(table: pa.Table) -> bytes:
    return json.dumps(table.to_pylist(), ensure_ascii=False, default=str).encode()
