"""What an earlier build made of documents that are still the same, taken over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from ftdata.generation.rows import Place, made_table

SHARE_REASON = "kind_share"


@dataclass(frozen=True)
class Known:
    """What an earlier build with present code and settings made: its sections, table and drops."""

    documents: pa.Table
    table: pa.Table
    drops: pa.Table


class Reused(NamedTuple):
    """The rows and drops of documents that are as they were; `documents` names those."""

    documents: frozenset[str]
    table: pa.Table
    drops: list[dict[str, Any]]


def reuse(documents: pa.Table, known: Known | None) -> Reused:
    """What can be taken over: all of the documents whose bytes are those of before.

    A document that lost an example to the cap is made anew, since over other candidates the cap
    may fall otherwise; so is one of which a model did not write all. Source, date and file are
    those of now. That a section has no example is found anew, since its id is that of no example.
    """
    if known is None:
        return Reused(frozenset(), made_table([]), [])
    ids, names = (known.documents.column(name).to_pylist() for name in ("id", "document"))
    home = dict(zip(ids, names, strict=True))
    before, now = _files(known.documents), _files(documents)
    drops = known.drops.to_pylist()
    unsettled = {
        home.get(_section(drop["record_id"]))
        for drop in drops
        if drop["reason"] == SHARE_REASON or drop["quarantined"]
    }
    same = {
        name: place
        for name, (sha256, place) in now.items()
        if name in before and before[name][0] == sha256 and name not in unsettled
    }
    own = pa.array([section for section, name in home.items() if name in same], pa.string())
    rows = known.table.filter(pc.is_in(known.table.column("conversation_id"), value_set=own))
    kept = [
        {**drop, "file": same[home[_section(drop["record_id"])]].file}
        for drop in drops
        if home.get(_section(drop["record_id"])) in same
    ]
    return Reused(frozenset(same), _moved(rows, home, same), kept)


def _section(record: str) -> str:
    """The section's id, with which the id of each of its examples begins."""
    return record.rpartition("-")[0]


def _files(documents: pa.Table) -> dict[str, tuple[str, Place]]:
    """Hash and place of each document."""
    columns = ("document", "sha256", *Place._fields)
    rows = zip(*(documents.column(name).to_pylist() for name in columns), strict=True)
    return {name: (sha256, Place(*place)) for name, sha256, *place in rows}


def _moved(table: pa.Table, home: Mapping[str, str], places: Mapping[str, Place]) -> pa.Table:
    """Rows with the source, date and file of now."""
    now = [places[home[section]] for section in table.column("conversation_id").to_pylist()]
    lines = [origin[0].rpartition(":")[2] for origin in table.column("origins").to_pylist()]
    columns = {
        "source": [place.source for place in now],
        "date": [place.date for place in now],
        "origins": [[f"{place.file}:{line}"] for place, line in zip(now, lines, strict=True)],
    }
    for name, values in columns.items():
        index = table.schema.get_field_index(name)
        field = table.schema.field(index)
        table = table.set_column(index, field, pa.array(values, field.type))
    return table
