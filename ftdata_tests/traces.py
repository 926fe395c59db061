"""What is left of texts and ids below a folder: tables, archives and databases are opened."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
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
    sought = _Needles(needles)
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(path.is_relative_to(other) for other in without):
            continue
        held = {needle for content in _contents(path) for needle in sought.held_by(content)}
        if held:
            found[str(path.relative_to(folder))] = sorted(held)
    return found


class _Needles:
    """Thousands of texts, looked for at once: by their first eight bytes, then whole."""

    def __init__(self, texts: Iterable[str]) -> None:
        data = {text.encode() for text in texts}
        self._short = sorted(one for one in data if len(one) < 8)
        self._long = data - set(self._short)
        self._lengths = sorted({len(one) for one in self._long})
        heads = b"".join(one[:8] for one in self._long)
        self._heads = np.unique(np.frombuffer(heads, dtype="<u8"))

    def held_by(self, content: bytes) -> Iterator[str]:
        yield from (one.decode() for one in self._short if one in content)
        for offset in range(8 if self._long else 0):
            count = (len(content) - offset) // 8
            if count < 1:
                return
            words = np.frombuffer(content, dtype="<u8", count=count, offset=offset)
            at = np.searchsorted(self._heads, words).clip(max=len(self._heads) - 1)
            for place in np.flatnonzero(self._heads[at] == words).tolist():
                start = place * 8 + offset
                stretches = {content[start : start + length] for length in self._lengths}
                yield from (one.decode() for one in stretches & self._long)


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
