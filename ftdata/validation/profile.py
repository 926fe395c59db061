"""Counts and shares of one partition: what the rules over partitions judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.storage import StoredPartition
from ftdata.tables import SPLITS

MIN_GROUPS = 30  # fewer say nothing about a ratio

MIN_EXAMPLES = 20  # fewer say nothing about a mix

Profile = dict[str, str | int | float]
PrivatePaths = Callable[[Sequence[str]], Mapping[str, str]]


def partition_profile(
    record: StoredPartition, table: pa.Table, drops: pa.Table, private_paths: PrivatePaths
) -> Profile:
    """`partition`, counts and shares of one partition's stored output.

    `rows_in` is what the stage counted while it read; `accounted` is counted anew in the stored
    tables. Shares are of `rows_in`, but `derived_share` is of the table, and `train_share` and its
    like are of the originals in it. A share that nothing can be said about is NaN.
    """
    quarantined = int(pc.sum(drops.column("quarantined")).as_py() or 0)
    duplicates = int(pc.sum(pc.match_substring(drops.column("reason"), "duplicate")).as_py() or 0)
    total = max(1, record.rows_in)
    counted: Profile = {
        "partition": str(record.key),
        "rows_in": record.rows_in,
        "accounted": _rows_kept(record, table) + drops.num_rows,
        "quarantine_share": quarantined / total,
        "drop_share": (drops.num_rows - quarantined) / total,
        "duplicate_share": duplicates / total,
    }
    if record.stage == "documents":
        return counted | _files(record, table, drops, private_paths)
    if record.stage == "generated_examples":
        return counted | _largest_kind(table)
    if record.stage == "augmented":
        return counted | _derived_share(table)
    if record.stage == "validated_splits":
        return counted | _split_shares(table)
    return counted


def _rows_kept(record: StoredPartition, table: pa.Table) -> int:
    """In the stage's own unit: records for `raw_logs`, rows of the table after it."""
    if record.stage != "raw_logs":
        return int(table.num_rows)
    return int(pc.sum(pc.list_value_length(table.column("record_ids"))).as_py() or 0)


def _files(
    record: StoredPartition, table: pa.Table, drops: pa.Table, private_paths: PrivatePaths
) -> Profile:
    """Files of which nothing is told, and the share of those that were rejected."""
    files = [fact["path"] for fact in record.files]
    names = private_paths(files)
    told = {*table.column("file").to_pylist(), *drops.column("file").to_pylist()}
    rejected = drops.filter(drops.column("quarantined")).num_rows
    return {
        "lost_files": sum(told.isdisjoint((file, names.get(file, file))) for file in files),
        "rejected_share": rejected / max(1, len(files)),
    }


def _largest_kind(table: pa.Table) -> Profile:
    counts = Counter(table.column("kind").to_pylist())
    enough = table.num_rows >= MIN_EXAMPLES
    share = max(counts.values()) / table.num_rows if enough else float("nan")
    return {"largest_kind_share": share}


def _derived_share(table: pa.Table) -> Profile:
    derived = np.count_nonzero(table.column("variant").to_numpy())
    return {"derived_share": float(derived / max(1, table.num_rows))}


def _split_shares(table: pa.Table) -> Profile:
    originals = table.filter(pc.equal(table.column("variant"), 0))
    splits = originals.column("split").to_pylist()
    enough = len(pc.unique(originals.column("group_id"))) >= MIN_GROUPS
    return {
        f"{split}_share": splits.count(split) / len(splits) if enough else float("nan")
        for split in SPLITS
    }
