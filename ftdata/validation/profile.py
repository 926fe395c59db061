"""Counts and shares of one partition: what the rules over partitions judge."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.storage import StoredPartition
from ftdata.tables import SPLITS

MIN_GROUPS = 30  # fewer say nothing about a ratio

Profile = dict[str, str | int | float]


def partition_profile(record: StoredPartition, table: pa.Table, drops: pa.Table) -> Profile:
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
