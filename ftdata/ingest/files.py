"""Reading one raw file: opening, decompressing, hashing, and the records in it, one at a time."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import IO, TYPE_CHECKING, Any, cast

import pyarrow as pa
from upath import UPath

from ftdata.errors import IngestError
from ftdata.ingest.lines import Numbered, read_jsonl
from ftdata.ingest.names import RECORD_ENDINGS, Compression, record_ending
from ftdata.ingest.tabular import read_csv, read_parquet

if TYPE_CHECKING:
    import hashlib

_BUFFER = 262_144
_AGAIN = "upload it again"


def read_records(
    path: UPath, name: str, max_line_bytes: int, digest: hashlib._Hash
) -> Iterator[Numbered]:
    """(line number from 1, decoded object or fault) for every record of one file, in order.

    `name` is the file's path relative to the data folder: it tells the format and stands in
    messages. `digest` is fed every byte of the file as it lies there, compressed or not; it is
    complete when the iteration is. For CSV the line is the one the record starts on, for Parquet
    the row. Memory does not grow with the file: a line longer than `max_line_bytes` is a fault and
    never held. An empty file has no records.

    Raises IngestError for a file that is gone, unreadable, truncated, corrupt or not text.
    """
    ending = record_ending(name)
    if ending is None:
        raise IngestError(f"{name}: not a record file: name it such as 2025-03-01.jsonl")
    file_format, compression = RECORD_ENDINGS[ending]
    with _named_failures(name), closing(path.open("rb")) as opened:
        file = cast(IO[bytes], opened)
        if file_format == "parquet":
            # Its index stands at its end, so that the bytes are hashed in a pass of their own.
            if _drain(_Hashed(file, digest)):
                file.seek(0)
                yield from read_parquet(file)
            return
        raw = _buffered(_Hashed(file, digest))
        text = _buffered(_decompressed(raw, compression))
        read = read_csv if file_format == "csv" else read_jsonl
        yield from read(text, name, max_line_bytes)


class _Hashed(io.RawIOBase):
    """Reads a file and feeds what it reads to a hash."""

    def __init__(self, file: IO[bytes], digest: hashlib._Hash) -> None:
        self._file = file
        self._digest = digest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any writable buffer, as RawIOBase has it
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._digest.update(data)
        return len(data)


def _buffered(raw: object) -> io.BufferedReader:
    """Readline and peek over anything that has `readinto`, as Arrow's streams have."""
    return io.BufferedReader(cast(Any, raw), _BUFFER)


def _decompressed(raw: io.BufferedReader, compression: Compression) -> object:
    """The decompressed stream; an empty file is an empty stream whatever its name says."""
    if compression == "none" or not raw.peek(1):
        return raw
    if compression == "gz":
        return gzip.GzipFile(fileobj=raw, mode="rb")
    return pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), "zstd")


def _drain(stream: io.RawIOBase) -> int:
    """Read all there is, so that its bytes are hashed; returns their number."""
    count = 0
    while data := stream.read(_BUFFER):
        count += len(data)
    return count


@contextmanager
def _named_failures(name: str) -> Iterator[None]:
    """Turn what reading a file can raise into an IngestError that names it and the fix."""
    try:
        yield
    except FileNotFoundError as error:
        raise IngestError(f"{name}: gone since the folder was listed: build again") from error
    except EOFError as error:
        raise IngestError(f"{name}: truncated, its compressed data has no end: {_AGAIN}") from error
    except (zlib.error, gzip.BadGzipFile, pa.ArrowException) as error:
        raise IngestError(f"{name}: corrupt ({error}): {_AGAIN}") from error
    except OSError as error:
        if error.errno is None:  # Arrow's own: a zstd or Parquet stream that does not decode
            raise IngestError(f"{name}: truncated or corrupt ({error}): {_AGAIN}") from error
        raise IngestError(
            f"{name}: cannot be read ({error.strerror}): make it readable and build again"
        ) from error
