"""The data files of a version, written partition by partition: splits, exports, examples, drops."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

import pyarrow as pa

from ftdata import jsonl, tables
from ftdata.errors import ReleaseError
from ftdata.keys import PartitionKey
from ftdata.release.examples import examples_schema, read_rows
from ftdata.release.exports.exporter import Exporter
from ftdata.release.target_reports import REFUSED
from ftdata.release.targets import TargetFiles, parquet_writer
from ftdata.storage import PartitionStore, StoredPartition
from ftdata.tables import NO_EXAMPLE, SPLITS

EXAMPLES = "examples.parquet"
DROPS = "drops.parquet"
DROPS_SCHEMA = pa.schema(
    [*tables.DROPS, pa.field("source", pa.string()), pa.field("date", pa.string())]
)
_SAMPLES = {NO_EXAMPLE: 40}  # by reason
_BATCH_ROWS = 50_000


class Written(NamedTuple):
    """What was written: rows by file (None for a file without rows), a report by target."""

    rows: dict[str, int | None]
    targets: dict[str, dict[str, Any]]
    not_taken: frozenset[str]  # ids of examples without a line in the splits' own files


class ExampleFiles:
    """Open files of one version; `write` appends a partition's kept examples to all of them.

    A preference pair goes to the targets that hold pairs, and to no other: it repeats its parent.
    """

    def __init__(self, folder: Path, exporters: Sequence[Exporter]) -> None:
        """Nothing is opened before the `with` statement."""
        self._folder = folder
        self._stack = ExitStack()
        self._targets = [TargetFiles(folder, exporter, self._stack) for exporter in exporters]
        self._examples = 0
        self._refused: IO[bytes] | None = None  # opened with the first refusal
        self._refusals = 0
        self._not_taken: set[str] = set()  # ids that the top level refuses

    def __enter__(self) -> Self:
        """Open every file, so that an empty split has one too; those of pairs with the first."""
        with ExitStack() as stack:
            stack.push(self._stack)
            for target in self._targets:
                if target.exporter.holds == "examples":
                    target.open()
            self._parquet = self._stack.enter_context(
                parquet_writer(self._folder / EXAMPLES, examples_schema())
            )
            stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close them all."""
        self._stack.__exit__(kind, error, traceback)

    def write(self, table: pa.Table) -> None:
        """Append a table with the columns of `examples_schema`, final splits and groups in it."""
        if not table.num_rows:
            return
        self._parquet.write_table(table, row_group_size=table.num_rows)
        self._examples += table.num_rows
        examples = list(read_rows(table))
        for split in SPLITS:
            of_split = [example for example in examples if example.split == split]
            pairs = [example for example in of_split if example.rejected is not None]
            plain = [example for example in of_split if example.rejected is None]
            for target in self._targets:
                target.write(split, pairs if target.exporter.holds == "pairs" else plain)
                self._note_refused(target)

    def _note_refused(self, target: TargetFiles) -> None:
        refused = target.take_refused()
        if refused and self._refused is None:
            path = self._folder / REFUSED
            self._refused = self._stack.enter_context(path.open("wb"))
        if self._refused is not None:
            self._refusals += jsonl.write_lines(self._refused, (one._asdict() for one in refused))
        if not target.exporter.folder:
            self._not_taken.update(one.example for one in refused)

    def finish(self, name: str) -> Written:
        """Write what stands beside the rows of the dataset `name`, once all are closed."""
        rows: dict[str, int | None] = {EXAMPLES: self._examples}
        for target in self._targets:
            rows |= target.settle()
            rows |= dict.fromkeys(target.write_beside(name))
        if self._refusals:
            rows[REFUSED] = self._refusals
        reports = {target.exporter.name: target.report() for target in self._targets if target.rows}
        return Written(rows, reports, frozenset(self._not_taken))


def write_drops(
    path: Path,
    store: PartitionStore,
    records: Sequence[StoredPartition],
    dataset: pa.Table,
) -> tuple[int, list[dict[str, Any]]]:
    """Write the drops of every stage of every partition, then the dataset's own.

    Returns the number of rows, and up to three rows for each stage and reason, in that order; up
    to forty of the sections without an example.
    Raises ReleaseError where a partition was built again in the meantime.
    """
    taken: dict[tuple[str, str], int] = defaultdict(int)
    samples: list[dict[str, Any]] = []
    rows = 0
    with closing(parquet_writer(path, DROPS_SCHEMA)) as writer:
        for table in joined_tables(_all_drops(store, records, dataset)):
            writer.write_table(table)
            rows += table.num_rows
            samples.extend(_sample(table, taken))
    return rows, samples


def place_drops(drops: pa.Table, places: Mapping[str, Sequence[PartitionKey]]) -> pa.Table:
    """The dataset's own drops with the partition that each record stood in.

    An example of a document has the same id in each snapshot: of several drops of one id the first
    is that of the first of its `places`.
    """
    left = {record: iter(keys) for record, keys in places.items()}
    ids = drops.column("record_id").to_pylist()
    found = [next(left.get(record, iter(())), None) for record in ids]
    return _with_place(
        drops,
        [key.source if key else None for key in found],
        [key.date if key else None for key in found],
    )


def describe_files(folder: Path, rows: Mapping[str, int | None]) -> dict[str, dict[str, Any]]:
    """Bytes, SHA-256 and rows (None: no file of rows) of each, by its path below `folder`."""
    described = {}
    for name in sorted(rows):
        path = folder / name
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        described[name] = {"bytes": path.stat().st_size, "sha256": digest, "rows": rows[name]}
    return described


def _all_drops(
    store: PartitionStore, records: Sequence[StoredPartition], dataset: pa.Table
) -> Iterator[pa.Table]:
    for record in records:
        expected = record.rows_dropped + record.rows_quarantined
        if not expected:
            continue
        drops = store.read_drops(record.stage, record.key)
        if drops.num_rows != expected:
            raise ReleaseError(
                f"{record.stage} of {record.key} was built again while the dataset was assembled:"
                " build the dataset again"
            )
        rows = drops.num_rows
        yield _with_place(drops, [record.source] * rows, [record.date] * rows)
    yield dataset


def _with_place(
    drops: pa.Table, sources: Sequence[str | None], dates: Sequence[str | None]
) -> pa.Table:
    columns = [drops.column(name) for name in tables.DROPS.names]
    places = [pa.array(sources, pa.string()), pa.array(dates, pa.string())]
    return pa.table([*columns, *places], schema=DROPS_SCHEMA)


def joined_tables(parts: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Small tables in one: a row group for each of hundreds of them would be mostly header."""
    waiting: list[pa.Table] = []
    for part in parts:
        waiting.append(part)
        if sum(table.num_rows for table in waiting) >= _BATCH_ROWS:
            yield pa.concat_tables(waiting).combine_chunks()
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting).combine_chunks()


def _sample(table: pa.Table, taken: dict[tuple[str, str], int]) -> Iterator[dict[str, Any]]:
    stages = table.column("stage").to_pylist()
    reasons = table.column("reason").to_pylist()
    for row, pair in enumerate(zip(stages, reasons, strict=True)):
        if taken[pair] < _SAMPLES.get(pair[1], 3):
            taken[pair] += 1
            yield table.slice(row, 1).to_pylist()[0]
