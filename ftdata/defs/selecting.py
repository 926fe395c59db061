"""Balance and selection over the settled splits: train alone, variants with their parents.

No Dagster here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.errors import ReleaseError
from ftdata.project import Project
from ftdata.selection.select import COLUMNS, RuleOutcome, select_examples
from ftdata.splitting.settle import SettledPartition
from ftdata.tables import drops_table


@dataclass(frozen=True, eq=False)
class Chosen:
    """The partitions without what selection leaves out, a drop for each, and what its rules did."""

    partitions: tuple[SettledPartition, ...]
    drops: pa.Table
    rules: tuple[RuleOutcome, ...] = ()


def select_train(project: Project, partitions: Sequence[SettledPartition]) -> Chosen:
    """Leave out of train what the section selection says; all stays where it says nothing.

    Raises ReleaseError where embeddings are to be compared that were not made.
    """
    options = project.settings.selection
    if not options.is_on:
        return Chosen(tuple(partitions), drops_table([]))
    columns = [*COLUMNS, "parent_id"]
    tables = [project.store.read_table("validated_splits", p.key, columns) for p in partitions]
    whole = pa.concat_tables(tables).combine_chunks()
    is_train = np.concatenate([part.split for part in partitions]) == "train"
    is_original = np.asarray(pc.is_null(whole.column("parent_id").combine_chunks()))
    pool = np.flatnonzero(is_train & is_original)
    try:
        selected = select_examples(whole.take(pa.array(pool)), options)
    except ValueError as error:
        text = f"{error}: set cleaning.dedup.semantic and build, or write `vectors: tfidf`"
        raise ReleaseError(text) from error
    ids: list[str] = whole.column("id").to_pylist()
    why = {int(pool[one.row]): (one.reason, one.detail) for one in selected.left_out}
    why |= _orphans(whole, ids, why, is_train)
    starts = np.cumsum([0, *(table.num_rows for table in tables)])
    lost = np.array(sorted(why), np.int64)
    rows: list[dict[str, Any]] = [
        {"record_id": ids[row], "stage": "dataset", "reason": why[row][0], "detail": why[row][1]}
        for row in lost.tolist()
    ]
    kept = [
        _without(part, lost[(lost >= start) & (lost < end)] - start)
        for part, start, end in zip(partitions, starts[:-1], starts[1:], strict=True)
    ]
    return Chosen(tuple(kept), drops_table(rows), tuple(selected.rules))


def _orphans(
    table: pa.Table,
    ids: list[str],
    gone: dict[int, tuple[str, str]],
    is_train: npt.NDArray[np.bool_],
) -> dict[int, tuple[str, str]]:
    """Variants whose parent is left out, or derives from one that is."""
    lost = {ids[row] for row in gone}
    found = {}
    parents = table.column("parent_id").to_pylist()
    for row in np.flatnonzero(is_train).tolist():
        if parents[row] in lost:
            lost.add(ids[row])
            found[row] = ("parent_dropped", f"of {parents[row]}")
    return found


def _without(part: SettledPartition, lost: npt.NDArray[np.int64]) -> SettledPartition:
    keep, split, group = part.keep.copy(), part.split.copy(), part.group_id.copy()
    keep[lost], split[lost], group[lost] = False, None, None
    return replace(part, keep=keep, split=split, group_id=group)
