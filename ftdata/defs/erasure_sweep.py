"""What is taken away once the partitions that held something erased are built without it.

No Dagster here. Everything can be done again: an interrupted sweep is done by the next build.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pyarrow as pa

from ftdata.defs.duplicate_index import forget_partition, open_index
from ftdata.erasures import INPUT, Erasures, read_erasures
from ftdata.keys import PartitionKey
from ftdata.llm.asked import asked_by, given_up, unknown
from ftdata.llm.cache_file import cache_folder
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.vector_cache import erase_vectors, opened_file, vector_files
from ftdata.project import Project
from ftdata.release.read import read_examples
from ftdata.release.reduced import COLUMNS, held_partitions, reduce_version
from ftdata.release.versions import forget_newest, list_versions, remove_version
from ftdata.storage import StoredPartition
from ftdata.tables import FIRST_STAGES, STAGES


@dataclass(frozen=True)
class Derived:
    """What is, or was, below the data folder of what was erased, beside the partitions."""

    versions: tuple[str, ...] = ()  # the newest first
    reduced: str | None = None  # the pinned one, of which the splits stay
    answers: int = 0  # of models, in the cache
    vectors: int = 0
    unknown: int = 0  # answers and vectors of which nobody knows who asked for them


def derived_of(
    project: Project, partitions: Collection[PartitionKey], erasures: Erasures
) -> Derived:
    """What a sweep would look at for these partitions, once they are built with all tombstones."""
    versions = holding_versions(project, partitions, erasures)
    pin = project.settings.splits.pin
    answers = vectors = 0
    cache = _chat_cache(project)
    if cache is not None:
        with cache.open() as db:
            answers = len(asked_by(db, partitions))
    for path in vector_files(cache_folder(project.store.data)):
        with opened_file(path) as db:
            vectors += len(asked_by(db, partitions))
    return Derived(
        versions=tuple(version for version in versions if version != pin),
        reduced=pin if pin in versions else None,
        answers=answers,
        vectors=vectors,
        unknown=count_unknown(project),
    )


def holding_versions(
    project: Project, partitions: Collection[PartitionKey], erasures: Erasures
) -> list[str]:
    """The versions that were made of these partitions with what is erased, the newest first.

    `erasures` are all tombstones that there are. A version that was made of a partition with those
    of them that matter to it was made without the erased.
    """
    firsts = {str(key): _first_record(project, key) for key in partitions}
    wanted = {
        key: None if built is None else _wanted_input(built, erasures)
        for key, built in firsts.items()
    }
    data = project.store.data
    return [
        version
        for version in list_versions(data)
        if any(
            key in wanted and built_with != wanted[key]
            for key, built_with in held_partitions(data, version).items()
        )
    ]


def holds_erased(project: Project, key: PartitionKey, erasures: Erasures) -> bool:
    """Whether the first stage of a partition was built without tombstones that matter to it."""
    built = _first_record(project, key)
    return built is not None and built.inputs.get(INPUT, "") != _wanted_input(built, erasures)


def _wanted_input(built: StoredPartition, erasures: Erasures) -> str:
    return erasures.input_of(built.key, built.facts.get(INPUT, {}))


def _first_record(project: Project, key: PartitionKey) -> StoredPartition | None:
    found = (project.store.read_record(stage, key) for stage in FIRST_STAGES)
    return next((record for record in found if record is not None), None)


def sweep(
    project: Project, erasures: Erasures, there: Collection[PartitionKey], newest: str | None
) -> Derived:
    """Take away what was made of the erased before; returns what that was.

    `erasures` are the tombstones of the requests that come to their end here. `there` are the
    partitions that have raw files, `newest` is the version that was made without the erased, None
    where no example is left for one.
    """
    keys = partitions_of(erasures)
    gone = [key for key in keys if key not in there]
    for key in gone:
        project.store.delete(key)
        forget_partition(project, key)
    for key in keys:
        for stage in STAGES:
            project.store.forget_previous(stage, key)
    open_index(project).compact()
    held = holding_versions(project, keys, read_erasures(project.store.data))
    versions = [version for version in held if version != newest]
    pin = project.settings.splits.pin
    for version in versions:
        if version != pin:
            remove_version(project.store.data, version)
    if pin in versions:
        _reduce(project, erasures, pin, keys)
        if newest is None:
            forget_newest(project.store.data)
    answers, vectors = _sweep_caches(project, keys, gone)
    return Derived(
        versions=tuple(version for version in versions if version != pin),
        reduced=pin if pin in versions else None,
        answers=answers,
        vectors=vectors,
        unknown=count_unknown(project),
    )


def partitions_of(erasures: Erasures) -> list[PartitionKey]:
    """The partitions that held what the tombstones match, in canonical order."""
    names = {key for one in erasures.tombstones for key in one.partitions}
    return sorted(map(PartitionKey.parse, names))


def count_unknown(project: Project) -> int:
    """Answers and vectors of which nobody knows who asked for them: old caches have no notes."""
    count = 0
    cache = _chat_cache(project)
    if cache is not None:
        with cache.open() as db:
            count += len(unknown(db, "outcomes"))
    for path in vector_files(cache_folder(project.store.data)):
        with opened_file(path) as db:
            count += len(unknown(db, "vectors"))
    return count


def erase_unknown(project: Project) -> int:
    """Remove those; returns how many they were. What is asked for again is paid for again."""
    count = 0
    cache = _chat_cache(project)
    if cache is not None:
        with cache.open() as db:
            keys = unknown(db, "outcomes")
        count += cache.erase(keys)
    for path in vector_files(cache_folder(project.store.data)):
        with opened_file(path) as db:
            keys = unknown(db, "vectors")
        count += erase_vectors(path, keys)
    return count


def _sweep_caches(
    project: Project, keys: Sequence[PartitionKey], gone: Sequence[PartitionKey]
) -> tuple[int, int]:
    """Remove the answers and vectors that only these partitions asked for, and ask for no more."""
    answers = vectors = 0
    cache = _chat_cache(project)
    if cache is not None:
        with cache.open() as db:
            asked = given_up(db, keys, gone)
        answers = cache.erase(asked)
    for path in vector_files(cache_folder(project.store.data)):
        with opened_file(path) as db:
            asked = given_up(db, keys, gone)
        vectors += erase_vectors(path, asked)
    return answers, vectors


def _chat_cache(project: Project) -> ChatCache | None:
    cache = ChatCache(cache_folder(project.store.data))
    return cache if cache.path.exists() or cache.journal.exists() else None


def _reduce(
    project: Project, erasures: Erasures, version: str, keys: Sequence[PartitionKey]
) -> None:
    """Leave the splits of a version's examples, without those that are there no more."""
    table = read_examples(project.store.data, version, COLUMNS)
    ids, parents = table["id"].to_pylist(), table["parent_id"].to_pylist()
    parent_of = dict(zip(ids, parents, strict=True))
    roots = [_root(one, parent_of) for one in ids]
    there = _rows_there(project, keys)
    touched = erasures.are_examples(roots)
    gone = [
        one
        for one, root, is_touched in zip(ids, roots, touched, strict=True)
        if is_touched and root not in there
    ]
    reduce_version(project.store.data, version, pa.array(gone, pa.string()))


def _root(one: str, parent_of: dict[str, str | None]) -> str:
    while (parent := parent_of.get(one)) is not None:
        one = parent
    return one


def _rows_there(project: Project, keys: Sequence[PartitionKey]) -> set[str]:
    """Ids of the rows that the partitions' first stages of conversations hold now."""
    store, ids = project.store, set[str]()
    for key in keys:
        for stage in ("raw_logs", "generated_examples"):
            if store.read_record(stage, key) is not None:
                ids.update(store.read_table(stage, key, ["id"])["id"].to_pylist())
    return ids
