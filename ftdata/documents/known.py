"""What earlier builds made of documents, by their bytes: taken over instead of read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from ftdata.documents.rows import SCHEMA
from ftdata.keys import PartitionKey


@dataclass(frozen=True)
class Known:
    """The rows and the drops of one document, as stored; both may be empty, not both at once."""

    rows: pa.Table
    drops: tuple[Mapping[str, Any], ...]


def document_of(key: PartitionKey, file: str) -> str:
    """A file's path below its snapshot's folder: `raw/<source>/<date>/guide/x.md` → `guide/x.md`.

    A file that is not in a folder of its date is named from its source's folder on.
    """
    folder = f"raw/{key.source}/"
    return file.removeprefix(folder).removeprefix(f"{key.date}/")


def known_documents(
    key: PartitionKey,
    table: pa.Table,
    drops: pa.Table,
    files: Iterable[Mapping[str, Any]],
    names: Mapping[str, str],
) -> dict[tuple[str, str], Known]:
    """By document and hash what a stored partition holds of it; nothing of files left unread.

    `table`, `drops` and `files` (the facts of `read_documents`) are those of the partition `key`,
    built by the present code and settings: that is the caller's to see to. Drops are stored under
    other names where the file's own holds personal data: `names` is path → that name. Where a drop
    is of none of the files, names were hidden in another way then, and nothing is known.
    """
    bounds = _bounds(table.column("file").to_pylist())
    dropped: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for drop in drops.to_pylist():
        dropped[drop["file"]].append(drop)
    known, shown = {}, set()
    for fact in files:
        path, sha256 = fact["path"], fact["sha256"]
        name = names.get(path, path)
        shown.add(name)
        start, end = bounds.get(path, (0, 0))
        if sha256 and (end > start or name in dropped):
            rows = table.slice(start, end - start)
            known[document_of(key, path), sha256] = Known(rows, tuple(dropped.get(name, ())))
    return known if dropped.keys() <= shown else {}


def _bounds(files: list[str]) -> dict[str, tuple[int, int]]:
    """First row, and row after the last, of each file; the rows of one stand together."""
    bounds: dict[str, tuple[int, int]] = {}
    for row, file in enumerate(files):
        start, _ = bounds.get(file, (row, row))
        bounds[file] = start, row + 1
    return bounds


def moved(rows: pa.Table, key: PartitionKey, file: str) -> pa.Table:
    """Rows taken over, in the partition and under the file of now."""
    values = {"source": key.source, "date": key.date, "file": file}
    for name, value in values.items():
        index = SCHEMA.get_field_index(name)
        column = pa.repeat(pa.scalar(value, pa.string()), rows.num_rows)
        rows = rows.set_column(index, SCHEMA.field(index), column)
    return rows
