"""Which examples of documents a newer snapshot leaves behind. No Dagster here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.settings import Source

SUPERSEDED, REPEATED = "superseded", "in_earlier_snapshot"
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Sections:
    """Of one source: the sections of the newest form of each document, and when that was."""

    live: frozenset[str]
    newest: dict[str, str]  # section of any snapshot → date of the newest form of its document


def left_behind(
    project: Project, keys: Sequence[PartitionKey], tables: Sequence[pa.Table]
) -> dict[int, dict[str, Any]]:
    """A drop for each row, counted over all tables, that is not of the newest documents.

    `tables` hold `id`, `conversation_id` (the section) and `parent_id` of the partitions `keys`, in
    canonical order. `superseded`: the document has a newer form, in which the section is not what
    it was. `in_earlier_snapshot`: the same example stands in an earlier snapshot already, where it
    keeps its place and its split. With `snapshot: all` of its source only the second happens.
    """
    dates: dict[str, list[str]] = {}
    for key in keys:
        dates.setdefault(key.source, []).append(key.date)
    sections = {source: _sections(project, source, own) for source, own in dates.items()}
    drops: dict[int, dict[str, Any]] = {}
    seen: dict[str, str] = {}
    first = 0
    for key, table in zip(keys, tables, strict=True):
        known = sections[key.source]
        if known is not None:
            rows = zip(
                *(table.column(n).to_pylist() for n in ("id", "conversation_id")), strict=True
            )
            for row, (id_, section) in enumerate(rows, start=first):
                newest = known.newest.get(section, key.date)
                if section not in known.live:
                    drops[row] = _drop(id_, SUPERSEDED, f"its document changed on {newest}")
                elif id_ in seen:
                    drops[row] = _drop(id_, REPEATED, f"since {seen[id_]}")
                else:
                    seen[id_] = key.date
        first += table.num_rows
    return drops


def _sections(project: Project, source: str, dates: Sequence[str]) -> _Sections | None:
    """None for a source that has no documents."""
    store = project.store
    newest: dict[str, tuple[str, set[str]]] = {}  # document → date, its sections then
    home: dict[str, str] = {}
    for date in dates:
        key = PartitionKey(date=date, source=source)
        if store.read_record("documents", key) is None:
            continue
        table = store.read_table("documents", key, ["id", "document"])
        columns = (table.column(name).to_pylist() for name in ("id", "document"))
        for section, document in zip(*columns, strict=True):
            home[section] = document
            held = newest.get(document)
            if held is None or held[0] != date:
                held = newest[document] = date, set()
            held[1].add(section)
    if not home:
        return None
    if project.settings.sources.get(source, Source()).snapshot == "all":
        return _Sections(frozenset(home), {})
    live = frozenset(section for _, own in newest.values() for section in own)
    return _Sections(live, {section: newest[document][0] for section, document in home.items()})


def _drop(id_: str, reason: str, detail: str) -> dict[str, Any]:
    return {"record_id": id_, "stage": "dataset", "reason": reason, "detail": detail}
