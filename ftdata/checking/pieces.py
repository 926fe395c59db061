"""A file cut into pieces of whole lines, or of rows, to be checked one by one in any process."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO, NamedTuple, cast

import pyarrow as pa

from ftdata.errors import IngestError, UsageError

STDIN = "-"
PIECE_BYTES = 1 << 18
_PIECE_ROWS = 1_000  # of Parquet
_GZIP, _ZSTD, _PARQUET = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1"
_FIX = "write the file again"


class Piece(NamedTuple):
    """Some lines in their order, the last one with or without its end, or a table's rows.

    A line that is longer than allowed stands alone, as a piece without a byte.
    """

    data: bytes  # lines, or an Arrow stream
    is_table: bool = False
    is_too_long: bool = False
    ends_file: bool = False


def read_pieces(path: str, max_line_bytes: int) -> Iterator[Piece]:
    """The pieces of a file of JSON lines (plain, gzip, zstd) or of Parquet, by its first bytes.

    `-` is standard input, which cannot be Parquet. The pieces are the same each time. Memory holds
    one of them, and no line longer than `max_line_bytes`.

    Raises UsageError for a file that cannot be opened, IngestError for one that is damaged.
    """
    with _named_failures(path), ExitStack() as stack:
        file = _opened(path, stack)
        beginning = file.peek(4)[:4]
        if beginning == _PARQUET:
            if path == STDIN:
                raise UsageError("Parquet cannot be read from standard input: name the file")
            yield from _tables(path)
        else:
            yield from _cut(_unpacked(file, beginning), max_line_bytes)


def _opened(path: str, stack: ExitStack) -> io.BufferedReader:
    if path == STDIN:
        return cast(io.BufferedReader, sys.stdin.buffer)
    try:
        return stack.enter_context(io.BufferedReader(io.FileIO(path), PIECE_BYTES))
    except OSError as error:
        why = error.strerror or error
        raise UsageError(f"{path}: {why}: name a file that can be read, or - for input") from error


def _unpacked(file: io.BufferedReader, beginning: bytes) -> BinaryIO:
    if beginning.startswith(_GZIP):
        return cast(BinaryIO, gzip.GzipFile(fileobj=file, mode="rb"))
    if beginning.startswith(_ZSTD):
        return cast(BinaryIO, pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "zstd"))
    return file


def _cut(stream: BinaryIO, max_line_bytes: int) -> Iterator[Piece]:
    """Pieces that end with a line; the last one may end without."""
    rest = b""
    is_skipping = False
    while block := stream.read(PIECE_BYTES):
        end = block.rfind(b"\n") + 1
        if is_skipping:
            start = block.find(b"\n") + 1
            if not start:
                continue
            block, end, is_skipping = block[start:], end - start, False
        if end:
            yield Piece(rest + block[:end])
            rest = block[end:]
        else:
            rest += block
        if len(rest) > max_line_bytes:
            yield Piece(b"", is_too_long=True)
            rest, is_skipping = b"", True
    if rest:
        yield Piece(rest, ends_file=True)


def _tables(path: str) -> Iterator[Piece]:
    from pyarrow import parquet  # 10 MB that other files do not need

    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_PIECE_ROWS):
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, batch.schema) as writer:
                writer.write_batch(batch)
            yield Piece(sink.getvalue().to_pybytes(), is_table=True)


@contextmanager
def _named_failures(path: str) -> Iterator[None]:
    """Turn what reading can raise into an IngestError that says what is wrong and the fix."""
    try:
        yield
    except EOFError as error:
        raise IngestError(f"{path}: is cut off, its compressed data has no end: {_FIX}") from error
    except (zlib.error, gzip.BadGzipFile, pa.ArrowException, OSError) as error:
        raise IngestError(f"{path}: cannot be read to its end ({error}): {_FIX}") from error
