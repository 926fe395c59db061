"""What is current, missing or stale, from the store alone.

A partition's output is current when it was built by the present code and settings from the present
output of the stage before it. The hash of both is its `code_version`; the same hash per asset is
what Dagster compares, so that the web UI and `ftdata status` agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Literal

from ftdata.cleaning.filters.custom import custom_identity
from ftdata.cleaning.pii.presidio import presidio_identity
from ftdata.document_formats import DOCUMENT_FORMATS, is_document
from ftdata.ingest.inventory import RawFile
from ftdata.keys import PartitionKey, SourceKind
from ftdata.llm.chat import chat_identity
from ftdata.llm.embeddings import embedding_identity
from ftdata.pii_key import key_identity
from ftdata.prompt_files import prompts_identity
from ftdata.release.exports.custom import files_identity
from ftdata.settings import Settings, Source, dedup_of, section_hash
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_dedup import Dedup
from ftdata.storage import PartitionStore, StoredPartition
from ftdata.tables import CHAINS, FIRST_STAGES, Stage

State = Literal["current", "missing", "unchecked", "settings changed", "input changed", "blocked"]

# Their data and their reading decide outputs as our code does.
_CLEANING_PACKAGES = ("faker", "ftfy", "phonenumbers", "py3langid", "python-stdnum")
_DOCUMENT_PACKAGES = tuple(
    sorted({"py3langid", *(name for known in DOCUMENT_FORMATS for name in known.packages)})
)
# Raised when a stage's code gives another output for the same input and settings.
STAGE_CODE: dict[Stage | Literal["dataset"], int] = {
    "documents": 1,
    "generated_examples": 4,
    "raw_logs": 3,
    "cleaned": 6,
    "formatted": 5,
    "augmented": 6,
    "validated_splits": 7,
    "dataset": 6,
}


def stage_version(
    stage: Stage | Literal["dataset"],
    settings: Settings,
    *,
    tokenizer: str,
    source: str | None = None,
) -> str:
    """Version of a stage's code and settings; for one source where it is given.

    `tokenizer` is the name of what counts tokens here, which decides outputs as settings do.
    """
    names = sorted(settings.sources) if source is None else [source]
    sources = {name: settings.sources.get(name, Source()) for name in names}
    read = {name: Source(kind=own.kind, fields=own.fields) for name, own in sources.items()}
    written = {name: Source(synthetic=own.synthetic) for name, own in sources.items()}
    told = {
        name: Source(snapshot=own.snapshot, licence=own.licence) for name, own in sources.items()
    }
    dedups = [dedup_of(settings, name) for name in names]
    if source is None:
        dedups.append(settings.cleaning.dedup)
    rest = settings.cleaning.model_copy(update={"dedup": Dedup(), "max_workers": 0})
    meanings = embedding_identity(settings.cleaning.dedup)
    stored = meanings + "".join(f" {o.key} {o.shingle} {o.shingle_size} {o.keep}" for o in dedups)
    # Pins and what is held out are settled by `dataset`.
    unpinned = settings.splits.model_copy(update={"pin": None, "holdout": None})
    hashes: dict[Stage | Literal["dataset"], str] = {
        "documents": section_hash(settings.documents) + _versions(_DOCUMENT_PACKAGES),
        # Its drops name sections by their headings, redacted.
        "generated_examples": section_hash(settings.generation, written, settings.cleaning.pii)
        + (_writer_identity(settings) if _is_written(settings, sources) else ""),
        "raw_logs": section_hash(read, settings.extraction),
        "cleaned": section_hash(rest, *dedups) + meanings + _cleaning_identity(settings.cleaning),
        "formatted": section_hash(settings.formatting) + tokenizer + _tagger_identity(settings),
        "augmented": section_hash(settings.augmentation)
        + f"{settings.formatting.max_tokens}{_augmenter_identity(settings)}",
        "validated_splits": section_hash(unpinned) + stored + _judge_identity(settings),
        "dataset": section_hash(
            settings.dataset, settings.splits, settings.selection, told, *dedups
        )
        + files_identity(settings.dataset.custom),
    }
    return f"{STAGE_CODE[stage]}-{hashes[stage]}"


def _cleaning_identity(options: Cleaning) -> str:
    """What decides how texts are cleaned and is in no setting: keys, code, lists of others."""
    parts = [key_identity(options.pii), custom_identity(options.custom_filters)]
    if options.pii.engine == "presidio":
        parts += [presidio_identity(options.pii)]
    return "".join(f" {part}" for part in parts if part) + _versions(_CLEANING_PACKAGES)


def _is_written(settings: Settings, sources: Mapping[str, Source]) -> bool:
    kinds = {source.kind for source in sources.values()}
    return settings.generation.writer == "model" or "synthetic" in kinds


def _writer_identity(settings: Settings) -> str:
    """What a model writes with: itself, its prompts, and what is redacted in them."""
    pii = section_hash(settings.cleaning.pii)
    prompts = prompts_identity("generation")
    return f" {chat_identity(settings.llm)} {prompts} {pii}"


def _tagger_identity(settings: Settings) -> str:
    """The model that tells tags, its prompt, and what is redacted in it; empty where rules do."""
    if settings.formatting.tagger == "rules":
        return ""
    pii = section_hash(settings.cleaning.pii)
    return f" {chat_identity(settings.llm)} {prompts_identity('formatting')} {pii}"


def _augmenter_identity(settings: Settings) -> str:
    """The model that derives variants, and its prompts; empty where rules do."""
    if settings.augmentation.writer == "rules":
        return ""
    return f" {chat_identity(settings.llm)} {prompts_identity('augmentation')}"


def _judge_identity(settings: Settings) -> str:
    """The model that judges, how, and what is redacted in its reasons; empty where none does."""
    if not settings.judge.enabled:
        return ""
    judge = section_hash(settings.judge, settings.cleaning.pii)
    return f" {judge} {chat_identity(settings.llm)} {prompts_identity('judging')}"


@cache  # reading them takes a millisecond each, and every partition's state asks
def _versions(packages: tuple[str, ...]) -> str:
    return "".join(f" {version(package)}" for package in packages)


def source_kind(settings: Settings, source: str, files: Iterable[RawFile]) -> SourceKind:
    """What the settings say a source is, else what its files are."""
    listed = settings.sources.get(source)
    if listed is not None and listed.kind is not None:
        return listed.kind
    return "documents" if any(is_document(file.path) for file in files) else "logs"


def upstream(stage: Stage, kind: SourceKind) -> Stage | None:
    """The stage whose output a stage reads in a source of that kind; None for the first."""
    at = CHAINS[kind].index(stage)
    return CHAINS[kind][at - 1] if at else None


@dataclass(frozen=True)
class PartitionStatus:
    """State of every stage of one partition; `records` holds those that are built."""

    key: PartitionKey
    states: dict[Stage, State]
    records: dict[Stage, StoredPartition]

    @property
    def is_current(self) -> bool:
        """Nothing to do."""
        return all(state == "current" for state in self.states.values())

    @property
    def first_stale(self) -> Stage | None:
        """Where building has to begin."""
        return next((stage for stage, state in self.states.items() if state != "current"), None)

    @property
    def progress(self) -> int:
        """How far it is built: two steps a stage, its output and its checks."""
        stage = self.first_stale
        if stage is None:
            return 2 * len(self.states)
        return 2 * list(self.states).index(stage) + (self.states[stage] == "unchecked")

    @property
    def is_blocked(self) -> bool:
        """A blocking check failed, and only new input or settings can help."""
        return "blocked" in self.states.values()

    @property
    def reason(self) -> str:
        """Why it is not current: `cleaned is blocked: raw_logs failed ids_are_unique`."""
        stage, state = next((s, v) for s, v in self.states.items() if v != "current")
        if state == "blocked":
            judged = next(r for r in self.records.values() if r.failed_checks)
            return f"{judged.stage} failed {', '.join(judged.failed_checks or ())}"
        is_plain = state in ("missing", "unchecked")
        return f"{stage} is {state}" if is_plain else f"{stage} is stale: {state}"


def partition_status(
    store: PartitionStore,
    key: PartitionKey,
    files: Sequence[RawFile],
    versions: Mapping[Stage, str],
    chain: Sequence[Stage],
    beside: Mapping[Stage, Mapping[str, str]],
) -> PartitionStatus:
    """State of one partition against its raw files and the present versions of its stages.

    `chain` holds the stages of a source of its kind, in order. `beside` holds what a stage depends
    on beside the stage before it: by stage the present hash of each such input, "" where there is
    none, under the name that it has in the record's `inputs`.
    """
    states: dict[Stage, State] = {}
    records: dict[Stage, StoredPartition] = {}
    before: StoredPartition | None = None
    for stage in chain:
        record = store.read_record(stage, key)
        if record is not None and not store.is_whole(record):
            record = None
        is_input_current = all(state == "current" for state in states.values())
        states[stage] = _state(record, before, files, versions[stage], beside.get(stage, {}))
        if states[stage] in ("current", "blocked", "unchecked") and not is_input_current:
            states[stage] = "input changed"
        if record is not None:
            records[stage] = record
        before = record
    if before is not None and before.failed_checks and states[before.stage] == "current":
        states[before.stage] = "blocked"
    return PartitionStatus(key, states, records)


def same_files(record: StoredPartition, files: Sequence[RawFile]) -> bool:
    """Whether the raw files look as they did when `record` was built: names, sizes, times."""
    known = {(f["path"], f["bytes"], f["mtime_ns"]) for f in record.files}
    return known == {(f.path, f.size, f.mtime_ns) for f in files}


def _state(
    record: StoredPartition | None,
    before: StoredPartition | None,
    files: Sequence[RawFile],
    version: str,
    beside: Mapping[str, str],
) -> State:
    if before is not None and before.failed_checks:
        return "blocked"
    if record is None:
        return "missing"
    if record.code_version != version:
        return "settings changed"
    is_same_beside = all(record.inputs.get(name, "") == now for name, now in beside.items())
    if not is_same_beside or not _same_input(record, before, files):
        return "input changed"
    return "current" if record.failed_checks is not None else "unchecked"


def _same_input(
    record: StoredPartition, before: StoredPartition | None, files: Sequence[RawFile]
) -> bool:
    if record.stage in FIRST_STAGES and before is None:
        return same_files(record, files)
    return before is not None and record.inputs.get(before.stage) == before.output
