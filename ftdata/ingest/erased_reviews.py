"""Reviews of erased examples: their lines are taken out of `<data>/reviews`."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Sequence

import orjson
import pyarrow as pa
from upath import UPath

from ftdata.errors import IngestError
from ftdata.ingest.names import RECORD_ENDINGS, Compression, record_ending
from ftdata.reviews import FOLDER
from ftdata.storage import write_atomically

AreGone = Callable[[Sequence[str]], list[bool]]


def remove_reviews(data: UPath, are_gone: AreGone) -> dict[str, int]:
    """Take out the lines whose `id` is one of an erased example; by file how many those were.

    A file is replaced whole, and only where it loses a line; lines that cannot be read stay. Raises
    IngestError for a compressed file that is damaged, StorageError where one cannot be written.
    """
    folder = data / FOLDER
    found = {}
    for path in sorted(folder.iterdir(), key=lambda one: one.name) if folder.exists() else ():
        ending = record_ending(path.name)
        if ending is None or RECORD_ENDINGS[ending][0] != "jsonl" or path.name.startswith("."):
            continue
        compression = RECORD_ENDINGS[ending][1]
        lines = _lines(path, compression)
        gone = are_gone([_id(line) for line in lines])
        if any(gone):
            kept = b"".join(line for line, is_gone in zip(lines, gone, strict=True) if not is_gone)
            write_atomically(path, _compressed(kept, compression))
            found[f"{FOLDER}/{path.name}"] = sum(gone)
    return found


def _lines(path: UPath, compression: Compression) -> list[bytes]:
    """The lines of a file, each with its end."""
    data = path.read_bytes()
    try:
        if compression == "gz" and data:
            data = gzip.decompress(data)
        elif compression == "zst" and data:
            data = pa.CompressedInputStream(pa.BufferReader(data), "zstd").read()
    except (OSError, EOFError, pa.ArrowException) as error:
        raise IngestError(
            f"{FOLDER}/{path.name}: is damaged ({error}): mend it, or remove it"
        ) from error
    return io.BytesIO(data).readlines()


def _compressed(data: bytes, compression: Compression) -> bytes:
    if compression == "gz":
        return gzip.compress(data, mtime=0)
    if compression == "zst":
        sink = pa.BufferOutputStream()
        with pa.CompressedOutputStream(sink, "zstd") as stream:
            stream.write(data)
        return bytes(sink.getvalue())
    return data


def _id(line: bytes) -> str:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return ""
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""
