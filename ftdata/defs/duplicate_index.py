"""The duplicate index of a project: looked into and kept up as `cleaned` is built; made again.

No Dagster here. The index tells a partition at once what it repeats of earlier ones, at a cost that
does not grow with history. It decides nothing: `dataset` settles duplicates over all partitions by
itself, so that the outcome does not depend on the order of building.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ftdata.bands.index import BandIndex
from ftdata.cleaning.dedup.fingerprints import Fingerprints
from ftdata.cleaning.dedup.repeats import Repeats, find_repeats, index_bands, index_scheme
from ftdata.errors import IndexDamagedError
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.settings import dedup_of
from ftdata.settings_dedup import Dedup
from ftdata.storage import StoredPartition

_SHOWN = 10


@dataclass(frozen=True)
class IndexState:
    """The index against the partitions that are built."""

    partitions: int  # that are indexed as they are built
    behind: tuple[PartitionKey, ...]  # built, and not or otherwise indexed; or indexed and gone
    damage: tuple[str, ...]


def open_index(project: Project) -> BandIndex:
    """The index below the project's data folder; nothing is read yet."""
    return BandIndex(project.store.root / "index")


def note_repeats(project: Project, key: PartitionKey, fingerprints: Fingerprints) -> dict[str, Any]:
    """What the partition's rows repeat of earlier partitions, as facts for its metadata."""
    options = dedup_of(project.settings, key.source)
    try:
        repeats, partitions = _look_up(project, key, fingerprints, options)
    except IndexDamagedError as error:
        return {"duplicate_index": str(error)}
    counts = Counter(str(partitions[number]) for number in repeats.partitions.tolist())
    facts: dict[str, Any] = {"repeats_of_earlier_partitions": len(repeats.rows)}
    if counts:
        most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        facts["repeated_partitions"] = dict(most[:_SHOWN])
    return facts


def _look_up(
    project: Project, key: PartitionKey, fingerprints: Fingerprints, options: Dedup
) -> tuple[Repeats, list[PartitionKey]]:
    scheme, bands = index_scheme(options), index_bands(fingerprints, options)
    found = open_index(project).look_up(bands, key, scheme)

    def read(number: int) -> Fingerprints | None:
        table = project.store.read_prints(*found.partitions[number])
        return None if table is None else Fingerprints.of_columns(*table.columns)

    repeats = find_repeats(fingerprints, found.query, found.partition, found.row, read, options)
    return repeats, [key for key, _ in found.partitions]


def index_partition(project: Project, record: StoredPartition) -> None:
    """Index a partition of `cleaned` as it is stored. Raises IndexDamagedError."""
    index = open_index(project)
    table = project.store.read_prints(record.key, record.prints) if record.prints else None
    if table is None:
        index.remove(record.key)
        return
    options = dedup_of(project.settings, record.source)
    bands = index_bands(Fingerprints.of_columns(*table.columns), options)
    index.put(record.key, record.prints, bands, index_scheme(options))


def keep_indexed(project: Project, record: StoredPartition) -> None:
    """Index a partition that was just built, unless the index is damaged.

    Then it stays behind: look-ups say so in the metadata, and `ftdata build` or `ftdata index`
    makes it anew.
    """
    with suppress(IndexDamagedError):
        index_partition(project, record)


def forget_partition(project: Project, key: PartitionKey) -> None:
    """Take out a partition that is gone, unless the index is damaged: see `keep_indexed`."""
    with suppress(IndexDamagedError):
        open_index(project).remove(key)


def index_state(project: Project, *, thorough: bool = False) -> IndexState:
    """How the index stands; `thorough` reads every byte of it."""
    index = open_index(project)
    try:
        damage = tuple(index.verify()) if thorough else ()
        indexed = index.entries()
    except IndexDamagedError as error:
        return IndexState(0, (), (str(error),))
    wanted = {record.key: record.prints for record in _records(project) if record.prints}
    behind = {key for key, _ in wanted.items() ^ indexed.items()}
    return IndexState(len(wanted.keys() - behind), tuple(sorted(behind)), damage)


def mend_if_needed(project: Project) -> None:
    """Bring the index to what is built; a damaged one is made anew."""
    state = index_state(project)
    if not state.damage and not state.behind:
        return
    try:
        if not state.damage:
            _bring_up(project, state.behind)
            return
    except IndexDamagedError:  # found on the way: as if it had been known before
        pass
    rebuild_index(project)


def rebuild_index(project: Project) -> None:
    """Make the index anew from the partitions: of the same partitions it is the same files."""
    index = open_index(project)
    index.clear()
    _bring_up(project, [record.key for record in _records(project)])
    index.compact()


def _bring_up(project: Project, keys: Iterable[PartitionKey]) -> None:
    wanted = sorted(set(keys))
    records = {record.key: record for record in _records(project)}
    progress = project.progress
    progress.start("index", len(wanted))
    for key in wanted:
        if key in records:
            index_partition(project, records[key])
        else:
            open_index(project).remove(key)
        progress.advance("index", str(key))
    progress.finish("index")


def _records(project: Project) -> Iterable[StoredPartition]:
    store = project.store
    return [store.existing_record("cleaned", key) for key in store.keys("cleaned")]
