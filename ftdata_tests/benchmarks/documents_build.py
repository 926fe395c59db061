"""All files below a folder, read into sections by the stage `documents`."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from ftdata.document_formats import is_document
from ftdata.documents.read import read_documents
from ftdata.keys import PartitionKey
from ftdata.sections import Section, section_of
from ftdata.settings_documents import Documents
from ftdata.tables import StageResult

KEY = PartitionKey(date="2025-01-01", source="docs")
_FOLDER = f"raw/{KEY.source}/{KEY.date}"


@dataclass(frozen=True)
class ListedFile:
    """What the stage knows of a file before it reads it."""

    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True)
class Built:
    """The stage's result, its sections by document, and the processor time that it took."""

    result: StageResult
    files: int
    sections: dict[str, list[Section]]
    seconds: float


def document_files(folder: Path) -> list[ListedFile]:
    """The files below `folder` that a reader takes, in order, placed as in a snapshot."""
    return [
        ListedFile(f"{_FOLDER}/{path.relative_to(folder).as_posix()}", path.stat().st_size, 0)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and is_document(path.name)
    ]


def content_of(folder: Path, path: str) -> bytes:
    """The bytes of a listed file of `folder`."""
    return (folder / path.removeprefix(f"{_FOLDER}/")).read_bytes()


def build_sections(folder: Path) -> Built:
    """Read all documents below `folder`."""
    files = document_files(folder)
    start = time.process_time()
    result, _ = read_documents(
        KEY,
        files,
        lambda path: content_of(folder, path),
        Documents(),
        {},
    )
    seconds = time.process_time() - start
    sections: dict[str, list[Section]] = {}
    for row in result.table.to_pylist():
        sections.setdefault(row["document"], []).append(section_of(row))
    return Built(result, len(files), sections, seconds)
