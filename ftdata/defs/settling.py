"""Which examples of all partitions stay, and on which side: duplicates first, then ties.

No Dagster here. Reads only the hashed columns, so that memory is a few hundred bytes an example.
What the evaluation sets contaminate leaves before all that: for them the messages are read too, of
one partition at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.cleaning.dedup.duplicates import drop_details
from ftdata.cleaning.dedup.sources import compared_of_columns, find_duplicates_across
from ftdata.defs.contamination import screen
from ftdata.defs.selecting import select_train
from ftdata.defs.snapshots import left_behind
from ftdata.errors import ReleaseError
from ftdata.ingest.evals import Evaluations
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.release.plan import ContaminationHit, EarlierDocument, Selection
from ftdata.selection.select import RuleOutcome
from ftdata.settings import Settings
from ftdata.splitting.precedence import take_pinned_first
from ftdata.splitting.settle import SettleInput, settle_splits
from ftdata.tables import drops_table

COLUMNS = (
    "id", "source", "conversation_id", "parent_id", "split", "words", "turns", "prefixes",
    "dedup_words", "dedup_text", "dedup_completion",
    "dedup_vector",
)  # fmt: skip
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class SettledDataset:
    """One selection a partition, and a drop for each row that no selection keeps."""

    selections: tuple[Selection, ...]
    drops: pa.Table
    evaluations: tuple[dict[str, Any], ...]  # as in ReleaseContext
    hits: tuple[ContaminationHit, ...]
    earlier_documents: Mapping[EarlierDocument, int]  # as in ReleaseContext
    held_out: int  # examples that splits.holdout names
    unknown_held: int  # ids in it that name nothing
    rules: tuple[RuleOutcome, ...]  # what selection did


def settle(
    project: Project,
    keys: Sequence[PartitionKey],
    pinned: Mapping[str, str],
    evaluations: Evaluations,
    held: Collection[str] = frozenset(),
) -> SettledDataset:
    """Settle contamination, duplicates and splits over the partitions, in canonical order.

    `pinned` holds splits by id, as `splits.pin` gives them. Pinned examples come before all others
    in both, so that a late partition with an older date displaces none of them. What an id in
    `held` names (an example, a record or a conversation) is pinned to test, whatever `pinned` says.
    """
    columns = (*COLUMNS, "record_ids") if held else COLUMNS
    tables = [project.store.read_table("validated_splits", key, columns) for key in keys]
    whole = pa.concat_tables(tables).combine_chunks()
    held_out, unknown = held_examples(whole, held) if held else ((), 0)
    pinned = {**pinned, **dict.fromkeys(held_out, "test")}
    screened = screen(project, keys, evaluations)
    ids = whole.column("id").to_pylist() if screened.found else []
    contaminated = screened.dropped()
    left = left_behind(project, keys, tables)
    keep, drops = _keep_first(whole, {*contaminated, *left.drops}, pinned, project.settings)
    drops += [drop for row, drop in left.drops.items() if row not in contaminated]
    parts = _inputs(keys, tables, keep)
    settled = settle_splits(parts, project.settings.splits, pinned)
    chosen = select_train(project, settled.partitions)
    splits = np.concatenate([part.split for part in chosen.partitions]).tolist()
    earlier = Counter(left.earlier[row] for row in left.earlier if splits[row] is not None)
    drops = [*screened.drops(ids), *drops]
    return SettledDataset(
        selections=tuple(
            Selection(part.key, part.keep, part.split, part.group_id) for part in chosen.partitions
        ),
        drops=pa.concat_tables([drops_table(drops), settled.drops, chosen.drops]),
        evaluations=screened.evaluations,
        hits=tuple(screened.hits(ids, splits)),
        earlier_documents=earlier,
        held_out=len(held_out),
        unknown_held=unknown,
        rules=chosen.rules,
    )


def _inputs(
    keys: Sequence[PartitionKey], tables: Sequence[pa.Table], keep: Mask
) -> list[SettleInput]:
    ends = np.cumsum([table.num_rows for table in tables])
    kept = np.split(keep, ends[:-1])
    return [SettleInput(*part) for part in zip(keys, tables, kept, strict=True)]


def held_examples(table: pa.Table, held: Collection[str]) -> tuple[list[str], int]:
    """Ids of the originals that an id in `held` names, and how many name nothing here."""
    ids = pa.array(sorted(held), pa.string())
    records = table.column("record_ids").combine_chunks()
    named = [
        pc.is_in(table.column(name), value_set=ids).combine_chunks()
        for name in ("id", "conversation_id")
    ]
    rows = pc.list_parent_indices(records).filter(pc.is_in(records.flatten(), value_set=ids))
    by_record = np.zeros(table.num_rows, dtype=np.bool_)
    by_record[np.asarray(rows)] = True
    found = pc.or_(pc.or_(*named), pa.array(by_record))
    originals = pc.and_(found, pc.is_null(table.column("parent_id").combine_chunks()))
    known = [
        table.column("id"),
        table.column("conversation_id"),
        pa.chunked_array([records.flatten()]),
    ]
    met = pc.unique(pa.chunked_array([chunk for column in known for chunk in column.chunks]))
    unknown = len(ids) - pc.sum(pc.is_in(ids, value_set=met)).as_py()
    return table.column("id").filter(originals).to_pylist(), unknown


def _keep_first(
    table: pa.Table, gone: Collection[int], pinned: Mapping[str, str], settings: Settings
) -> tuple[Mask, list[dict[str, Any]]]:
    """As `settle_duplicates` over the rows that are not gone, those that are pinned first."""
    order = take_pinned_first(table.column("id"), pinned).rows
    if gone:
        order = order[~np.isin(order, sorted(gone))]
    in_order, drops = settle_duplicates(table.take(order) if pinned or gone else table, settings)
    keep = np.zeros(table.num_rows, dtype=np.bool_)
    keep[order] = in_order
    return keep, drops


def settle_duplicates(table: pa.Table, settings: Settings) -> tuple[Mask, list[dict[str, Any]]]:
    """Which rows are no duplicate of an earlier one, and a drop for each that is.

    Only originals are compared: a variant resembles its parent, and stays or goes with it.
    """
    ids = table.column("id").to_pylist()
    originals = np.flatnonzero(np.asarray(table.column("parent_id").is_null()))
    chosen = table.take(pa.array(originals))
    try:
        compared = compared_of_columns(chosen)
    except ValueError as error:
        raise ReleaseError(f"validated_splits: {error}: build these partitions again") from error
    found = find_duplicates_across(compared, chosen.column("source"), settings)
    keep = np.ones(len(ids), dtype=np.bool_)
    keep[originals[~found.kept]] = False
    details = drop_details(found, [ids[row] for row in originals])
    return keep, [
        {"record_id": ids[originals[row]], "stage": "dataset", "reason": reason, "detail": detail}
        for row, (reason, detail) in details.items()
    ]
