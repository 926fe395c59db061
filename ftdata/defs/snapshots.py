"""Which examples of documents a newer snapshot leaves behind. No Dagster here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from ftdata.cleaning.pii.paths import private_paths
from ftdata.documents.known import document_of
from ftdata.generation.reuse import SHARE_REASON
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.settings import Source
from ftdata.storage import StoredPartition
from ftdata.tables import Stage, empty

SUPERSEDED, REPEATED = "superseded", "in_earlier_snapshot"
_CHAIN: tuple[Stage, ...] = ("augmented", "formatted", "cleaned", "generated_examples")


@dataclass(frozen=True)
class _Snapshot:
    """Of one partition: its documents, and the document of each example that was made of them."""

    documents: frozenset[str]
    examples: dict[str, str]  # id → document


def left_behind(
    project: Project, keys: Sequence[PartitionKey], tables: Sequence[pa.Table]
) -> dict[int, dict[str, Any]]:
    """A drop for each row, counted over all tables, that is not of the newest documents.

    `tables` hold `id` and `parent_id` of the partitions `keys`, in canonical order. `superseded`:
    the document has a newer form, of which this example is not made any more. A file that could not
    be read is no newer form. `in_earlier_snapshot`: the same example stands in an earlier snapshot
    already, where it keeps its place and its split. With `snapshot: all` of its source only the
    second happens. A partition of which it is not known any more what documents it was made of is
    left as it is.
    """
    snapshots = {key: _snapshot(project, key) for key in keys}
    newest = _newest(project, snapshots)
    live = {
        (key.source, document, id_)
        for key, snapshot in snapshots.items()
        if snapshot
        for id_, document in snapshot.examples.items()
        if newest.get((key.source, document), key.date) == key.date
    }
    drops: dict[int, dict[str, Any]] = {}
    seen: dict[tuple[str, str], str] = {}
    first = 0
    for key, table in zip(keys, tables, strict=True):
        snapshot = snapshots[key]
        if snapshot is not None:
            for row, (id_, original) in enumerate(_ids(table), start=first):
                document = snapshot.examples.get(original, "")
                since = newest.get((key.source, document))
                if since and (key.source, document, original) not in live:
                    drops[row] = _drop(id_, SUPERSEDED, f"its document has another form on {since}")
                elif (key.source, id_) in seen:
                    drops[row] = _drop(id_, REPEATED, f"since {seen[key.source, id_]}")
                else:
                    seen[key.source, id_] = key.date
        first += table.num_rows
    return drops


def _ids(table: pa.Table) -> Iterator[tuple[str, str]]:
    """Of each row its id, and that of the original that it is or was derived from."""
    ids, parents = (table.column(name).to_pylist() for name in ("id", "parent_id"))
    return ((id_, parent or id_) for id_, parent in zip(ids, parents, strict=True))


def _newest(
    project: Project, snapshots: dict[PartitionKey, _Snapshot | None]
) -> dict[tuple[str, str], str]:
    """By source and document the date of its newest form; nothing of sources that keep them all."""
    newest: dict[tuple[str, str], str] = {}
    for key, snapshot in sorted(snapshots.items()):
        source = project.settings.sources.get(key.source, Source())
        if snapshot is not None and source.snapshot == "latest":
            newest |= dict.fromkeys(((key.source, name) for name in snapshot.documents), key.date)
    return newest


def _snapshot(project: Project, key: PartitionKey) -> _Snapshot | None:
    """What the partition's splits were made of, as long as that is stored."""
    store, record = project.store, project.store.existing_record("validated_splits", key)
    for stage in _CHAIN:
        before = store.read_record(stage, key)
        if before is None or before.output != record.inputs.get(stage):
            return None
        record = before
    documents = store.read_record("documents", key)
    table = store.read_output("documents", key, record.inputs.get("documents", ""))
    if documents is None or table is None:
        return None
    home = dict(zip(*(table.column(n).to_pylist() for n in ("id", "document")), strict=True))
    made = store.read_table("generated_examples", key, ["id"]).column("id").to_pylist()
    capped = [
        drop["record_id"]
        for drop in store.read_drops("generated_examples", key).to_pylist()
        if drop["reason"] == SHARE_REASON
    ]
    examples = {id_: home.get(id_.rpartition("-")[0], "") for id_ in (*made, *capped)}
    named = {*home.values()}
    if documents.output == record.inputs["documents"]:
        named |= _without_sections(project, documents)
    return _Snapshot(frozenset(named), examples)


def _without_sections(project: Project, record: StoredPartition) -> set[str]:
    """Documents that were read, be it to nothing; not those that were rejected."""
    paths = [fact["path"] for fact in record.files]
    names = private_paths(empty("raw_logs"), paths, project.settings.cleaning.pii)
    drops = project.store.read_drops("documents", record.key).to_pylist()
    rejected = {drop["file"] for drop in drops if drop["quarantined"]}
    return {
        document_of(record.key, path)
        for path in paths
        if rejected.isdisjoint((path, names.get(path, path)))
    }


def _drop(id_: str, reason: str, detail: str) -> dict[str, Any]:
    return {"record_id": id_, "stage": "dataset", "reason": reason, "detail": detail}
