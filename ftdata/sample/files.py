"""The raw files: which format a source has on which day, and its bytes."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Sequence

import pyarrow as pa

from ftdata import jsonl
from ftdata.sample.malformed import spoil_line, spoil_values
from ftdata.sample.rows import Row
from ftdata.storage import parquet_bytes

_TICKETS = pa.schema(
    [
        pa.field("ticket_id", pa.string()),
        pa.field("session", pa.string()),
        pa.field("created_at", pa.int64()),  # epoch seconds
        pa.field("topic", pa.string()),
        pa.field("question", pa.string()),
        pa.field("answer", pa.string()),
        pa.field("stars", pa.int64()),
        pa.field("error", pa.string()),
    ]
)
# How the ticket bot's days were exported: by day, 0 is 2025-03-01. The others are one JSONL file.
_CSV_DAYS = (2, 7)
_PARQUET_DAYS = (4,)
_FOLDER_DAYS = {0: 1, 1: 2, 5: 1, 6: 2}  # day → number of parts


def make_files(source: str, rows: Sequence[Row], day: int) -> Iterator[tuple[str, bytes]]:
    """(path below data/raw, content) of each file of a source on one day."""
    own = [row for row in rows if row.day == day]
    stem = f"{source}/2025-03-{day + 1:02d}"
    if source == "support_chat":
        yield f"{stem}.jsonl", _lines(own)
    elif source == "assistant_api":
        yield f"{stem}.jsonl.gz", gzip_bytes(_lines(own))
    elif day in _CSV_DAYS:
        yield f"{stem}.csv", _csv_bytes(own)
    elif day in _PARQUET_DAYS:
        values = [row.values for row in own]
        yield f"{stem}.parquet", parquet_bytes(pa.Table.from_pylist(values, schema=_TICKETS))
    elif day in _FOLDER_DAYS:
        yield from _parts(stem, _lines(own), _FOLDER_DAYS[day])
    else:
        yield f"{stem}.jsonl", _lines(own)


def gzip_bytes(data: bytes) -> bytes:
    """Compressed, with neither a time nor a name in the header."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as file:
        file.write(data)
    return buffer.getvalue()


def _parts(stem: str, data: bytes, count: int) -> Iterator[tuple[str, bytes]]:
    lines = data.splitlines(keepends=True)
    size = -(-len(lines) // count)
    for part in range(count):
        yield f"{stem}/part-{part + 1}.jsonl", b"".join(lines[part * size : (part + 1) * size])


def _lines(rows: Sequence[Row]) -> bytes:
    lines = [
        spoil_line(row.values, row.fault) if row.fault else jsonl.dumps(row.values) for row in rows
    ]
    return b"".join(line + b"\n" for line in lines)


def _csv_bytes(rows: Sequence[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _TICKETS.names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(spoil_values(row.values, row.fault) for row in rows)
    return text.getvalue().encode()
