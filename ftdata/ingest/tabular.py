"""Records from tables: CSV with a header, and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from ftdata.errors import IngestError
from ftdata.ingest.faults import Fault
from ftdata.ingest.lines import Numbered, binary_file, bounded_lines, looks_binary, too_long

ROWS_AT_ONCE = 256  # Parquet rows decoded together


def read_csv(stream: io.BufferedReader, name: str, max_line_bytes: int) -> Iterator[Numbered]:
    """(line on which the record starts, record or fault) for every row below the header.

    Commas, double quotes and RFC 4180's quoted line breaks. An empty cell is null. A record longer
    than `max_line_bytes` is given up, wherever its quotes end. Raises IngestError for a file that
    is not text or has no usable header.
    """
    if looks_binary(stream):
        raise binary_file(name)
    # The limit is the process's: it is only ever raised, and `_CsvLines` bounds what is read.
    csv.field_size_limit(max(csv.field_size_limit(), max_line_bytes))
    lines = _CsvLines(stream, max_line_bytes)
    header: list[str] | None = None
    for start, row in _rows(lines, max_line_bytes):
        if header is None:
            header = _header(row, name)
        else:
            yield start, row if isinstance(row, Fault) else _csv_record(header, row)


def _rows(lines: _CsvLines, max_line_bytes: int) -> Iterator[tuple[int, list[str] | Fault]]:
    reader = csv.reader(lines, strict=True)
    while True:
        start = lines.begin_record()
        row: list[str] | Fault
        try:
            row = next(reader)
        except StopIteration:
            return
        except _RecordTooLongError:
            row = too_long(max_line_bytes)
        except csv.Error as error:
            row = Fault("bad_csv", str(error))
        if row:
            yield start, row


class _RecordTooLongError(Exception):
    """Makes csv.reader give up a record; it starts afresh with the next line."""


class _CsvLines:
    """Hands csv.reader its lines and counts what the present record has taken."""

    def __init__(self, stream: io.BufferedReader, max_line_bytes: int) -> None:
        self._lines = bounded_lines(stream, max_line_bytes)
        self._max = max_line_bytes
        self._number = 0
        self._size = 0

    def begin_record(self) -> int:
        """The number of the line that comes next."""
        self._size = 0
        return self._number + 1

    def __iter__(self) -> _CsvLines:
        return self

    def __next__(self) -> str:
        self._number, line = next(self._lines)
        self._size += len(line or b"")
        if line is None or self._size > self._max + 1:
            raise _RecordTooLongError
        return line.decode("utf-8", "surrogateescape")


def _header(row: list[str] | Fault, name: str) -> list[str]:
    fix = "write one line with the names of the columns above the records"
    if isinstance(row, Fault) or not all(_is_utf8(cell) for cell in row):
        raise IngestError(f"{name}: the header line cannot be read: {fix}")
    columns = [cell.strip() for cell in row]
    named = [column for column in columns if column]
    twice = sorted({column for column in named if named.count(column) > 1})
    if twice or not named:
        what = f"column {twice[0]!r} stands twice in" if twice else "no column is named in"
        raise IngestError(f"{name}: {what} the header: {fix}")
    return columns


def _csv_record(header: list[str], row: list[str]) -> dict[str, Any] | Fault:
    if len(row) != len(header):
        return Fault("bad_csv", f"{len(row)} cells where the header has {len(header)}")
    for column, cell in zip(header, row, strict=True):
        if not _is_utf8(cell):
            return Fault("invalid_utf8", f"column {column}")
    return {name: cell or None for name, cell in zip(header, row, strict=True) if name}


def _is_utf8(cell: str) -> bool:
    """False where `surrogateescape` had to carry a byte over."""
    if cell.isascii():
        return True
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True


def read_parquet(file: IO[bytes]) -> Iterator[Numbered]:
    """(row number from 1, record or fault) for every row. Map columns become objects.

    Raises pa.ArrowException or OSError where the file cannot be decoded.
    """
    number = 0
    for batch in pq.ParquetFile(pa.PythonFile(file, mode="r")).iter_batches(ROWS_AT_ONCE):
        for row in _batch_rows(batch):
            number += 1
            yield number, row


def _batch_rows(batch: pa.RecordBatch) -> list[dict[str, Any] | Fault]:
    try:
        return _pylist(batch)
    except (ValueError, OverflowError):
        # One value that Python cannot hold must not take the other rows with it.
        return [_single_row(batch.slice(i, 1)) for i in range(batch.num_rows)]


def _single_row(batch: pa.RecordBatch) -> dict[str, Any] | Fault:
    try:
        return _pylist(batch)[0]
    except UnicodeDecodeError:
        return Fault("invalid_utf8", "a text column holds other bytes")
    except (ValueError, OverflowError):
        return Fault("bad_parquet", "a value is out of the range of its type")


def _pylist(batch: pa.RecordBatch) -> list[dict[str, Any] | Fault]:
    rows: list[dict[str, Any] | Fault] = batch.to_pylist(maps_as_pydicts="lossy")
    return rows
