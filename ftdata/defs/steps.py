"""One stage of one partition: read what is before it, call the stage's function, store the result.

No Dagster here: the assets, the command line and the tests share these steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from ftdata.augmentation.augment import augment_partition
from ftdata.cleaning.clean import Embed, clean_partition
from ftdata.cleaning.dedup.fingerprints import Fingerprints, dedup_columns, dedup_texts
from ftdata.cleaning.dedup.semantic import vector_column
from ftdata.cleaning.pii.paths import private_paths
from ftdata.cleaning.pii.redact import open_redact
from ftdata.defs.duplicate_index import keep_indexed, note_repeats
from ftdata.defs.first_steps import Facts, generate, read_files
from ftdata.defs.models import with_model
from ftdata.defs.reviewed import INPUT as REVIEWS
from ftdata.defs.reviewed import reviewed_examples, reviews_input
from ftdata.erasures import INPUT, Erasures, read_erasures
from ftdata.errors import BlockedPartitionError
from ftdata.formatting.format import format_partition
from ftdata.formatting.tokens import Tokenizer, load_tokenizer
from ftdata.freshness import (
    PartitionStatus,
    partition_status,
    source_kind,
    stage_version,
    upstream,
)
from ftdata.ingest.erased import find_erased_files
from ftdata.ingest.inventory import RawFile
from ftdata.judging.judge import Judged, judge_partition, unjudged
from ftdata.keys import PartitionKey
from ftdata.llm.embeddings import open_embedder
from ftdata.llm.ledger import Spender
from ftdata.pii_key import read_key
from ftdata.project import Project
from ftdata.settings import cleaning_of, dedup_of
from ftdata.splitting.split_partition import split_partition
from ftdata.storage import StoredPartition
from ftdata.tables import CHAINS, PRIVATE_STAGES, STAGES, Stage, StageResult, empty


def project_tokenizer(project: Project) -> Tokenizer:
    """What counts tokens in this project."""
    return load_tokenizer(project.settings.formatting.tokenizer)


def project_embed(project: Project, spender: Spender | None = None) -> Embed | None:
    """What embeds redacted texts, where semantic duplicates are looked for.

    The cache notes what is asked for by `spender`, a stage of a partition that is being built.
    """
    embedder = open_embedder(project.settings.cleaning.dedup, project.store.data, spender)
    return None if embedder is None else embedder.embed


def source_versions(project: Project, source: str) -> dict[Stage, str]:
    """The present version of every stage, for one source's partitions."""
    name = project_tokenizer(project).name
    return {
        stage: stage_version(stage, project.settings, tokenizer=name, source=source)
        for stage in STAGES
    }


def chain_of(project: Project, key: PartitionKey, files: Sequence[RawFile]) -> tuple[Stage, ...]:
    """The stages that a partition with these raw files goes through, in order."""
    return CHAINS[source_kind(project.settings, key.source, files)]


def current_status(
    project: Project,
    key: PartitionKey,
    files: Sequence[RawFile],
    erasures: Erasures | None = None,
) -> PartitionStatus:
    """State of one partition against its raw files and the present code and settings.

    The tombstones are read where they are not given: who asks for many partitions gives them.
    """
    erasures = read_erasures(project.store.data) if erasures is None else erasures
    versions, chain = source_versions(project, key.source), chain_of(project, key, files)
    beside = {stage: inputs_beside(project, stage, key) for stage in chain}
    beside[chain[0]] |= {INPUT: _erased_input(project, chain[0], key, erasures)}
    if erasures and chain[0] != "raw_logs":
        gone = find_erased_files([file.path for file in files], key, erasures)
        files = [file for file in files if file.path not in gone]
    return partition_status(project.store, key, files, versions, chain, beside)


def _erased_input(project: Project, first: Stage, key: PartitionKey, erasures: Erasures) -> str:
    """Hash of the tombstones that matter to a partition; those count that found something in it."""
    if not erasures:
        return ""
    built = project.store.read_record(first, key)
    return erasures.input_of(key, built.facts.get(INPUT, {}) if built is not None else {})


def inputs_beside(project: Project, stage: Stage, key: PartitionKey) -> dict[str, str]:
    """Present hashes of what a stage depends on beside raw files and the stage before it, by name.

    An input that is not there has "". `build_stage` notes them in the record, `current_status`
    compares them with what it notes.
    """
    return {REVIEWS: reviews_input(project, key)} if stage == "validated_splits" else {}


def build_stage(
    project: Project, stage: Stage, key: PartitionKey, files: Sequence[RawFile]
) -> tuple[StoredPartition, StageResult]:
    """Build and store one stage of one partition; returns its record and what the stage made.

    Raises IngestError for raw files that cannot be read, StorageError where the stage before it is
    not built, BlockedPartitionError where a blocking check failed on that.
    """
    store, version = project.store, source_versions(project, key.source)[stage]
    before = upstream(stage, source_kind(project.settings, key.source, files))
    beside = {name: now for name, now in inputs_beside(project, stage, key).items() if now}
    if before is None:
        result, facts, erased = _read_first(project, stage, key, files, version)
        inputs = {fact["path"]: fact["sha256"] for fact in facts}
        beside |= {INPUT: erased} if erased else {}
    else:
        read = _readable(project, stage, before, key)
        result = _make(project, stage, key, store.read_table(before, key), version)
        names = {**_private_names(project, read), **result.renamed}
        facts = tuple(_renamed(fact, names) for fact in read.files)
        inputs = {before: read.output}
    inputs |= beside
    record = store.write(stage, key, result, code_version=version, inputs=inputs, files=facts)
    if stage == "cleaned":
        keep_indexed(project, record)
    return record, result


def _read_first(
    project: Project, stage: Stage, key: PartitionKey, files: Sequence[RawFile], version: str
) -> tuple[StageResult, Facts, str]:
    """As `read_files`, and the hash of the tombstones that mattered."""
    data = project.store.data
    erasures = read_erasures(data)
    while True:
        result, facts = read_files(project, stage, key, files, version, erasures)
        now = read_erasures(data)
        if now == erasures:
            return result, facts, erasures.input_of(key, result.facts.get(INPUT, {}))
        erasures = now  # somebody asked to be erased meanwhile, perhaps from these files


def forget_other_kind(
    project: Project, key: PartitionKey, files: Sequence[RawFile]
) -> tuple[Stage, ...]:
    """Take away what was stored of the partition while its source was of another kind.

    Its new first stage is stored by now. What was before redaction would stay there for ever.
    """
    chain = chain_of(project, key, files)
    return project.store.delete(key, [stage for stage in STAGES if stage not in chain])


def _private_names(project: Project, read: StoredPartition) -> dict[str, str]:
    """What stands for file names of a stage before redaction, those without a row included."""
    if read.stage not in PRIVATE_STAGES or not project.settings.cleaning.pii.enabled:
        return {}
    files = [fact["path"] for fact in read.files]
    return private_paths(empty("raw_logs"), files, project.settings.cleaning.pii)


def _renamed(fact: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return fact | {"path": names.get(fact["path"], fact["path"])}


def _readable(project: Project, stage: Stage, before: Stage, key: PartitionKey) -> StoredPartition:
    record = project.store.existing_record(before, key)
    if record.failed_checks:
        names = ", ".join(record.failed_checks)
        raise BlockedPartitionError(
            f"{stage} of {key} is blocked: {before} failed {names}. Look at the check's samples,"
            " mend the raw files or the settings, and build the partition again."
        )
    return record


def make_stage(
    project: Project,
    stage: Stage,
    key: PartitionKey,
    files: Sequence[RawFile],
    table: pa.Table | None,
) -> StageResult:
    """What a stage makes of its input, nothing stored: of `table`, or of the raw files at first."""
    version = source_versions(project, key.source)[stage]
    if table is None:
        return _read_first(project, stage, key, files, version)[0]
    return _make(project, stage, key, table, version)


def _make(
    project: Project, stage: Stage, key: PartitionKey, table: pa.Table, version: str
) -> StageResult:
    if stage == "generated_examples":
        return generate(project, key, table, version)
    return _STEPS[stage](project, key, table)


def _cleaned(project: Project, key: PartitionKey, table: pa.Table) -> StageResult:
    options = cleaning_of(project.settings, key.source)
    key_of_values = read_key(options.pii)
    embed = project_embed(project, Spender(project.run, "cleaned", key.source, key.date))
    result = clean_partition(table, options, embed, key_of_values)
    if result.prints is None:
        return result
    prints = Fingerprints.of_columns(*result.prints.columns)
    return replace(result, facts=result.facts | note_repeats(project, key, prints))


def _formatted(project: Project, key: PartitionKey, table: pa.Table) -> StageResult:
    options, tokenizer = project.settings.formatting, project_tokenizer(project)
    if options.tagger == "rules":
        return format_partition(table, options, tokenizer)
    pii = project.settings.cleaning.pii
    redact = open_redact(pii) if pii.leaves_some else str
    return with_model(
        project, "formatted", key, "formatting.tagger: model", "or write `tagger: rules`",
        lambda model: format_partition(table, options, tokenizer, model, redact),
    )  # fmt: skip


def _augmented(project: Project, key: PartitionKey, table: pa.Table) -> StageResult:
    count, limit = project_tokenizer(project).count, project.settings.formatting.max_tokens
    options = project.settings.augmentation
    if options.writer == "rules":
        return augment_partition(table, options, count, limit)
    redact = open_redact(project.settings.cleaning.pii)
    return with_model(
        project, "augmented", key, "augmentation.writer: model", "or write `writer: rules`",
        lambda model: augment_partition(table, options, count, limit, model, redact),
    )  # fmt: skip


def _validated_splits(project: Project, key: PartitionKey, table: pa.Table) -> StageResult:
    reviewed = reviewed_examples(project, key, table, project_tokenizer(project).count)
    if reviewed is None:
        return _judged(project, key, table)
    result = _judged(project, key, reviewed.table)
    return replace(
        result,
        drops=pa.concat_tables([reviewed.drops, result.drops]),
        rows_in=reviewed.drops.num_rows + result.rows_in,
        facts=result.facts | reviewed.facts,
    )


def _judged(project: Project, key: PartitionKey, table: pa.Table) -> StageResult:
    options = project.settings.judge
    if not options.enabled:
        return _split(project, key, unjudged(table))
    pii = project.settings.cleaning.pii
    redact = open_redact(pii)  # reasons may quote, or invent
    sent = redact if pii.leaves_some else str
    return with_model(
        project, "validated_splits", key, "judge.enabled", "or write `judge: {enabled: false}`",
        lambda model: _split_judged(
            project, key, judge_partition(table, options, model, redact, sent)
        ),
    )  # fmt: skip


def _split_judged(project: Project, key: PartitionKey, judged: Judged) -> StageResult:
    split = _split(project, key, judged.table)
    return replace(
        split,
        drops=pa.concat_tables([judged.drops, split.drops]),
        rows_in=judged.drops.num_rows + split.rows_in,
        facts=split.facts | judged.facts,
    )


def _split(project: Project, key: PartitionKey, table: pa.Table) -> StageResult:
    options, messages = dedup_of(project.settings, key.source), table.column("messages")
    columns = dedup_columns(messages, options)
    columns["dedup_vector"] = _vectors(project, key, table, dedup_texts(messages, options.key))
    return split_partition(table, key, project.settings.splits, columns)


def _vectors(
    project: Project, key: PartitionKey, table: pa.Table, texts: Sequence[str]
) -> pa.Array:
    """A vector for each original: variants are not compared, so nothing is paid for them."""
    spender = Spender(project.run, "validated_splits", key.source, key.date)
    embed = project_embed(project, spender)
    if embed is None:
        return pa.nulls(table.num_rows, pa.binary())
    parents = table.column("parent_id").to_pylist()
    originals = [
        text if parent is None else "" for text, parent in zip(texts, parents, strict=True)
    ]
    return vector_column(embed(originals))


_STEPS: Mapping[Stage, Callable[[Project, PartitionKey, pa.Table], StageResult]] = {
    "cleaned": _cleaned,
    "formatted": _formatted,
    "augmented": _augmented,
    "validated_splits": _validated_splits,
}
