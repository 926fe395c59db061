"""Assembling the dataset from all current partitions: duplicates, splits, files, gate.

No Dagster here. Everything is decided over all partitions in canonical order, so that the outcome
is a function of the data and not of the order in which partitions were built.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import orjson
import pyarrow as pa

from ftdata import jsonl
from ftdata.defs.settling import settle
from ftdata.defs.steps import current_status, project_tokenizer
from ftdata.errors import BlockedPartitionError, ReleaseError, StorageError
from ftdata.freshness import stage_version
from ftdata.ingest.inventory import Inventory, scan_raw
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.release.dataset import write_dataset
from ftdata.release.plan import Release, ReleaseContext
from ftdata.release.read import LoadedRelease, moves, read_examples, read_latest
from ftdata.settings import section_hash
from ftdata.storage import StoredPartition, content_hash, write_atomically
from ftdata.tables import STAGES

LIBRARIES = ("ftdata", "dagster", "datasketch", "great-expectations", "numpy", "pandas", "pyarrow")
STATE = "dataset.json"


@dataclass(frozen=True)
class DatasetState:
    """The newest dataset against what is built now."""

    release: LoadedRelease | None
    is_current: bool
    gone: tuple[PartitionKey, ...]  # built, but their raw files were taken away

    @property
    def version(self) -> str | None:
        """Version of the newest dataset, None where there is none."""
        return self.release.version if self.release is not None else None


@dataclass(frozen=True)
class Assembled:
    """A dataset version, and what was found on the way."""

    release: Release
    gone: tuple[PartitionKey, ...]
    left_out: tuple[str, ...]
    moved: tuple[str, ...]  # examples that stood on another side in the version before


def dataset_state(project: Project, inventory: Inventory) -> DatasetState:
    """Whether the newest dataset holds what it would hold if it were assembled now."""
    release = read_latest(project.store.data)
    path = project.store.root / STATE
    noted = orjson.loads(path.read_bytes()) if path.exists() else None
    now = _fingerprint(project, _included(project, inventory))
    current = release is not None and noted == {"state": now, "version": release.version}
    return DatasetState(release, current, _gone(project, inventory))


def assemble(project: Project, gate: Callable[[Path], bool]) -> Assembled:
    """Write the dataset of all current partitions; it becomes the newest if `gate` lets it.

    `gate` is given the folder before it is published. Raises ReleaseError where there is nothing
    to assemble, BlockedPartitionError where a blocking check failed on a partition's splits.
    """
    inventory = scan_raw(project.store.data, project.settings)
    records = _included(project, inventory)
    _refuse_blocked(records)
    if not records:
        raise ReleaseError(
            "no partition is built: put records below raw/ and run `ftdata build`, or"
            " materialise validated_splits"
        )
    before = _splits_of(project, read_latest(project.store.data))
    settled = settle(project, [record.key for record in records])
    gone = _gone(project, inventory)
    left_out = _left_out(project, inventory, gone)
    context = ReleaseContext(
        settings=project.settings,
        settings_hash=_settings_hashes(project),
        drops=settled.drops,
        stage_records=_stage_records(project, records),
        libraries={name: version(name) for name in LIBRARIES},
        left_out=left_out,
    )
    project.progress.start("dataset", len(records))
    release = write_dataset(
        project.store,
        settled.selections,
        context,
        gate=gate,
        progress=lambda done, _: project.progress.advance("dataset", str(records[done - 1].key)),
    )
    project.progress.finish("dataset")
    if not release.is_published:
        return Assembled(release, gone, left_out, ())
    _note_state(project, records, release.version)
    for key in gone:
        project.store.delete(key)
    after = read_examples(project.store.data, release.version, ["id", "split"])
    moved = moves(before, after).column("id").to_pylist() if before is not None else []
    return Assembled(release, gone, left_out, tuple(moved))


def _splits_of(project: Project, release: LoadedRelease | None) -> pa.Table | None:
    if release is None:
        return None
    return read_examples(project.store.data, release.version, ["id", "split"])


def _included(project: Project, inventory: Inventory) -> list[StoredPartition]:
    keys = [key for key in project.store.keys("validated_splits") if key in inventory.partitions]
    return [project.store.existing_record("validated_splits", key) for key in keys]


def _gone(project: Project, inventory: Inventory) -> tuple[PartitionKey, ...]:
    return tuple(k for k in project.store.keys("raw_logs") if k not in inventory.partitions)


def _refuse_blocked(records: Sequence[StoredPartition]) -> None:
    for record in records:
        if record.failed_checks:
            raise BlockedPartitionError(
                f"validated_splits of {record.key} failed {', '.join(record.failed_checks)}:"
                " look at the check's samples, mend the raw files or the settings, build again"
            )


def _left_out(
    project: Project, inventory: Inventory, gone: Sequence[PartitionKey]
) -> tuple[str, ...]:
    sentences = [f"{key}: its raw files were taken away" for key in gone]
    for key, files in inventory.partitions.items():
        status = current_status(project, key, files)
        if not status.is_current:
            stage, state = next((s, v) for s, v in status.states.items() if v != "current")
            built = "as last built" if "validated_splits" in status.records else "not in"
            sentences.append(f"{key}: {built}, for {stage} is {state}")
    return tuple(sentences)


def _stage_records(project: Project, records: Sequence[StoredPartition]) -> list[StoredPartition]:
    return [
        found
        for record in records
        for stage in STAGES
        if (found := project.store.read_record(stage, record.key)) is not None
    ]


def _settings_hashes(project: Project) -> dict[str, str]:
    settings = project.settings
    names = ("extraction", "cleaning", "formatting", "augmentation", "splits", "dataset")
    hashes = {name: section_hash(getattr(settings, name)) for name in names}
    return {**hashes, "sources": section_hash(settings.sources)}


def _fingerprint(project: Project, records: Sequence[StoredPartition]) -> str:
    name = project_tokenizer(project).name
    own = stage_version("dataset", project.settings, tokenizer=name)
    outputs = [[str(record.key), record.output] for record in records]
    return content_hash(jsonl.canonical([own, outputs]))


def _note_state(project: Project, records: Sequence[StoredPartition], name: str) -> None:
    state = {"state": _fingerprint(project, records), "version": name}
    try:
        write_atomically(project.store.root / STATE, jsonl.pretty(state))
    except StorageError as error:
        raise StorageError(f"dataset {name} is written, but {error}") from error
