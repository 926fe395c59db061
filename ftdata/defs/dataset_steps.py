"""Assembling the dataset from all current partitions: duplicates, splits, files, gate.

No Dagster here. Everything is decided over all partitions in canonical order, so that the outcome
is a function of the data and not of the order in which partitions were built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version

import orjson
import pyarrow as pa

from ftdata import jsonl
from ftdata.defs.agreement import Reviewed, review_judge
from ftdata.defs.duplicate_index import forget_partition
from ftdata.defs.estimate import paid_by_source
from ftdata.defs.largest_group import largest_group
from ftdata.defs.models import prompts_asked
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.settling import SettledDataset, settle
from ftdata.defs.steps import current_status, project_tokenizer
from ftdata.erasures import INPUT, read_erasures
from ftdata.errors import BlockedPartitionError, ReleaseError, StorageError
from ftdata.freshness import stage_version
from ftdata.ingest.evals import evaluations_state, read_evaluations
from ftdata.ingest.holdout import Holdout, holdout_state, read_holdout
from ftdata.ingest.inventory import Inventory
from ftdata.keys import PartitionKey
from ftdata.message_words import LAYOUT
from ftdata.project import Project
from ftdata.release.dataset import write_dataset
from ftdata.release.diff import Examples, compare_examples, hashed_examples
from ftdata.release.plan import Gate, LargestGroup, Release, ReleaseContext
from ftdata.release.read import LoadedRelease, read_latest, read_pinned
from ftdata.settings import section_hash
from ftdata.storage import StoredPartition, content_hash, write_atomically
from ftdata.tables import FIRST_STAGES, STAGES

LIBRARIES = (
    "ftdata", "dagster", "datasketch", "faker", "ftfy", "great-expectations", "numpy",
    "pandas", "phonenumbers", "py3langid", "pyarrow", "python-stdnum",
)  # fmt: skip
STATE = "dataset.json"
MAX_NAMED = 5  # partitions in a message


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
    changes: Examples | None  # against the version before; None where there was none
    largest_group: LargestGroup | None
    reviewed: Reviewed | None = None  # where a judge is enabled


def dataset_state(project: Project, inventory: Inventory) -> DatasetState:
    """Whether the newest dataset holds what it would hold if it were assembled now."""
    release = read_latest(project.store.data)
    now = _fingerprint(
        project,
        _included(project, inventory),
        _left_out(project, inventory),
        evaluations_state(project.store.data),
    )
    current = release is not None and _noted(project) == {"state": now, "version": release.version}
    return DatasetState(release, current, _gone(project, inventory))


def assemble(project: Project, gate: Gate) -> Assembled:
    """Write the dataset of all current partitions; it becomes the newest if `gate` lets it.

    `gate` is given the folder before it is published. Raises ReleaseError where there is nothing
    to assemble or `splits.pin` names no version, BlockedPartitionError where a blocking check
    failed on a partition's splits.
    """
    pinned = read_pinned(project.store.data, project.settings.splits.pin)
    inventory = look_at_raw(project)
    records = _included(project, inventory)
    _refuse(project, inventory, records)
    _refuse_other_settings(project, inventory, records)
    _refuse_erased(project, records)
    left_out = _left_out(project, inventory)
    before = _hashes_of(read_latest(project.store.data))
    evaluations = read_evaluations(project.store.data, project.settings.extraction.max_line_bytes)
    held = read_holdout(project.store.data, project.settings.splits.holdout)
    settled = settle(project, [record.key for record in records], pinned, evaluations, held.ids)
    context = _context(project, records, settled, left_out, held)
    release = _write(project, settled, context, gate)
    gone = _gone(project, inventory)
    if not release.is_published:
        return Assembled(release, gone, left_out, None, context.largest_group)
    compared = [[file.path, file.sha256] for file in evaluations.files]
    state = _fingerprint(project, records, left_out, compared)
    _note_state(project, state, release.version)
    for key in gone:
        project.store.delete(key)
        forget_partition(project, key)
    changes = _changes(before, _hashes_of(read_latest(project.store.data)))
    reviewed = (
        review_judge(project, [record.key for record in records])
        if project.settings.judge.enabled
        else None
    )
    return Assembled(release, gone, left_out, changes, context.largest_group, reviewed)


def _write(
    project: Project, settled: SettledDataset, context: ReleaseContext, gate: Gate
) -> Release:
    """Write the files of the version, and show how far it is."""
    progress, selections = project.progress, settled.selections
    progress.start("dataset", len(selections))

    def advance(done: int, _: int) -> None:
        progress.advance("dataset", str(selections[done - 1].key))

    release = write_dataset(project.store, selections, context, advance, gate)
    progress.finish("dataset")
    return release


def _changes(before: pa.Table | None, after: pa.Table | None) -> Examples | None:
    return None if before is None or after is None else compare_examples(before, after)


def _context(
    project: Project,
    records: Sequence[StoredPartition],
    settled: SettledDataset,
    left_out: Sequence[str],
    held: Holdout,
) -> ReleaseContext:
    return ReleaseContext(
        settings=project.settings,
        settings_hash=_settings_hashes(project),
        drops=settled.drops,
        stage_records=[found for record in records for found in _chain(project, record)],
        libraries={name: version(name) for name in LIBRARIES},
        left_out=left_out,
        prompts=prompts_asked(project.settings, {record.key.source for record in records}),
        paid=paid_by_source(project),
        evaluations=settled.evaluations,
        hits=settled.hits,
        selection=[asdict(rule) for rule in settled.rules],
        holdout={
            "path": held.path,
            "sha256": held.sha256,
            "ids": len(held.ids),
            "examples": settled.held_out,
            "unknown_ids": settled.unknown_held,
        }
        if held.path
        else None,
        earlier_documents=settled.earlier_documents,
        largest_group=largest_group(project, settled.selections),
    )


def _hashes_of(release: LoadedRelease | None) -> pa.Table | None:
    return None if release is None else hashed_examples(release.folder)


def _included(project: Project, inventory: Inventory) -> list[StoredPartition]:
    keys = [key for key in project.store.keys("validated_splits") if key in inventory.partitions]
    return [project.store.existing_record("validated_splits", key) for key in keys]


def _gone(project: Project, inventory: Inventory) -> tuple[PartitionKey, ...]:
    built = {key for stage in FIRST_STAGES for key in project.store.keys(stage)}
    return tuple(sorted(key for key in built if key not in inventory.partitions))


def _refuse(project: Project, inventory: Inventory, records: Sequence[StoredPartition]) -> None:
    """Refuse what must not become the newest dataset."""
    if inventory.unreadable:
        raise ReleaseError(
            f"{', '.join(inventory.unreadable)}: cannot be listed, so nobody can tell what was"
            " taken away: make it readable. The newest dataset is left as it is."
        )
    for record in records:
        if record.failed_checks:
            raise BlockedPartitionError(
                f"validated_splits of {record.key} failed {', '.join(record.failed_checks)}:"
                " look at the check's samples, mend the raw files or the settings, build again"
            )
    if not records:
        raise ReleaseError(
            f"no partition is built below {project.store.data}: {LAYOUT}, and run `ftdata build`,"
            " or materialise validated_splits"
        )


def _refuse_other_settings(
    project: Project, inventory: Inventory, records: Sequence[StoredPartition]
) -> None:
    """Refuse rows made with other settings: card and manifest would say of them what is not so."""
    other, erasures = [], read_erasures(project.store.data)
    for record in records:
        status = current_status(project, record.key, inventory.partitions[record.key], erasures)
        if "settings changed" in status.states.values():
            other.append(f"{record.key} ({status.reason})")
    if other:
        more = ", …" if len(other) > MAX_NAMED else ""
        raise ReleaseError(
            f"built with other settings or code than now: {', '.join(other[:MAX_NAMED])}{more}:"
            " build these partitions again, or mend what failed in them. The newest dataset is left"
            " as it is."
        )


def _refuse_erased(project: Project, records: Sequence[StoredPartition]) -> None:
    """Refuse partitions that hold what was erased since: it would be in another version again."""
    erasures = read_erasures(project.store.data)
    held = []
    for record in records if erasures else ():
        first = _chain(project, record)[0]
        wanted = erasures.input_of(record.key, first.facts.get(INPUT, {}))
        if first.inputs.get(INPUT, "") != wanted:
            held.append(str(record.key))
    if held:
        more = ", …" if len(held) > MAX_NAMED else ""
        raise ReleaseError(
            f"built before something in them was erased: {', '.join(held[:MAX_NAMED])}{more}: build"
            " these partitions again, or mend what failed in them. The newest dataset is left as it"
            " is."
        )


def _left_out(project: Project, inventory: Inventory) -> tuple[str, ...]:
    sentences, erasures = [], read_erasures(project.store.data)
    for key, files in inventory.partitions.items():
        status = current_status(project, key, files, erasures)
        if not status.is_current:
            built = "as last built" if "validated_splits" in status.records else "not in"
            sentences.append(f"{key}: {built}, for {status.reason}")
    return tuple(sentences)


def _chain(project: Project, record: StoredPartition) -> list[StoredPartition]:
    """The stages that the partition's splits were made of, the first one first.

    A stage that was built again since, and not those after it, is not among them.
    """
    chain = [record]
    while stage := next((stage for stage in STAGES if stage in chain[0].inputs), None):
        before = project.store.read_record(stage, record.key)
        if before is None or chain[0].inputs[stage] != before.output:
            break
        chain.insert(0, before)
    return chain


def _settings_hashes(project: Project) -> dict[str, str]:
    settings = project.settings
    names = (
        "extraction",
        "documents",
        "generation",
        "cleaning",
        "formatting",
        "augmentation",
        "judge",
        "splits",
        "selection",
        "dataset",
    )
    hashes = {name: section_hash(getattr(settings, name)) for name in names}
    return {**hashes, "sources": section_hash(settings.sources)}


def _fingerprint(
    project: Project,
    records: Sequence[StoredPartition],
    left_out: Sequence[str],
    evaluations: Sequence[Sequence[str]],
) -> str:
    """Changes with all that the manifest says of the partitions and the evaluation sets."""
    name = project_tokenizer(project).name
    held = holdout_state(project.store.data, project.settings.splits.holdout)
    own = stage_version("dataset", project.settings, tokenizer=name)
    stages = [
        [found.stage, str(found.key), found.output, found.rows_in, found.code_version, found.inputs]
        for record in records
        for found in _chain(project, record)
    ]
    return content_hash(jsonl.canonical([own, stages, list(left_out), list(evaluations), held]))


def _noted(project: Project) -> object:
    path = project.store.root / STATE
    try:
        return orjson.loads(path.read_bytes()) if path.exists() else None
    except orjson.JSONDecodeError:
        return None  # damaged: as if it were not there, and the dataset is assembled anew


def _note_state(project: Project, fingerprint: str, name: str) -> None:
    state = {"state": fingerprint, "version": name}
    try:
        write_atomically(project.store.root / STATE, jsonl.pretty(state))
    except StorageError as error:
        raise StorageError(f"dataset {name} is written, but {error}") from error
