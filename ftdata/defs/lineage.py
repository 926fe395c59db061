"""The lineage of a version in short: how much is traced to what, and one chain to look at.

No Dagster here.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from upath import UPath

from ftdata.release.lineage import LINEAGE


def made_from(lineage: pa.Table) -> dict[str, int]:
    """How many examples are made from records, from sections and from tasks."""
    each = lineage.select(["example_id", "made_from"]).group_by(["example_id", "made_from"])
    counted = each.aggregate([]).column("made_from").value_counts().to_pylist()
    return dict(sorted((f"from a {pair['values']}", pair["counts"]) for pair in counted))


def summarise_lineage(folder: UPath) -> dict[str, Any]:
    """Rows and examples traced, the share that leads to a line, and an example of one chain.

    The chain is that of the first variant, where there is one: it leads furthest.
    """
    with (folder / LINEAGE).open("rb") as file:
        lineage = pq.read_table(file)
    named = lineage.column("example_id")
    leads = pc.and_(lineage.column("file").is_valid(), lineage.column("line").is_valid())
    astray = len(named.filter(pc.invert(leads)).unique())
    examples = len(named.unique())
    return {
        "rows": lineage.num_rows,
        "examples": examples,
        "share": 1 - astray / examples if examples else 1.0,
        **made_from(lineage),
        "chain": _chain(lineage),
    }


def _chain(lineage: pa.Table) -> list[dict[str, Any]]:
    """All rows of one example."""
    derived = pc.greater(pc.list_value_length(lineage.column("parent_ids")), 0)
    first = (lineage.filter(derived) if pc.any(derived).as_py() else lineage).slice(0, 1)
    own = pc.is_in(lineage.column("example_id"), value_set=first.column("example_id"))
    rows: list[dict[str, Any]] = lineage.filter(own).to_pylist()
    return rows
