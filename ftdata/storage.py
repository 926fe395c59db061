"""The partition store: one table, its drops and its record for each stage and partition.

    <data>/built/<stage>/<source>/<date>/partition.json   names the files below; the pointer
                                        /table-<hash>.parquet
                                        /drops-<hash>.parquet
                                        /prints-<hash>.arrow   beside `cleaned` alone

The files are named by their content and written first; `partition.json` is replaced last, in one
step. A reader therefore sees the old pair or the new pair, and a run that is killed leaves the old
one. What a pointer no longer names is removed by the next write of that partition but one, so that
a reader that has just read the pointer still finds its files.

Paths go through universal-pathlib: a local folder, `s3://…`, `gs://…` or `memory://…`.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from upath import UPath

from ftdata import jsonl
from ftdata.errors import StorageError
from ftdata.keys import PartitionKey
from ftdata.locks import exclusive
from ftdata.tables import PRIVATE_STAGES, STAGES, Stage, StageResult, conform

POINTER = "partition.json"


@dataclass(frozen=True)
class StoredPartition:
    """What `partition.json` holds: how a partition was built and what came of it."""

    stage: Stage
    source: str
    date: str
    code_version: str  # hash of the settings and the code version it was built with
    inputs: dict[str, str]  # name of each input → hash of its content
    rows_in: int
    rows_out: int
    rows_dropped: int
    rows_quarantined: int
    reasons: dict[str, int]  # rows dropped or quarantined, by reason
    facts: dict[str, Any]
    table: str  # file name
    drops: str  # file name
    output: str  # hash of table and drops together: what the next stage depends on
    previous: tuple[str, ...] = ()
    failed_checks: tuple[str, ...] | None = None  # blocking ones that failed; None: not checked
    files: tuple[dict[str, Any], ...] = field(default=())  # raw files: path, bytes, mtime, sha256
    prints: str = ""  # hash in the name of the file of fingerprints; empty where there is none

    @property
    def key(self) -> PartitionKey:
        """Source and date."""
        return PartitionKey(date=self.date, source=self.source)


class _OwnFiles(NamedTuple):
    """A result's files as they are written, with what the record says of them."""

    table: str
    drops: str
    prints: str
    output: str
    contents: dict[str, bytes]  # by name


class PartitionStore:
    """Reads and writes the built partitions below one data folder."""

    def __init__(self, data_dir: str) -> None:
        """Nothing is read or written until a method is called."""
        path = UPath(data_dir)
        # `file:///data` is a local folder like any other: renaming is how files appear whole.
        self.data = UPath(os.fspath(path)) if isinstance(path, os.PathLike) else path
        self.root = self.data / "built"

    def write(
        self,
        stage: Stage,
        key: PartitionKey,
        result: StageResult,
        *,
        code_version: str,
        inputs: dict[str, str],
        files: Sequence[dict[str, Any]] = (),
    ) -> StoredPartition:
        """Store a stage's result for one partition, whole or not at all."""
        private = stage in PRIVATE_STAGES
        own = _own_files(stage, result)
        quarantined, reasons = count_reasons(result.drops)
        with self._writing():
            before = self.read_record(stage, key)
            record = StoredPartition(
                stage=stage, source=key.source, date=key.date,
                code_version=code_version, inputs=inputs,
                rows_in=result.rows_in, rows_out=result.rows_out,
                rows_dropped=result.drops.num_rows - quarantined, rows_quarantined=quarantined,
                reasons=reasons, facts=result.facts, table=own.table, drops=own.drops,
                output=own.output,
                previous=_names(before) if before else (), files=tuple(files),
                prints=own.prints,
            )  # fmt: skip
            folder = self._folder(stage, key)
            for name, data in own.contents.items():
                if not _holds(folder / name, data):
                    write_atomically(folder / name, data, private=private)
            self._point(record, private=private)
            self._sweep(folder, record)
        return record

    def read_record(self, stage: Stage, key: PartitionKey) -> StoredPartition | None:
        """How the partition was built, or None where it never was."""
        path = self._folder(stage, key) / POINTER
        try:
            values = orjson.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except orjson.JSONDecodeError as error:
            raise StorageError(f"{path}: damaged ({error}): delete it and build") from error
        except OSError as error:
            raise StorageError(
                f"{path}: cannot be read ({error.strerror or error}): make the data folder"
                " readable and writable, or name another with --data-dir"
            ) from error
        try:
            for name in ("previous", "failed_checks", "files"):
                values[name] = None if values[name] is None else tuple(values[name])
            return StoredPartition(**values)
        except (KeyError, TypeError) as error:
            raise StorageError(f"{path}: damaged ({error}): delete it and build") from error

    def read_table(
        self, stage: Stage, key: PartitionKey, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """The stage's table of one partition. Raises StorageError where it was never built."""
        record = self.existing_record(stage, key)
        return self._read(stage, key, record.table, columns)

    def read_drops(self, stage: Stage, key: PartitionKey) -> pa.Table:
        """The drops beside that table."""
        return self._read(stage, key, self.existing_record(stage, key).drops, None)

    def read_output(self, stage: Stage, key: PartitionKey, output: str) -> pa.Table | None:
        """The stage's table with that hash, the present one or the one before; None if neither."""
        record = self.read_record(stage, key)
        if record is None:
            return None
        if record.output == output:
            return self._read(stage, key, record.table, None)
        files = [self._folder(stage, key) / name for name in record.previous[:2]]
        if len(files) < 2 or not all(path.exists() for path in files):
            return None
        if content_hash(b"".join(path.read_bytes() for path in files)) != output:
            return None
        return self._read(stage, key, record.previous[0], None)

    def read_prints(self, key: PartitionKey, name: str) -> pa.Table | None:
        """The fingerprints with that hash beside `cleaned`; None where they are not there whole."""
        path = self._folder("cleaned", key) / _prints_name(name)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        if content_hash(data) != name:
            return None
        return pa.ipc.open_file(pa.BufferReader(data)).read_all()

    def set_failed_checks(
        self, stage: Stage, key: PartitionKey, names: Sequence[str], output: str
    ) -> None:
        """Note which blocking checks failed on `output`, if that is still what is stored."""
        failed = tuple(sorted(names))
        with self._writing():
            record = self.existing_record(stage, key)
            if record.output == output and failed != record.failed_checks:
                values = {**_as_dict(record), "failed_checks": failed}
                self._point(StoredPartition(**values), private=stage in PRIVATE_STAGES)

    def forget_previous(self, stage: Stage, key: PartitionKey) -> bool:
        """Remove what the partition's pointer does not name; returns whether anything was there."""
        with self._writing():
            record = self.read_record(stage, key)
            if record is None:
                return False
            folder = self._folder(stage, key)
            before = len(list(folder.iterdir()))
            record = StoredPartition(**{**_as_dict(record), "previous": ()})
            self._point(record, private=stage in PRIVATE_STAGES)
            self._sweep(folder, record)
            return len(list(folder.iterdir())) < before

    def keys(self, stage: Stage) -> list[PartitionKey]:
        """Built partitions of a stage, in canonical order."""
        return sorted(
            PartitionKey(date=day.name, source=source.name)
            for source in _folders(self.root / stage)
            for day in _folders(source)
            if (day / POINTER).exists()
        )

    def delete(self, key: PartitionKey, stages: Sequence[Stage] = STAGES) -> tuple[Stage, ...]:
        """Remove one partition from these stages; returns those that held something of it."""
        with self._writing():
            found = tuple(stage for stage in stages if self._folder(stage, key).exists())
            for stage in found:
                folder = self._folder(stage, key)
                (folder / POINTER).unlink(missing_ok=True)
                for path in list(folder.iterdir()):
                    path.unlink(missing_ok=True)
                folder.rmdir()
        return found

    def drops_path(self, record: StoredPartition) -> UPath:
        """Where the drops beside the record's table are: Parquet, with the columns of `DROPS`."""
        return self._folder(record.stage, record.key) / record.drops

    def only_build(self) -> AbstractContextManager[None]:
        """Keep other builds out meanwhile. Raises StorageError where one is at work."""
        text = f"{self.data}: another `ftdata build` is at work there: wait until it has ended"
        return exclusive(self.root / ".build.lock", wait=False, refusal=text)

    def _writing(self) -> AbstractContextManager[None]:
        # Runs that Dagster starts may meet on one partition: one would sweep away what the other
        # has written and not yet pointed at.
        return exclusive(self.root / ".write.lock")

    def is_whole(self, record: StoredPartition) -> bool:
        """Whether the files that the record names are there."""
        folder = self._folder(record.stage, record.key)
        return all((folder / name).exists() for name in _names(record))

    def existing_record(self, stage: Stage, key: PartitionKey) -> StoredPartition:
        """As `read_record`. Raises StorageError where the stage was never built."""
        record = self.read_record(stage, key)
        if record is None:
            raise StorageError(f"{stage} of {key} is not built: materialise it first")
        return record

    def _read(
        self, stage: Stage, key: PartitionKey, name: str, columns: Sequence[str] | None
    ) -> pa.Table:
        path = self._folder(stage, key) / name
        try:
            wanted = list(columns) if columns is not None else None
            with path.open("rb") as opened:
                # Of some columns, the bytes of the others are not read.
                source = pa.BufferReader(opened.read()) if wanted is None else opened
                # On one thread: three times faster than read_table on a small partition.
                return pq.ParquetFile(source).read(columns=wanted, use_threads=False)
        except (OSError, pa.ArrowException) as error:
            raise StorageError(
                f"{path}: cannot be read ({error}): build {stage} of {key} again"
            ) from error

    def _folder(self, stage: Stage, key: PartitionKey) -> UPath:
        return self.root / stage / key.source / key.date

    def _point(self, record: StoredPartition, *, private: bool) -> None:
        path = self._folder(record.stage, record.key) / POINTER
        write_atomically(path, jsonl.pretty(_as_dict(record)), private=private)

    def _sweep(self, folder: UPath, record: StoredPartition) -> None:
        kept = {POINTER, *_names(record), *record.previous}
        for path in list(folder.iterdir()):
            if path.name not in kept:
                path.unlink(missing_ok=True)


def write_atomically(path: UPath, data: bytes, *, private: bool = False) -> None:
    """Write `data` so that `path` holds all of it or what it held before.

    Locally a temporary file beside it is renamed over it; `private` makes file and folder readable
    by their owner alone. Object stores show an object only when it is complete.
    """
    try:
        if not isinstance(path, os.PathLike):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(temporary, flags, 0o600 if private else 0o666), "wb") as file:
            file.write(data)
        temporary.replace(path)
    except OSError as error:
        raise StorageError(
            f"{path}: cannot be written ({error.strerror or error}): make the data folder writable,"
            " or name another with --data-dir"
        ) from error


def parquet_bytes(table: pa.Table) -> bytes:
    """The table as Parquet: the same table gives the same bytes."""
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd", write_statistics=False)
    return buffer.getvalue()


def _own_files(stage: Stage, result: StageResult) -> _OwnFiles:
    table, drops = parquet_bytes(conform(stage, result.table)), parquet_bytes(result.drops)
    names = f"table-{content_hash(table)}.parquet", f"drops-{content_hash(drops)}.parquet"
    contents = dict(zip(names, (table, drops), strict=True))
    prints = ""
    if result.prints is not None:
        data = _arrow_bytes(result.prints)
        prints = content_hash(data)
        contents[_prints_name(prints)] = data
    return _OwnFiles(*names, prints, content_hash(table + drops), contents)


def _arrow_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return bytes(sink.getvalue())


def _prints_name(name: str) -> str:
    return f"prints-{name}.arrow"


def _names(record: StoredPartition) -> tuple[str, ...]:
    """The files that a record names."""
    prints = (_prints_name(record.prints),) if record.prints else ()
    return (record.table, record.drops, *prints)


def content_hash(data: bytes) -> str:
    """16 hex digits of BLAKE2b."""
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def _holds(path: UPath, data: bytes) -> bool:
    return path.exists() and path.read_bytes() == data


def count_reasons(drops: pa.Table) -> tuple[int, dict[str, int]]:
    """Number of quarantined rows, and all rows by reason, sorted by reason."""
    counted = drops.column("reason").value_counts()
    reasons = {pair["values"]: pair["counts"] for pair in counted.to_pylist()}
    quarantined = sum(drops.column("quarantined").to_pylist())
    return quarantined, dict(sorted(reasons.items()))


def _as_dict(record: StoredPartition) -> dict[str, Any]:
    return asdict(record)


def _folders(path: UPath) -> list[UPath]:
    return sorted(child for child in path.iterdir() if child.is_dir()) if path.exists() else []
