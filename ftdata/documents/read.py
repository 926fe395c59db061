"""The stage `documents`: the files of one partition, read into sections."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ftdata.document_formats import format_of
from ftdata.documents.known import Known, document_of, moved
from ftdata.documents.language import language_of
from ftdata.documents.parsed import RejectedDocumentError
from ftdata.documents.readers import faults_as_rejections, parse_document
from ftdata.documents.rows import SCHEMA, Placed, sections_table
from ftdata.documents.sections import sections_of
from ftdata.keys import PartitionKey
from ftdata.raw_bytes import ListedFile, fact_of, read_bytes
from ftdata.sections import Block
from ftdata.settings_documents import Documents
from ftdata.tables import StageResult, drops_table

STAGE = "documents"
_HELD = 200_000  # characters of the document kept as objects before they become columns


@dataclass
class _Reading:
    """What has been read of a partition so far."""

    key: PartitionKey
    options: Documents
    tables: list[pa.Table] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    held: int = 0
    drops: list[dict[str, Any]] = field(default_factory=list)
    formats: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    reused: int = 0

    def flush(self) -> None:
        """Turn the sections at hand into columns."""
        if self.placed:
            self.tables.append(sections_table(self.key.source, self.key.date, self.placed))
        self.placed, self.held = [], 0


def read_documents(
    key: PartitionKey,
    files: Sequence[ListedFile],
    load: Callable[[str], bytes],
    options: Documents,
    known: Mapping[tuple[str, str], Known],
) -> tuple[StageResult, tuple[dict[str, Any], ...]]:
    """Read one partition's files, each whole, one at a time; returns the result and their facts.

    `load` gives the bytes of a path. A document that `known` has under its path and hash is taken
    over, rows and drops, without being parsed. A file that cannot be read as a document is a
    quarantined drop with its reason; what is dropped of a document is a drop with file, line and
    reason, its detail at most the phrase that dangles. Rows are in the order of paths, then of the
    document. `rows_in` counts sections, drops and rejected files, `rows_out` sections. Each fact is
    `{"path", "bytes", "mtime_ns", "sha256"}`, the hash empty where the file is too large to read.

    Raises IngestError for a file whose bytes cannot be had.
    """
    reading = _Reading(key, options)
    facts = []
    for file in sorted(files, key=lambda raw: raw.path):
        sha256 = _take(reading, file, load, known)
        facts.append(fact_of(file, sha256))
    reading.flush()
    table = pa.concat_tables([SCHEMA.empty_table(), *reading.tables]).combine_chunks()
    index = SCHEMA.get_field_index("position")
    positions = pa.array(range(table.num_rows), pa.int64())
    table = table.set_column(index, SCHEMA.field(index), positions)
    result = StageResult(
        table=table,
        drops=drops_table(reading.drops),
        rows_in=table.num_rows + len(reading.drops),
        rows_out=table.num_rows,
        facts=_count(reading, table, len(facts)),
    )
    return result, tuple(facts)


def _take(
    reading: _Reading,
    file: ListedFile,
    load: Callable[[str], bytes],
    known: Mapping[tuple[str, str], Known],
) -> str:
    """Read or take over one file; its hash."""
    document = document_of(reading.key, file.path)
    known_format = format_of(document)
    reading.formats[known_format.name if known_format else "other"] += 1
    most = reading.options.max_file_bytes
    if file.size > most:
        detail = f"{file.size:,} bytes; documents.max_file_bytes is {most:,}"
        _reject(reading, file.path, RejectedDocumentError("too_large", detail))
        return ""
    data = read_bytes(load, file.path)
    sha256 = hashlib.sha256(data).hexdigest()
    before = known.get((document, sha256))
    if before is not None:
        _take_over(reading, file.path, before)
        return sha256
    try:
        _add(reading, file.path, document, sha256, data)
    except RejectedDocumentError as error:
        _reject(reading, file.path, error)
    return sha256


def _add(reading: _Reading, file: str, document: str, sha256: str, data: bytes) -> None:
    """The sections and drops of a document that is new. Raises RejectedDocumentError."""
    source = reading.key.source
    with faults_as_rejections():
        parsed = parse_document(document, data, reading.options)
        language = language_of(part for part in parsed.elements if isinstance(part, Block))
        sections, dropped = sections_of(parsed, source, document, language, reading.options)
    if not sections and not dropped:
        raise RejectedDocumentError("empty_document", "no text in it")
    reading.placed += [Placed(section, file, sha256) for section in sections]
    reading.drops += [
        {"stage": STAGE, "reason": reason, "detail": detail, "file": file, "line": line}
        for line, reason, detail in dropped
    ]
    reading.held += len(parsed.text)
    if reading.held > _HELD:
        reading.flush()


def _take_over(reading: _Reading, file: str, before: Known) -> None:
    reading.flush()
    if before.rows.num_rows:
        reading.tables.append(moved(before.rows, reading.key, file))
    reading.drops += [{**drop, "file": file} for drop in before.drops]
    reading.rejected.update(drop["reason"] for drop in before.drops if drop["quarantined"])
    reading.reused += 1


def _reject(reading: _Reading, file: str, error: RejectedDocumentError) -> None:
    reading.rejected[error.reason] += 1
    drop = {"stage": STAGE, "reason": error.reason, "detail": error.detail, "file": file}
    reading.drops.append({**drop, "quarantined": True})


def _count(reading: _Reading, table: pa.Table, documents: int) -> dict[str, Any]:
    """Figures for the metadata."""
    columns = (table.column(name).to_pylist() for name in ("document", "language"))
    languages = dict(zip(*columns, strict=True))
    texts = table.column("blocks").combine_chunks().flatten().field("text")
    words = pc.sum(pc.list_value_length(pc.utf8_split_whitespace(texts))).as_py()
    return {
        "documents": documents,
        "rejected": dict(sorted(reading.rejected.items())),
        "reused": reading.reused,
        "sections": table.num_rows,
        "words": words or 0,
        "formats": dict(sorted(reading.formats.items())),
        "languages": dict(sorted(Counter(code or "?" for code in languages.values()).items())),
    }
