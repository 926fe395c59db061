"""Deterministic JSON and JSONL: the same value gives the same bytes.

Keys keep the order in which they were given (`dumps`) or are sorted (`canonical`). Text stays UTF-8
except for U+2028, U+2029 and U+0085: those are escaped, because `str.splitlines` would cut a row
at them. Lines end with "\\n" alone, and are read back by cutting at "\\n" alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

import orjson

_ESCAPES = {
    "\u2028".encode(): b"\\u2028",
    "\u2029".encode(): b"\\u2029",
    "\u0085".encode(): b"\\u0085",
}


def dumps(value: object) -> bytes:
    """One compact JSON line without its newline. Raises TypeError for what JSON cannot hold."""
    return _escape(orjson.dumps(value))


def canonical(value: object) -> bytes:
    """As `dumps`, with every object's keys sorted: equal values give equal bytes, to be hashed."""
    return _escape(orjson.dumps(value, option=orjson.OPT_SORT_KEYS))


def pretty(value: object) -> bytes:
    """Indented, sorted, newline at the end: for files a person opens."""
    return _escape(
        orjson.dumps(
            value, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        )
    )


def write_lines(file: IO[bytes], rows: Iterable[Any]) -> int:
    """Write one line per row; returns the number of rows."""
    count = 0
    for row in rows:
        file.write(dumps(row) + b"\n")
        count += 1
    return count


def read_lines(file: IO[bytes]) -> Iterator[Any]:
    """The rows of a JSONL file that ftdata wrote. Raises ValueError at a malformed line."""
    for line in file:
        yield orjson.loads(line)


def _escape(encoded: bytes) -> bytes:
    if b"\xe2\x80" in encoded or b"\xc2\x85" in encoded:
        for raw, escaped in _ESCAPES.items():
            encoded = encoded.replace(raw, escaped)
    return encoded
