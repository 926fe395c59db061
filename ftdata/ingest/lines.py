r"""JSONL: lines cut at "\n" alone, each decoded by itself, none held that is over the limit."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import orjson

from ftdata.errors import IngestError
from ftdata.ingest.faults import Fault

Numbered = tuple[int, dict[str, Any] | Fault]

BLOCK = 8_192  # bytes that decide whether a file is text
_SKIPPED_AT_ONCE = 65_536
_BOM = b"\xef\xbb\xbf"
_CONTROL = bytes({*range(32), 127} - {9, 10, 12, 13, 27})


def read_jsonl(stream: io.BufferedReader, name: str, max_line_bytes: int) -> Iterator[Numbered]:
    """(line number from 1, object or fault) for every line that is not blank.

    Raises IngestError for a file that is not text: one whose beginning looks binary and holds no
    line that decodes.
    """
    doubtful = looks_binary(stream)
    withheld: list[Numbered] = []
    seen = 0
    for number, line in bounded_lines(stream, max_line_bytes):
        if line is not None and (not line or line.isspace()):
            continue
        value = too_long(max_line_bytes) if line is None else decode(line)
        if not doubtful:
            yield number, value
            continue
        withheld.append((number, value))
        seen += max_line_bytes if line is None else len(line)
        if not isinstance(value, Fault):
            doubtful = False
            yield from withheld
        elif seen >= BLOCK:
            break
    if doubtful:
        raise binary_file(name)


def decode(line: bytes) -> dict[str, Any] | Fault:
    """The JSON object on one line."""
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        try:
            line.decode()
        except UnicodeDecodeError as wrong:
            return Fault("invalid_utf8", f"byte {wrong.start + 1} of the line")
        return Fault("bad_json", f"{error.msg} at column {error.colno}")
    if isinstance(value, dict):
        return value
    return Fault("not_an_object", "the line holds a JSON value that is not an object")


def bounded_lines(
    stream: io.BufferedReader, max_line_bytes: int
) -> Iterator[tuple[int, bytes | None]]:
    """(line number from 1, line with its end), the line None where it is longer than allowed.

    Holds about twice `max_line_bytes` at most. A byte order mark at the start is left out.
    """
    number = 0
    while line := stream.readline(max_line_bytes + 1):
        number += 1
        if number == 1 and line.startswith(_BOM):
            line = line[len(_BOM) :]
        if line.endswith(b"\n") or len(line) <= max_line_bytes:
            yield number, line
            continue
        while (rest := stream.readline(_SKIPPED_AT_ONCE)) and not rest.endswith(b"\n"):
            pass
        yield number, None


def too_long(max_line_bytes: int) -> Fault:
    """The fault of a line that was not read."""
    return Fault("line_too_long", f"longer than {max_line_bytes} bytes (extraction.max_line_bytes)")


def looks_binary(stream: io.BufferedReader) -> bool:
    """Whether the first block, which stays unread, has NUL bytes or over 5 % control bytes."""
    block = stream.peek(BLOCK)[:BLOCK]
    controls = len(block) - len(block.translate(None, _CONTROL))
    return b"\0" in block or controls * 20 > len(block)


def binary_file(name: str) -> IngestError:
    """The error for a file whose content is not text."""
    return IngestError(
        f"{name}: not a text file (binary data where records are expected): upload it again as"
        " UTF-8, and end its name with .gz or .zst where it is compressed"
    )
