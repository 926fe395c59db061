"""The stages that read files: raw logs and documents. No Dagster here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from ftdata.cleaning.pii.paths import private_paths, redact_drops, redact_message
from ftdata.cleaning.pii.redact import open_redact
from ftdata.defs.models import with_model
from ftdata.documents.known import Known, known_documents
from ftdata.documents.read import read_documents
from ftdata.erasures import INPUT, REASON, Erasures
from ftdata.errors import IngestError
from ftdata.generation.examples import generate_examples
from ftdata.generation.reuse import Known as KnownExamples
from ftdata.generation.synthetic import synthesise
from ftdata.generation.synthetic_task import TASK_FILE, read_task
from ftdata.generation.written import Writer
from ftdata.ingest.erased import find_erased_files
from ftdata.ingest.inventory import RawFile
from ftdata.ingest.raw_logs import read_partition
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.raw_bytes import fact_of
from ftdata.settings import Source
from ftdata.settings_pii import Pii
from ftdata.storage import StoredPartition
from ftdata.tables import Stage, StageResult, drops_table, empty

Facts = tuple[dict[str, Any], ...]  # of each file: path, bytes, mtime_ns, sha256


def read_files(
    project: Project,
    stage: Stage,
    key: PartitionKey,
    files: Sequence[RawFile],
    version: str,
    erasures: Erasures,
) -> tuple[StageResult, Facts]:
    """What a stage makes of raw files: its table as it is, its drops without personal data.

    What is erased is left out of both, a document with all that is known of its file. Raises
    IngestError for files that cannot be read.
    """
    pii = project.settings.cleaning.pii
    try:
        told = empty("raw_logs")
        if stage == "raw_logs":
            _refuse_emptied(project.store.read_record(stage, key), files)
            source = project.settings.sources.get(key.source, Source())
            result, facts = read_partition(
                project.store.data, key, files, source, project.settings.extraction, erasures
            )
            told = result.table
        else:
            result, facts = _read_whole(project, stage, key, files, version, erasures)
    except IngestError as error:
        names = private_paths(empty("raw_logs"), [file.path for file in files], pii)
        raise IngestError(redact_message(str(error), names)) from None
    names = private_paths(told, [fact["path"] for fact in facts], pii)
    return replace(result, drops=redact_drops(result.drops, names)), facts


def _read_whole(
    project: Project,
    stage: Stage,
    key: PartitionKey,
    files: Sequence[RawFile],
    version: str,
    erasures: Erasures,
) -> tuple[StageResult, Facts]:
    """As `read_files`, of a stage that reads every file whole: each that is erased is one drop."""
    gone = find_erased_files([file.path for file in files], key, erasures)
    left = [file for file in files if file.path not in gone]
    if stage == "documents":
        result, facts = _read_documents(project, key, left, version)
    elif any(path.endswith(f"/{TASK_FILE}") for path in gone):  # nothing says what to write
        result = StageResult(empty(stage), drops_table([]), rows_in=0, rows_out=0, facts={})
        facts = tuple(fact_of(file, "") for file in left)
    else:
        result, facts = _synthesise(project, key, left)
    if not gone:
        return result, facts
    drops = drops_table([{"stage": stage, "reason": REASON}] * len(gone))
    counts = dict(sorted(Counter(gone.values()).items()))
    return replace(
        result,
        drops=pa.concat_tables([result.drops, drops]),
        rows_in=result.rows_in + len(gone),
        facts=result.facts | {INPUT: counts},
    ), facts


def generate(project: Project, key: PartitionKey, documents: pa.Table, version: str) -> StageResult:
    """The examples of a partition's sections; those of documents that are the same are reused."""
    known = next(_known_examples(project, key, version), None)
    options = project.settings.generation
    if options.writer == "rules":
        result = generate_examples(documents, options, known)
    else:
        redact = open_redact(project.settings.cleaning.pii)  # before anything leaves
        result = with_model(
            project, "generated_examples", key,
            "generation.writer: model", "or write `writer: rules`",
            lambda model: generate_examples(documents, options, known, Writer(model, redact)),
        )  # fmt: skip
    files = sorted(set(documents.column("file").to_pylist()))
    names = private_paths(empty("raw_logs"), files, project.settings.cleaning.pii)
    drops = redact_drops(result.drops, names)
    return replace(result, drops=_redact_details(drops, project.settings.cleaning.pii))


def _redact_details(drops: pa.Table, options: Pii) -> pa.Table:
    """Drops whose details, headings and words of texts, hold nothing that the settings redact."""
    if not drops.num_rows:
        return drops
    redact, place = open_redact(options), drops.schema.get_field_index("detail")
    details = [detail and redact(detail) for detail in drops.column("detail").to_pylist()]
    return drops.set_column(place, drops.schema.field(place), pa.array(details, pa.string()))


def _synthesise(
    project: Project, key: PartitionKey, files: Sequence[RawFile]
) -> tuple[StageResult, Facts]:
    task, facts = read_task(key, files, lambda path: (project.store.data / path).read_bytes())
    options = project.settings.sources.get(key.source, Source()).synthetic
    redact = open_redact(project.settings.cleaning.pii)
    result = with_model(
        project, "generated_examples", key,
        f"sources.{key.source}.kind: synthetic", "or give the source another kind",
        lambda model: synthesise(task, Writer(model, redact), options, key),
    )  # fmt: skip
    return result, facts


def _read_documents(
    project: Project, key: PartitionKey, files: Sequence[RawFile], version: str
) -> tuple[StageResult, Facts]:
    store, known = project.store, dict[tuple[str, str], Known]()
    for record in _like(project, "documents", key, version):
        table, drops = (
            read("documents", record.key) for read in (store.read_table, store.read_drops)
        )
        paths = [fact["path"] for fact in record.files]
        names = private_paths(empty("raw_logs"), paths, project.settings.cleaning.pii)
        known = known_documents(record.key, table, drops, record.files, names) | known
    options = project.settings.documents
    return read_documents(key, files, lambda path: (store.data / path).read_bytes(), options, known)


def _known_examples(project: Project, key: PartitionKey, version: str) -> Iterator[KnownExamples]:
    """What was made of sections as they stand in the partition itself, or in the ones beside it."""
    store = project.store
    for record in _like(project, "generated_examples", key, version):
        made_of = store.read_output("documents", record.key, record.inputs.get("documents", ""))
        if made_of is not None:
            table = store.read_table("generated_examples", record.key)
            drops = store.read_drops("generated_examples", record.key)
            yield KnownExamples(made_of, table, drops)


def _like(
    project: Project, stage: Stage, key: PartitionKey, version: str
) -> Iterator[StoredPartition]:
    """The partition as it is stored, and its neighbours in time, where they are of this version.

    A snapshot differs least from those beside it, and reading them all would cost more with each.
    """
    dates = [known.date for known in project.store.keys(stage) if known.source == key.source]
    before = [date for date in dates if date < key.date]
    after = [date for date in dates if date > key.date]
    for date in (key.date, *before[-1:], *after[:1]):
        record = project.store.read_record(stage, PartitionKey(date=date, source=key.source))
        if record is not None and record.code_version == version:
            yield record


def _refuse_emptied(built: StoredPartition | None, files: Sequence[RawFile]) -> None:
    """A file that held records and is empty now is a failed upload, not a day without records."""
    held = {fact["path"]: fact["bytes"] for fact in built.files} if built is not None else {}
    for file in files:
        if file.size == 0 and held.get(file.path):
            raise IngestError(
                f"{file.path}: is empty, and held {held[file.path]:,} bytes when it was last built:"
                " upload it again, or remove it to take its records out of the dataset"
            )
