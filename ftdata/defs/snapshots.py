"""Which examples of documents a newer snapshot leaves behind, and which it leaves in place.

No Dagster here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa

from ftdata.cleaning.pii.paths import private_paths
from ftdata.documents.known import document_of
from ftdata.generation.reuse import SHARE_REASON
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.release.plan import EarlierDocument
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
    files: dict[str, str]  # document → file, of those with sections
    rejected: frozenset[str]  # documents that are there and could not be read


_Snapshots = dict[PartitionKey, _Snapshot | None]  # in canonical order; None: not known any more
_Newest = dict[tuple[str, str], str]  # (source, document) → date


class LeftBehind(NamedTuple):
    """What newer snapshots make of rows, which are counted over all tables."""

    drops: dict[int, dict[str, Any]]
    earlier: dict[int, EarlierDocument]  # rows of documents that the newest snapshot has not


def left_behind(
    project: Project, keys: Sequence[PartitionKey], tables: Sequence[pa.Table]
) -> LeftBehind:
    """A drop for each row that is not of the newest documents; the document of each from before.

    `tables` hold `id` and `parent_id` of the partitions `keys`, in canonical order. `superseded`:
    the document has a newer form, of which this example is not made any more. A file that could not
    be read is no newer form. `in_earlier_snapshot`: the same example stands in an earlier snapshot
    already, where it keeps its place and its split. With `snapshot: all` of its source only the
    second happens. A partition of which it is not known any more what documents it was made of is
    left as it is.

    What no drop names and the newest snapshot lacks stays, and is in `earlier`: a document that is
    not there any more, or that could not be read.
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
    earlier = _earlier_documents(project, snapshots, newest)
    found = LeftBehind({}, {})
    seen: dict[tuple[str, str], str] = {}
    for row, source, date, id_, original, document in _rows(snapshots, tables):
        since = newest.get((source, document))
        if since and (source, document, original) not in live:
            text = f"its document has another form on {since}"
            found.drops[row] = _drop(id_, SUPERSEDED, text)
        elif (source, id_) in seen:
            found.drops[row] = _drop(id_, REPEATED, f"since {seen[source, id_]}")
        else:
            seen[source, id_] = date
            if (source, document) in earlier:
                found.earlier[row] = earlier[source, document]
    return found


class _Row(NamedTuple):
    row: int
    source: str
    date: str
    id: str
    original: str  # id of what it is, or was derived from
    document: str  # empty where it was made of none


def _rows(snapshots: _Snapshots, tables: Sequence[pa.Table]) -> Iterator[_Row]:
    """The rows of the partitions of which it is known what they were made of."""
    first = 0
    for (key, snapshot), table in zip(snapshots.items(), tables, strict=True):
        if snapshot is not None:
            ids, parents = (table.column(name).to_pylist() for name in ("id", "parent_id"))
            for row, (id_, parent) in enumerate(zip(ids, parents, strict=True), start=first):
                document = snapshot.examples.get(parent or id_, "")
                yield _Row(row, key.source, key.date, id_, parent or id_, document)
        first += table.num_rows


def _earlier_documents(
    project: Project, snapshots: _Snapshots, newest: _Newest
) -> dict[tuple[str, str], EarlierDocument]:
    """By source and document those whose newest form with sections is not of the newest snapshot.

    Nothing of a source whose newest snapshot is not known any more.
    """
    last = {key.source: PartitionKey(date=key.date, source=key.source) for key in snapshots}
    found = {}
    for (source, document), date in sorted(newest.items()):
        own, now = snapshots[PartitionKey(date=date, source=source)], snapshots[last[source]]
        if date != last[source].date and own and now and document in own.files:
            rejected = document in now.rejected
            found[source, document] = EarlierDocument(
                own.files[document], last[source].date, rejected
            )
    names = private_paths(
        empty("raw_logs"), [one.file for one in found.values()], project.settings.cleaning.pii
    )
    return {place: one._replace(file=names.get(one.file, one.file)) for place, one in found.items()}


def _newest(project: Project, snapshots: _Snapshots) -> _Newest:
    """By source and document the date of its newest form; nothing of sources that keep them all."""
    newest: _Newest = {}
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
    ids, names, files = (table.column(name).to_pylist() for name in ("id", "document", "file"))
    home = dict(zip(ids, names, strict=True))
    made = store.read_table("generated_examples", key, ["id"]).column("id").to_pylist()
    capped = [
        drop["record_id"]
        for drop in store.read_drops("generated_examples", key).to_pylist()
        if drop["reason"] == SHARE_REASON
    ]
    examples = {id_: home.get(id_.rpartition("-")[0], "") for id_ in (*made, *capped)}
    listed, rejected = set[str](), set[str]()
    if documents.output == record.inputs["documents"]:
        listed, rejected = _listed(project, documents)
    read = {*home.values(), *(listed - rejected)}
    places = dict(zip(names, files, strict=True))
    return _Snapshot(frozenset(read), examples, places, frozenset(rejected))


def _listed(project: Project, record: StoredPartition) -> tuple[set[str], set[str]]:
    """The documents of the snapshot, and those of them that could not be read."""
    paths = [fact["path"] for fact in record.files]
    names = private_paths(empty("raw_logs"), paths, project.settings.cleaning.pii)
    drops = project.store.read_drops("documents", record.key).to_pylist()
    told = {drop["file"] for drop in drops if drop["quarantined"]}
    rejected = [path for path in paths if not told.isdisjoint((path, names.get(path, path)))]
    listed, unread = ({document_of(record.key, path) for path in own} for own in (paths, rejected))
    return listed, unread


def _drop(id_: str, reason: str, detail: str) -> dict[str, Any]:
    return {"record_id": id_, "stage": "dataset", "reason": reason, "detail": detail}
