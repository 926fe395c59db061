"""An erasure from the request to its end: tombstones first, then a build, then the sweep.

No Dagster here. Whatever interrupts it, the tombstones are there, and the next build goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ftdata.defs.dataset_steps import DatasetState
from ftdata.defs.erasure_search import Asked, Found, search
from ftdata.defs.erasure_sweep import Derived, holds_erased, partitions_of, sweep
from ftdata.erasures import (
    NONE,
    Erasures,
    keep_salt,
    new_salt,
    note_finished,
    read_erasures,
    read_requests,
    read_salt,
    unfinished,
    write_request,
)
from ftdata.errors import UsageError
from ftdata.freshness import PartitionStatus
from ftdata.ingest.erased_reviews import remove_reviews
from ftdata.ingest.inventory import Inventory
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.settings import Settings

ForgetRuns = Callable[[Sequence[PartitionKey]], int]


@dataclass(frozen=True)
class Progressed:
    """How far the erasures are that had not come to their end."""

    requests: int
    waits_for: tuple[str, ...]  # what has to be built or mended before; none: they are done
    reviews: Mapping[str, int]  # lines that were taken out, by file
    removed: Derived = field(default_factory=Derived)
    runs: int = 0  # of Dagster's history

    @property
    def is_done(self) -> bool:
        """Nothing that is built holds what was erased."""
        return not self.waits_for


def require_sound(asked: Asked, inventory: Inventory, settings: Settings) -> None:
    """Raise UsageError for ids and sources that can mean nothing."""
    if not all(asked.ids):
        raise UsageError(f"an id of a {asked.kind} is empty: write the id as it stands in the log")
    known = sorted({*inventory.sources, *settings.sources})
    if asked.source is not None and asked.source not in known:
        raise UsageError(
            f"there is no source {asked.source}: name one of {', '.join(known) or 'none'}, or leave"
            " --source out"
        )


def look_for(project: Project, asked: Asked, date: str) -> Found:
    """Where it stands; writes nothing."""
    salt = read_salt(project.store.data)
    return search(project, asked, salt if salt is not None else new_salt(), date)


def request(project: Project, asked: Asked, date: str, looked: Found | None = None) -> Found:
    """Write the tombstones of what is asked for, with where it stands now.

    `looked` is what `look_for` found a moment ago. From here on every build leaves it out. Raises
    StorageError where they cannot be written.
    """
    data = project.store.data
    salt = keep_salt(data, looked.salt if looked is not None else None)
    found = looked if looked is not None and looked.salt == salt else look_for(project, asked, date)
    name = write_request(data, found.tombstones)
    if not found.partitions:  # there is nothing to take away
        note_finished(data, [name])
    return found


def unfinished_erasures(project: Project) -> tuple[int, Erasures]:
    """How many requests have not come to their end, and their tombstones."""
    data = project.store.data
    names = unfinished(data)
    salt = read_salt(data)
    if not names or salt is None:
        return 0, NONE
    return len(names), Erasures(salt, read_requests(data, names))


def take_out_reviews(project: Project) -> dict[str, int]:
    """Remove the reviews of what unfinished erasures take out; by file how many lines those were.

    Before anything is built: an edit would bring the words back into an example.
    """
    _, erasures = unfinished_erasures(project)
    return remove_reviews(project.store.data, erasures.are_examples) if erasures else {}


def bring_to_end(
    project: Project,
    statuses: Mapping[PartitionKey, PartitionStatus],
    dataset: DatasetState,
    forget_runs: ForgetRuns,
    reviews: Mapping[str, int],
) -> Progressed | None:
    """Sweep, if all that held something erased is built without it; None if nothing is erased.

    `reviews` are those that `take_out_reviews` removed before the build.
    """
    names = unfinished(project.store.data)
    count, erasures = unfinished_erasures(project)
    if not count:
        return None
    keys = partitions_of(erasures)
    waits = tuple(_waits(project, [statuses[key] for key in keys if key in statuses]))
    newest = dataset.version
    if not dataset.is_current and not waits:
        if _has_examples(statuses):
            waits = ("the dataset is not assembled anew",)
        newest = None
    if waits:
        return Progressed(count, waits, reviews)
    removed = sweep(project, erasures, statuses.keys(), newest)
    runs = forget_runs(keys) if keys else 0
    note_finished(project.store.data, names)
    return Progressed(count, (), reviews, removed, runs)


def _waits(project: Project, statuses: Iterable[PartitionStatus]) -> Iterator[str]:
    """Which of the partitions are not built without the erased, and why."""
    erasures = read_erasures(project.store.data)
    for status in statuses:
        if not status.is_current:
            yield f"{status.key}: {status.reason}"
        elif holds_erased(project, status.key, erasures):
            yield f"{status.key}: somebody asked while it was being built"


def _has_examples(statuses: Mapping[PartitionKey, PartitionStatus]) -> bool:
    """Whether there is anything to assemble a dataset of."""
    last = (status.records.get("validated_splits") for status in statuses.values())
    return any(record is not None and record.rows_out for record in last)
