"""What was dropped on the way: by stage and reason, and by date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from upath import UPath

from ftdata.errors import StorageError
from ftdata.reporting.statistics import Drop
from ftdata.tables import STAGES

DROPS = "drops.parquet"
_COLUMNS = ["stage", "reason", "date"]
_ORDER = (*STAGES, "dataset")


@dataclass(frozen=True)
class DropCounts:
    """Rows that were dropped, those in quarantine among them."""

    by_reason: Mapping[tuple[str, str], int]  # stage and reason
    by_date: Mapping[str, int]  # date of the partition


def read_drops(path: UPath) -> DropCounts:
    """Counts of a `drops.parquet`. Raises StorageError where it cannot be read."""
    by_reason: Counter[tuple[str, str]] = Counter()
    by_date: Counter[str] = Counter()
    try:
        with path.open("rb") as file:
            for batch in pq.ParquetFile(file).iter_batches(columns=_COLUMNS):
                table = pa.Table.from_batches([batch])
                grouped = table.group_by(_COLUMNS).aggregate([([], "count_all")])
                for row in grouped.to_pylist():
                    by_reason[row["stage"], row["reason"]] += row["count_all"]
                    if row["date"] is not None:
                        by_date[row["date"]] += row["count_all"]
    except (OSError, pa.ArrowException) as error:
        raise StorageError(f"{path}: cannot be read ({error}): build the dataset again") from error
    return DropCounts(by_reason, by_date)


def drops_of(counts: DropCounts, content: Mapping[str, Any]) -> tuple[Drop, ...]:
    """One for each stage and reason, with its share of what the manifest says the stage was given.

    By stage in the order of the stages, then most first.
    """
    given = {stage: told["rows_in"] for stage, told in content["stages"]["totals"].items()}
    given["dataset"] = content["dataset"]["rows_in"]
    found = [
        Drop(stage, reason, rows, round(rows / max(given.get(stage, 0), rows), 6))
        for (stage, reason), rows in counts.by_reason.items()
    ]
    return tuple(
        sorted(found, key=lambda drop: (_ORDER.index(drop.stage), -drop.rows, drop.reason))
    )
