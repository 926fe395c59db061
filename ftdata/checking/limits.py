"""Rules about a whole file: that it holds rows, one to a line, how many, and how large it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson

from ftdata.checking.findings import Finding
from ftdata.checking.pieces import Piece
from ftdata.release.exports.exporter import Exporter

_SPLITS = {
    "train": "train", "training": "train", "validation": "validation", "valid": "validation",
    "val": "validation", "dev": "validation", "eval": "validation", "test": "test",
}  # fmt: skip


def split_of(path: str) -> str:
    """The split that a file is for, by the first word of its name; train where it tells none."""
    name = Path(path).name.lower()
    words = "".join(char if char.isalnum() else " " for char in name).split()
    return next((_SPLITS[word] for word in words if word in _SPLITS), "train")


def file_findings(exporter: Exporter, path: str, rows: int, size: int | None) -> Iterator[Finding]:
    """What is wrong with a file of so many rows and bytes; `size` is None where it is unknown."""
    if not rows:
        yield _finding("no_rows", "holds no row: write one JSON object on each line")
        return
    split = split_of(path)
    least, most = exporter.limits.rows.get(split, (0, None))
    if rows < least:
        text = f"has {rows:,} rows, {exporter.name} asks for {least:,} at least: add rows"
        yield _finding("too_few_rows", text)
    if most is not None and rows > most:
        text = f"has {rows:,} rows, {exporter.name} takes {most:,} at most: take some out"
        yield _finding("too_many_rows", text)
    limit = exporter.limits.max_bytes
    if limit is not None and size is not None and size > limit:
        text = f"has {size:,} bytes, {exporter.name} takes {limit:,} at most: take rows out"
        yield _finding("file_too_large", text)


def layout_finding(first: Piece) -> Finding | None:
    """What is wrong with a file that is one JSON value and not one to a line, by its first piece.

    Each of its lines would be an error of its own.
    """
    if first.is_table:
        return None
    line = first.data.lstrip().partition(b"\n")[0].rstrip()
    if line == b"{":
        text = "spreads one row over several lines: write each on one line, as `jq -c .` does"
        return _finding("row_on_many_lines", text)
    if line[:1] == b"[" and not _is_plain_list(line):
        text = "is one JSON list: write one row to a line, as `jq -c '.[]'` does"
        return _finding("json_list", text)
    return None


def _is_plain_list(line: bytes) -> bool:
    """Whether the line is a list by itself that holds no row."""
    try:
        held = orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return not any(isinstance(one, dict) for one in held)


def _finding(rule: str, message: str) -> Finding:
    return Finding(0, rule, "error", "", message)
