"""`lineage.parquet`: the raw records that each training row comes from, by file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ftdata.release.files import EXAMPLES, joined_tables
from ftdata.release.targets import parquet_writer
from ftdata.tables import SPLITS

LINEAGE = "lineage.parquet"
SCHEMA = pa.schema(
    [
        pa.field("example_id", pa.string(), nullable=False),
        pa.field("split", pa.string(), nullable=False),
        pa.field("file_row", pa.int64()),  # line of <split>.jsonl, from 0; null: it has none there
        pa.field("parent_ids", pa.list_(pa.string()), nullable=False),  # its parent, and so on up
        pa.field("source", pa.string(), nullable=False),
        pa.field("date", pa.string(), nullable=False),
        pa.field("conversation_id", pa.string(), nullable=False),  # or the section's id
        pa.field("group_id", pa.string(), nullable=False),
        pa.field("made_from", pa.string(), nullable=False),  # record, section or task
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("file", pa.string()),  # relative to the data folder; a personal name is a hash
        pa.field("line", pa.int64()),  # from 1, of the decompressed file; of Parquet the row
    ]
)
_READ = (
    "id", "split", "parent_id", "source", "date", "conversation_id", "group_id", "provenance",
    "record_ids", "origins", "rejected",
)  # fmt: skip
_CARRIED = ("split", "source", "date", "conversation_id", "group_id")
_ORIGIN = r"(?s)^(?P<file>.+):(?P<line>[0-9]+)$"


def write_lineage(folder: Path, not_taken: Collection[str] = ()) -> int:
    """Write the lineage of the version in `folder` from its `examples.parquet`; returns its rows.

    One row for each example and raw record joined in it, examples in their order. A preference
    pair has no line in the split's file, nor has an example whose id is in `not_taken`. Of what is
    made from a document, the file is the document and the line the section's first one (of the
    extracted text where the file is none); of a synthetic example they are those of its task.
    """
    before = dict.fromkeys(SPLITS, 0)
    excluded = pa.array(sorted(not_taken), pa.string())
    rows = 0
    with (
        closing(parquet_writer(folder / LINEAGE, SCHEMA)) as writer,
        pq.ParquetFile(folder / EXAMPLES) as examples,
    ):
        for table in joined_tables(_parts(examples, before, excluded)):
            writer.write_table(table)
            rows += table.num_rows
    return rows


def _parts(
    examples: pq.ParquetFile, before: dict[str, int], excluded: pa.Array
) -> Iterator[pa.Table]:
    """The lineage of one partition at a time: a row group holds all of one."""
    for group in range(examples.num_row_groups):
        table = examples.read_row_group(group, columns=list(_READ)).combine_chunks()
        yield _lineage(table, _file_rows(table, before, excluded))


def _file_rows(table: pa.Table, before: dict[str, int], excluded: pa.Array) -> pa.Array:
    """The line of each example in its split's file; `before` counts on."""
    splits = table.column("split").to_numpy(zero_copy_only=False)
    gone = pc.is_in(table.column("id"), value_set=excluded)
    written = pc.and_not(pc.is_null(table.column("rejected")), gone).to_numpy()
    lines = np.zeros(table.num_rows, np.int64)
    for split in SPLITS:
        own = written & (splits == split)
        count = int(np.count_nonzero(own))
        lines[own] = np.arange(before[split], before[split] + count)
        before[split] += count
    return pa.array(lines, mask=~written)


def _lineage(table: pa.Table, file_rows: pa.Array) -> pa.Table:
    """A row for each record of each example of one partition."""
    origins = table.column("origins").combine_chunks()
    rows = pc.list_parent_indices(origins)
    place = pc.extract_regex(pc.list_flatten(origins), _ORIGIN)
    ancestors = _ancestors(table)
    columns = {
        "example_id": table.column("id").take(rows),
        "file_row": file_rows.take(rows),
        "parent_ids": _as_lists(ancestors).take(rows),
        "made_from": _made_from(table, ancestors).take(rows),
        "record_id": pc.list_flatten(table.column("record_ids").combine_chunks()),
        "file": place.field("file"),
        "line": place.field("line").cast(pa.int64()),
        **{name: table.column(name).take(rows) for name in _CARRIED},
    }
    return pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA)


def _ancestors(table: pa.Table) -> list[pa.Array]:
    """The parent of each example, then the parent of that one, and so on until none has any."""
    ids, parents = (table.column(name).combine_chunks() for name in ("id", "parent_id"))
    found = [parents]
    while found[-1].null_count < table.num_rows:
        found.append(parents.take(pc.index_in(found[-1], value_set=ids)))
    return found


def _as_lists(ancestors: list[pa.Array]) -> pa.ListArray:
    names = np.stack([own.to_numpy(zero_copy_only=False) for own in ancestors], axis=1)
    known = np.stack([own.is_valid().to_numpy(zero_copy_only=False) for own in ancestors], axis=1)
    offsets = np.concatenate(([0], np.cumsum(known.sum(axis=1))))
    values = pa.array(names[known].tolist(), pa.string())
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)


def _made_from(table: pa.Table, ancestors: list[pa.Array]) -> pa.Array:
    """What each example's original was made from, by that one's provenance."""
    ids, provenance = (table.column(name).combine_chunks() for name in ("id", "provenance"))
    original = pc.coalesce(*reversed(ancestors), ids)
    made = provenance.take(pc.index_in(original, value_set=ids))
    cases = [pc.starts_with(made, "generated/"), pc.starts_with(made, "synthetic/")]
    return pc.case_when(pc.make_struct(*cases), "section", "task", "record")
