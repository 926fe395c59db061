"""Where a user, a conversation or a record stands: raw files, built partitions, dataset versions.

No Dagster here. Everything is looked through by hashes under the project's salt, so that what is
found says by tombstones, never by ids, what it belongs to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from ftdata.cleaning.pii.ids import hashed
from ftdata.defs.raw_files import look_at_raw
from ftdata.erasures import Erasures, Kind, Tombstone, digest_of
from ftdata.errors import IngestError, StorageError
from ftdata.ingest.erased import count_repeating, find_erased, find_erased_files, rows_holding
from ftdata.ingest.holdout import read_holdout
from ftdata.ingest.inventory import Inventory, RawFile
from ftdata.ingest.raw_logs import read_lines
from ftdata.keys import PartitionKey, SourceKind
from ftdata.project import Project
from ftdata.release.read import read_examples, read_latest
from ftdata.release.versions import list_versions
from ftdata.settings import Source
from ftdata.tables import FIRST_STAGES, Stage

_OF_FILES: tuple[SourceKind, ...] = ("documents", "synthetic")
_ROWS = ("id", "conversation_id", "record_ids", "user_id")
_VERSION_ROWS = ("id", "source", "date", "conversation_id", "record_ids")


@dataclass(frozen=True)
class Asked:
    """What is asked to be erased: ids of one kind, in all sources or in one."""

    kind: Kind
    ids: tuple[str, ...]
    source: str | None = None


@dataclass(frozen=True)
class RawHolding:
    """A file of the owner's that holds it; no lines where the whole file is asked for."""

    file: str  # relative to the data folder
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """What was asked for as tombstones, and where it stands."""

    salt: bytes
    tombstones: tuple[Tombstone, ...]
    partitions: tuple[PartitionKey, ...]  # canonical order
    examples: frozenset[str]  # ids that examples made of it have, or may have had
    in_dataset: int  # how many examples of the newest dataset that are
    raw: tuple[RawHolding, ...]  # by file
    repeating: int  # records that stay, and repeat the messages of one that goes
    problems: tuple[str, ...]  # what could not be looked through, and what to do

    @property
    def held_by_nothing(self) -> int:
        """How many of the ids stand nowhere."""
        return sum(not one.partitions for one in self.tombstones)


@dataclass
class _Search:
    """What is looked for, and what was found so far by the names of the tombstones."""

    project: Project
    inventory: Inventory
    erasures: Erasures
    shown_as: dict[str, str]  # name of an id's redacted form → name of the id
    partitions: defaultdict[str, set[PartitionKey]] = field(
        default_factory=lambda: defaultdict(set)
    )
    examples: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    raw: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    repeating: int = 0
    problems: list[str] = field(default_factory=list)

    def note(self, name: str, key: PartitionKey, examples: Iterable[str] = ()) -> None:
        own = self.shown_as.get(name, name)
        self.partitions[own].add(key)
        self.examples[own].update(examples)

    def kind_of(self, source: str) -> SourceKind:
        """Of a source that is gone nobody knows it: it counts as one of records."""
        return self.inventory.sources.get(source, "logs")


def search(project: Project, asked: Asked, salt: bytes, date: str) -> Found:
    """Look for ids everywhere below the data folder; `date` is that of the request (ISO).

    A raw file or version that cannot be read is told and passed over.
    """
    own = [_tombstone(asked, one, salt, date) for one in dict.fromkeys(asked.ids)]
    # What holds personal data stands in tables after redaction as its hash.
    redacted = [_tombstone(asked, hashed(one), salt, date) for one in dict.fromkeys(asked.ids)]
    shown_as = {there.name: one.name for there, one in zip(redacted, own, strict=True)}
    erasures = Erasures(salt, (*own, *redacted))
    found = _Search(project, look_at_raw(project), erasures, shown_as)
    _look_at_raw_files(found)
    for stage in FIRST_STAGES:
        for key in project.store.keys(stage):
            _look_at_built(found, stage, key)
    if asked.kind != "user":  # no later table has users
        _look_at_versions(found)
    _add_variants(found)
    _look_at_holdout(found)
    return _result(found, own)


def _tombstone(asked: Asked, identity: str, salt: bytes, date: str) -> Tombstone:
    digest = digest_of(salt, asked.kind, identity, asked.source or "")
    return Tombstone(asked.kind, digest, asked.source, date, ())


def _look_at_raw_files(found: _Search) -> None:
    progress, partitions = found.project.progress, found.inventory.partitions
    progress.start("search", len(partitions))
    for key, files in partitions.items():
        if found.kind_of(key.source) in _OF_FILES:
            _look_at_documents(found, key, [file.path for file in files])
        else:
            _look_at_records(found, key, files)
        progress.advance("search", str(key))
    progress.finish("search")


def _look_at_records(found: _Search, key: PartitionKey, files: Sequence[RawFile]) -> None:
    settings = found.project.settings
    source = settings.sources.get(key.source, Source())
    try:
        lines, _ = read_lines(found.project.store.data, key, files, source, settings.extraction)
    except IngestError as error:
        found.problems.append(str(error))
        return
    records = [line.record for line in lines]
    names = find_erased(records, found.erasures, key.source)
    for line, name in zip(lines, names, strict=True):
        if name:
            found.raw[line.file].add(line.number)
    found.repeating += count_repeating(records, names)
    group_turns = settings.extraction.group_turns
    for name, rows in rows_holding(key, records, names, group_turns=group_turns).items():
        found.note(name, key, rows)


def _look_at_documents(found: _Search, key: PartitionKey, paths: Sequence[str]) -> None:
    for path, name in find_erased_files(paths, key, found.erasures).items():
        found.raw[path] = set()
        found.note(name, key)


def _look_at_built(found: _Search, stage: Stage, key: PartitionKey) -> None:
    """Also what raw files do not hold any more, and partitions whose raw files are gone."""
    if stage == "raw_logs":
        _look_at_built_records(found, key)
    elif stage == "documents" or found.kind_of(key.source) == "synthetic":
        _look_at_built_files(found, stage, key)


def _look_at_built_records(found: _Search, key: PartitionKey) -> None:
    store = found.project.store
    table = store.read_table("raw_logs", key, _ROWS)
    ids = table.column("id").to_pylist()
    users = found.erasures.find("user", table.column("user_id").to_pylist(), key.source)
    for row, name in [*enumerate(users), *_named_rows(found, table, key.source)]:
        if name:
            found.note(name, key, [ids[row]])
    dropped = store.read_drops("raw_logs", key).column("record_id").to_pylist()
    for kind in ("record", "conversation"):  # a record that names none is a conversation
        for name in filter(None, found.erasures.find(kind, dropped, key.source)):
            found.note(name, key)


def _named_rows(found: _Search, table: pa.Table, source: str) -> Iterator[tuple[int, str]]:
    """Rows with the tombstone of their conversation, and of each of their records."""
    talks = table.column("conversation_id").to_pylist()
    yield from enumerate(found.erasures.find("conversation", talks, source))
    lists = table.column("record_ids").combine_chunks()
    records = found.erasures.find("record", pc.list_flatten(lists).to_pylist(), source)
    yield from zip(pc.list_parent_indices(lists).to_pylist(), records, strict=True)


def _look_at_built_files(found: _Search, stage: Stage, key: PartitionKey) -> None:
    store = found.project.store
    paths = [fact["path"] for fact in store.existing_record(stage, key).files]
    named = find_erased_files(paths, key, found.erasures)
    if not named:
        return
    made = store.read_record("generated_examples", key)
    columns = ["id", "conversation_id"]
    rows = store.read_table("generated_examples", key, columns) if made is not None else None
    for path, name in named.items():
        ids = set[str]()
        if rows is not None and stage == "documents":
            sections = store.read_table("documents", key, ["id", "file"])
            own = sections.filter(pc.equal(sections["file"], path))["id"].combine_chunks()
            ids = {*rows.filter(pc.is_in(rows["conversation_id"], own))["id"].to_pylist()}
        elif rows is not None:
            ids = {*rows["id"].to_pylist()}
        found.note(name, key, ids)


def _look_at_versions(found: _Search) -> None:
    """Versions may hold partitions that are not there any more."""
    data = found.project.store.data
    for version in list_versions(data):
        try:
            table = read_examples(data, version, _VERSION_ROWS)
        except StorageError as error:
            found.problems.append(str(error))
            continue
        for source in pc.unique(table["source"]).to_pylist():
            if found.kind_of(source) not in _OF_FILES:
                _look_at_version(found, table.filter(pc.equal(table["source"], source)), source)


def _look_at_version(found: _Search, table: pa.Table, source: str) -> None:
    ids, dates = table["id"].to_pylist(), table["date"].to_pylist()
    for row, name in _named_rows(found, table, source):
        if name:
            found.note(name, PartitionKey(date=dates[row], source=source), [ids[row]])


def _add_variants(found: _Search) -> None:
    """What was derived from the examples, as far as it is built."""
    store = found.project.store
    for name, keys in found.partitions.items():
        for key in sorted(keys):
            if store.read_record("augmented", key) is None:
                continue
            table = store.read_table("augmented", key, ["id", "parent_id"])
            pairs = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
            found.examples[name] |= _descendants(found.examples[name], pairs)


def _descendants(ids: set[str], pairs: Sequence[tuple[str, str | None]]) -> set[str]:
    """The ids with those of what was derived from them, and from that in turn."""
    while True:
        more = {one for one, parent in pairs if parent in ids} - ids
        if not more:
            return ids
        ids = ids | more


def _look_at_holdout(found: _Search) -> None:
    """The owner's list of what is test may name it."""
    try:
        held = read_holdout(found.project.store.data, found.project.settings.splits.holdout)
    except IngestError as error:
        found.problems.append(str(error))
        return
    examples = set[str]().union(*found.examples.values())
    source = found.erasures.tombstones[0].source or ""
    names = [found.erasures.find(kind, held.lines, source) for kind in ("record", "conversation")]
    for number, (identity, *matched) in enumerate(zip(held.lines, *names, strict=True), start=1):
        if any(matched) or identity in examples:
            found.raw[held.path].add(number)


def _count_in_dataset(found: _Search, examples: frozenset[str]) -> int:
    """Examples of the newest dataset that are among these, or were derived from one of them."""
    newest = read_latest(found.project.store.data)
    if newest is None or not examples:
        return 0
    table = read_examples(found.project.store.data, newest.version, ["id", "parent_id"])
    ids = pa.array(sorted(examples))
    hits = pc.or_kleene(pc.is_in(table["id"], ids), pc.is_in(table["parent_id"], ids))
    return int(pc.sum(hits).as_py() or 0)


def _result(found: _Search, own: Sequence[Tombstone]) -> Found:
    tombstones = tuple(
        replace(
            one,
            partitions=tuple(map(str, sorted(found.partitions[one.name]))),
            examples=tuple(
                sorted(
                    digest_of(found.erasures.salt, "example", example)
                    for example in found.examples[one.name]
                )
            ),
        )
        for one in own
    )
    examples = frozenset[str]().union(*found.examples.values())
    return Found(
        salt=found.erasures.salt,
        tombstones=tombstones,
        partitions=tuple(sorted(set().union(*found.partitions.values()))),
        examples=examples,
        in_dataset=_count_in_dataset(found, examples),
        raw=tuple(RawHolding(file, tuple(sorted(found.raw[file]))) for file in sorted(found.raw)),
        repeating=found.repeating,
        problems=tuple(dict.fromkeys(found.problems)),
    )
