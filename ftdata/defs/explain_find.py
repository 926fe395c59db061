"""From a name to where what it names stands: rows of partitions, or lines that became none.

No Dagster here. The version's own tables are asked first; of the partitions' first tables only the
columns of ids are read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ftdata.cleaning.pii.ids import CERTAIN, redact_id
from ftdata.defs.explain_files import partition_of_path, raw_path, shown_files
from ftdata.erasures import REASON as ERASED
from ftdata.errors import UsageError
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.release.files import DROPS
from ftdata.release.lineage import LINEAGE
from ftdata.release.look_up import find_rows
from ftdata.release.read import LoadedRelease
from ftdata.storage import PartitionStore
from ftdata.tables import SPLITS, Stage

_ROW = re.compile(rf"({'|'.join(SPLITS)}):(\d{{1,12}})")
_BEFORE_ROWS = ("documents", "generated_examples", "raw_logs")  # what they drop became no row
_IDS: dict[Stage, tuple[str, ...]] = {
    "raw_logs": ("id", "conversation_id", "record_ids"),
    "generated_examples": ("id", "conversation_id", "record_ids"),
    "documents": ("id", "document"),
}


@dataclass(frozen=True)
class Place:
    """Where something stands: a row by its id, or a drop of which no row was made."""

    key: PartitionKey
    id: str | None
    drop: Mapping[str, Any] | None = None  # a row of tables.DROPS


@dataclass(frozen=True)
class Found:
    """All places that answer to a name, in canonical order, and where they were looked for."""

    places: tuple[Place, ...]
    searched: tuple[str, ...]


def find_places(project: Project, release: LoadedRelease | None, asked: str) -> Found:
    """Every place that `asked` names.

    It may be the id of an example, a record, a conversation or a section, a document, `file:line`
    of a raw file, or `train:17`, a line of that file of the version from 0. Raises UsageError for
    a file of records without a line.
    """
    row = _ROW.fullmatch(asked)
    if row is not None:
        return _of_row(release, row[1], int(row[2]))
    path = raw_path(project.store.data, asked)
    if path is not None:
        return _of_path(project, path)
    if release is not None:
        places = _of_version(release, asked)
        if any(place.id == asked for place in places):
            return _found(places, [f"dataset {release.version}"])
    else:
        places = []
    built = {stage: project.store.keys(stage) for stage in _IDS}
    scanned = [*_scan(project.store, built, _partitions_of(release), asked)]
    count = len({key for keys in built.values() for key in keys})
    searched = [f"dataset {release.version}"] if release else []
    return _found([*places, *scanned], [*searched, f"the ids of {count:,} built partitions"])


def _found(places: Iterable[Place], searched: Iterable[str]) -> Found:
    """Each place once: a record that is asked for by its id may also be found by its example's."""
    once = {
        (place.key, place.id or "", *((place.drop or {}).get(n) for n in ("file", "line"))): place
        for place in places
    }
    return Found(tuple(sorted(once.values(), key=lambda place: place.key)), tuple(searched))


def _of_row(release: LoadedRelease | None, split: str, row: int) -> Found:
    if release is None:
        return Found((), ("the datasets: none is built yet",))
    found = find_rows(release.folder / LINEAGE, {"file_row": [row]})
    places = _row_places(found.filter(pc.equal(found.column("split"), split)).to_pylist())
    count = release.manifest["content"]["outputs"][f"{split}.jsonl"]["rows"]
    told = f"{split}.jsonl of dataset {release.version}: {count:,} rows, the first of which is 0"
    return _found(places, [told])


def _row_places(lineage: Iterable[Mapping[str, Any]]) -> list[Place]:
    return [Place(_key(row), row["example_id"]) for row in lineage]


def _key(row: Mapping[str, Any]) -> PartitionKey:
    return PartitionKey(date=row["date"], source=row["source"])


def _of_version(release: LoadedRelease, asked: str) -> list[Place]:
    """What the version's lineage and drops hold by that id."""
    names = ("example_id", "record_id", "conversation_id")
    lineage = find_rows(release.folder / LINEAGE, {name: [asked] for name in names}).to_pylist()
    drops = find_rows(release.folder / DROPS, {"record_id": _as_dropped(asked)}).to_pylist()
    own = [row for row in lineage if row["example_id"] == asked]
    # Of a record or a conversation its own examples are told, and with each its variants.
    originals = [row for row in lineage if not row["parent_ids"]]
    return _row_places(own or originals) + [_drop_place(_key(drop), drop) for drop in drops]


def _as_dropped(asked: str) -> list[str]:
    """An id as drops may hold it: where it is personal, they hold its hash."""
    return list(dict.fromkeys((asked, redact_id(asked, CERTAIN).text)))


def _drop_place(key: PartitionKey, drop: Mapping[str, Any]) -> Place:
    if drop["stage"] in _BEFORE_ROWS:
        return Place(key, None, drop)
    return Place(key, drop["record_id"])


def _of_path(project: Project, path: str) -> Found:
    """What was made of a raw file, or of one line of it."""
    file, line = path, None
    head, _, tail = path.rpartition(":")
    if head and tail.isdigit():
        file, line = head, int(tail)
    key = partition_of_path(file)
    searched = (f"what is built of {file}",)
    if key is None:
        return Found((), searched)
    store = project.store
    if store.read_record("raw_logs", key) is None:
        return _found(_of_document(project, key, file, line), searched)
    shown = shown_files(project, key)
    if line is None:
        if file in {*shown, *shown.values()}:
            raise UsageError(f"{file} holds records: name a line of it, such as {file}:1")
        return Found((), searched)
    wanted = {f"{real}:{line}" for real, other in shown.items() if file in (real, other)}
    table = store.read_table("raw_logs", key, ["id", "origins"])
    places = [Place(key, id_) for id_ in _holding(table, "origins", wanted)]
    names, drops = (file, shown.get(file)), store.read_drops("raw_logs", key).to_pylist()
    places += [
        Place(key, None, drop) for drop in drops if drop["line"] == line and drop["file"] in names
    ]
    erased = sum(drop["reason"] == ERASED for drop in drops)
    # Which lines these are, no tombstone tells.
    more = (f"{erased:,} of its partition's lines are erased",) if erased else ()
    return _found(places, [*searched, *more])


def _of_document(
    project: Project, key: PartitionKey, file: str, line: int | None
) -> Iterator[Place]:
    """The examples of a document's sections, or of the one that a line stands in; its drops."""
    store = project.store
    if store.read_record("documents", key) is None:
        if store.read_record("generated_examples", key) is not None:
            yield from _of_task(store, key, file)
        return
    names = shown_files(project, key)
    real = {name for name, other in names.items() if file in (name, other)}
    table = store.read_table("documents", key, ["id", "file", "line"])
    sections = [row for row in table.to_pylist() if row["file"] in real]
    if line is not None:
        before = [row for row in sections if row["line"] <= line]
        sections = before[-1:]
    yield from _of_sections(store, key, [row["id"] for row in sections])
    hidden = {names[name] for name in real}
    for drop in store.read_drops("documents", key).to_pylist():
        if drop["file"] in hidden and (line is None or drop["line"] in (None, line)):
            yield Place(key, None, drop)


def _of_task(store: PartitionStore, key: PartitionKey, file: str) -> Iterator[Place]:
    """The examples of a synthetic source's task."""
    table = store.read_table("generated_examples", key, ["id", "origins"])
    return (Place(key, id_) for id_ in _holding(table, "origins", {f"{file}:1"}))


def _of_sections(store: PartitionStore, key: PartitionKey, sections: list[str]) -> Iterator[Place]:
    """Examples made of sections, and the drops of what was not made of them."""
    if store.read_record("generated_examples", key) is None:
        return
    table = store.read_table("generated_examples", key, ["id", "conversation_id"])
    for id_ in _holding(table, "conversation_id", set(sections)):
        yield Place(key, id_)
    wanted = set(sections)
    for drop in store.read_drops("generated_examples", key).to_pylist():
        record = drop["record_id"] or ""
        if not wanted.isdisjoint((record, record.rpartition("-")[0])):
            yield Place(key, None, drop)


def _holding(table: pa.Table, name: str, wanted: set[str]) -> list[str]:
    """Ids of the rows whose column, or list in it, holds one of the values."""
    column = table.column(name).combine_chunks()
    is_list = pa.types.is_list(column.type)
    among = pc.is_in(
        pc.list_flatten(column) if is_list else column,
        value_set=pa.array(sorted(wanted), pa.string()),
    )
    rows = pc.list_parent_indices(column).filter(among) if is_list else pc.indices_nonzero(among)
    return list(dict.fromkeys(table.column("id").take(rows).to_pylist()))


def _scan(
    store: PartitionStore,
    built: Mapping[Stage, Sequence[PartitionKey]],
    known: Collection[str],
    asked: str,
) -> Iterator[Place]:
    """What the partitions hold by that id, in the columns of ids of their first tables.

    Of those that the version does not know its drops are looked at, too.
    """
    for stage, keys in built.items():
        for key in keys:
            table = store.read_table(stage, key, _IDS[stage])
            names = [name for name in _IDS[stage] if _mentions(table.column(name), asked)]
            found = dict.fromkeys(id_ for name in names for id_ in _holding(table, name, {asked}))
            if stage == "documents":
                if found:
                    yield from _of_sections(store, key, list(found))
                continue
            for id_ in found:
                yield Place(key, id_)
            if str(key) not in known:
                yield from _not_in_version(store, key, asked)


def _mentions(column: pa.ChunkedArray, asked: str) -> bool:
    """Whether the id stands anywhere in it: mostly it does not, and this tells so quickly."""
    flat = pc.list_flatten(column) if pa.types.is_list(column.type) else column
    found: int = pc.index(flat, asked).as_py()
    return found >= 0


def _partitions_of(release: LoadedRelease | None) -> Mapping[str, Any]:
    if release is None:
        return {}
    partitions = release.manifest["content"]["stages"]["partitions"]
    known: Mapping[str, Any] = partitions.get("validated_splits", {})
    return known


def _not_in_version(store: PartitionStore, key: PartitionKey, asked: str) -> Iterator[Place]:
    """What a partition that the version has not dropped, and the variants that it made."""
    names = _as_dropped(asked)
    for stage in ("raw_logs", "generated_examples"):
        if store.read_record(stage, key) is not None:
            for drop in store.read_drops(stage, key).to_pylist():
                if drop["record_id"] in names:
                    yield Place(key, None, drop)
    if store.read_record("augmented", key) is not None:
        table = store.read_table("augmented", key, ["id"])
        for id_ in _holding(table, "id", {asked}):
            yield Place(key, id_)
