"""Which examples of all partitions stay, and on which side: duplicates first, then ties.

No Dagster here. Reads only the hashed columns, so that memory is a few hundred bytes an example.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ftdata.cleaning.dedup.duplicates import drop_details, find_duplicates
from ftdata.cleaning.dedup.fingerprints import Fingerprints
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.release.plan import Selection
from ftdata.settings import Dedup
from ftdata.splitting.precedence import take_pinned_first
from ftdata.splitting.settle import SettleInput, settle_splits
from ftdata.tables import drops_table

COLUMNS = (
    "id", "source", "conversation_id", "parent_id", "split", "words", "turns", "prefixes",
    "dedup_words", "dedup_text",
)  # fmt: skip
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class SettledDataset:
    """One selection a partition, and a drop for each row that no selection keeps."""

    selections: tuple[Selection, ...]
    drops: pa.Table


def settle(
    project: Project, keys: Sequence[PartitionKey], pinned: Mapping[str, str]
) -> SettledDataset:
    """Settle duplicates and splits over the partitions, which are in canonical order.

    `pinned` holds splits by id, as `splits.pin` gives them. Pinned examples come before all others
    in both, so that a late partition with an older date displaces none of them.
    """
    tables = [project.store.read_table("validated_splits", key, COLUMNS) for key in keys]
    whole = pa.concat_tables(tables).combine_chunks()
    starts = np.concatenate(([0], np.cumsum([table.num_rows for table in tables])))
    order = take_pinned_first(whole.column("id"), pinned).rows
    in_order, drops = settle_duplicates(
        whole.take(order) if pinned else whole, project.settings.cleaning.dedup
    )
    keep = np.empty_like(in_order)
    keep[order] = in_order
    parts = [
        SettleInput(key, table, keep[start : start + table.num_rows])
        for key, table, start in zip(keys, tables, starts[:-1], strict=True)
    ]
    settled = settle_splits(parts, project.settings.splits, pinned)
    return SettledDataset(
        selections=tuple(
            Selection(part.key, part.keep, part.split, part.group_id) for part in settled.partitions
        ),
        drops=pa.concat_tables([drops_table(drops), settled.drops]),
    )


def settle_duplicates(table: pa.Table, options: Dedup) -> tuple[Mask, list[dict[str, Any]]]:
    """Which rows are no duplicate of an earlier one, and a drop for each that is.

    Only originals are compared: a variant resembles its parent, and stays or goes with it.
    """
    ids = table.column("id").to_pylist()
    originals = np.flatnonzero(np.asarray(table.column("parent_id").is_null()))
    chosen = table.take(pa.array(originals))
    prints = Fingerprints.of_columns(chosen.column("dedup_words"), chosen.column("dedup_text"))
    found = find_duplicates(prints, options)
    keep = np.ones(len(ids), dtype=np.bool_)
    keep[originals[~found.kept]] = False
    details = drop_details(found, [ids[row] for row in originals])
    return keep, [
        {"record_id": ids[originals[row]], "stage": "dataset", "reason": reason, "detail": detail}
        for row, (reason, detail) in details.items()
    ]
