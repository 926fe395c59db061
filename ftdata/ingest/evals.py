"""Evaluation sets: `<data>/evals/*.jsonl`, every line an item, none ever passed over in silence.

    evals/<name>.jsonl    also .ndjson; .gz or .zst; a README or LICENSE may stand beside them

A file that cannot be read, a line that holds no item and a file of another kind are errors: a
dataset that was not compared with an evaluation set must not look as if it had been.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from upath import UPath

from ftdata.errors import IngestError
from ftdata.ingest.faults import Fault
from ftdata.ingest.files import read_records
from ftdata.ingest.listing import Entry, allowed_roots, list_folder
from ftdata.ingest.names import RECORD_ENDINGS, record_ending

FOLDER = "evals"
TEXT_FIELDS = ("prompt", "question", "text")
ID_FIELDS = ("id", "eval_id", "task_id", "question_id", "item_id", "prompt_id", "qid", "uid")
CHOICE_FIELDS = ("choices", "options")
_MAX_ID = 200  # characters; a longer id is no name
_BESIDE = ("readme", "license", "licence")
_BLOCK = 1 << 20
_Line = dict[str, Any]


@dataclass(frozen=True)
class EvaluationFile:
    """One file of items; `path` is relative to the data folder."""

    path: str
    bytes: int
    sha256: str
    items: int


@dataclass(frozen=True)
class EvaluationItem:
    """One text of one line. A line with two of the text fields makes two of them."""

    file: str  # path relative to the data folder
    line: int  # 1-based
    id: str  # the item's own, else its line
    texts: tuple[str, ...]  # prompt, question or text; then the choices, where there are any


@dataclass(frozen=True)
class Evaluations:
    """All evaluation sets of a data folder, by path and line."""

    files: tuple[EvaluationFile, ...] = ()
    items: tuple[EvaluationItem, ...] = ()


def read_evaluations(data: UPath, max_line_bytes: int) -> Evaluations:
    """Every item of every file below `data`/evals; none where there is no such folder.

    Raises IngestError, with file, line, field and what to do, for anything that is no item.
    """
    files, items = [], []
    for name in _names(data):
        digest = hashlib.sha256()
        found = list(_read_file(data / name, name, max_line_bytes, digest))
        lines = len({item.line for item in found})
        if not lines:
            raise IngestError(f"{name}: holds no evaluation item: fill it, or remove it")
        size = (data / name).stat().st_size
        files.append(EvaluationFile(name, size, digest.hexdigest(), lines))
        items += found
    return Evaluations(tuple(files), tuple(items))


def evaluations_state(data: UPath) -> list[list[str]]:
    """[path, SHA-256] of every file as it lies there: what the dataset's state depends on.

    Never raises for what a user has put there: an error's text stands in for a hash, so that the
    dataset is not current, and building it tells.
    """
    try:
        return [[name, _hash_file(data / name)] for name in _names(data)]
    except IngestError as error:
        return [[FOLDER, str(error)]]


def _names(data: UPath) -> list[str]:
    """Paths of the evaluation files, sorted. Raises IngestError for what is none."""
    folder = data / FOLDER
    own = (Path(folder).resolve(),) if isinstance(folder, os.PathLike) else ()
    try:
        entries = list_folder(folder, (*allowed_roots(data), *own))
    except FileNotFoundError:
        return []
    except NotADirectoryError as error:
        raise IngestError(
            f"{FOLDER}: a file where a folder belongs: move it to {FOLDER}/<name>.jsonl"
        ) from error
    except OSError as error:
        raise IngestError(
            f"{FOLDER}: cannot be listed ({error.strerror or error}): make it readable"
        ) from error
    return [f"{FOLDER}/{entry.name}" for entry in entries if _is_evaluation(entry)]


def _is_evaluation(entry: Entry) -> bool:
    if entry.is_hidden or entry.name.lower().startswith(_BESIDE):
        return False
    shown = entry.name.encode("utf-8", "backslashreplace").decode()
    name = f"{FOLDER}/{shown}"
    if entry.problem:
        raise IngestError(f"{name}: {entry.problem}")
    if entry.is_folder:
        raise IngestError(f"{name}: a folder: put its files into {FOLDER}/ itself")
    if entry.is_unfinished:
        raise IngestError(f"{name}: an unfinished upload: wait for its end, or remove it")
    ending = record_ending(entry.name)
    if ending is None or RECORD_ENDINGS[ending][0] != "jsonl":
        raise IngestError(f"{name}: no evaluation set: name it <name>.jsonl, or move it elsewhere")
    return True


def _read_file(
    path: UPath, name: str, max_line_bytes: int, digest: hashlib._Hash
) -> Iterator[EvaluationItem]:
    for number, value in read_records(path, name, max_line_bytes, digest):
        if isinstance(value, Fault):
            raise IngestError(
                f"{name}:{number}: {value.reason} ({value.detail}): mend the line, or remove it"
            )
        yield from _read_item(value, name, number)


def _read_item(line: _Line, name: str, number: int) -> Iterator[EvaluationItem]:
    questions = []
    for field in TEXT_FIELDS:
        value = line.get(field)
        if value is not None and not isinstance(value, str):
            raise IngestError(f"{name}:{number}: {field} is no text: write it as one string")
        if value is not None and value.strip():
            questions.append(value)
    if not questions:
        raise IngestError(
            f"{name}:{number}: holds none of the fields {', '.join(TEXT_FIELDS)}, or they are"
            " empty: put the item's text into one of them, or remove the line"
        )
    own = _read_id(line, number)
    choices = _read_choices(line)
    for question in dict.fromkeys(questions):
        yield EvaluationItem(name, number, own, (question, *choices))


def _read_id(line: _Line, number: int) -> str:
    """The first id field that holds a short text or a whole number, else the line's number."""
    for field in ID_FIELDS:
        value = line.get(field)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and 0 < len(value) <= _MAX_ID and value.isprintable():
            return value
    return str(number)


def _read_choices(line: _Line) -> tuple[str, ...]:
    """The texts to choose from: a list, an object of letters, or an object with a list `text`."""
    for field in CHOICE_FIELDS:
        value = line.get(field)
        if isinstance(value, dict):
            listed = value.get("text")
            value = listed if isinstance(listed, list) else list(value.values())
        if isinstance(value, list):
            return tuple(text for text in value if isinstance(text, str) and text.strip())
    return ()


def _hash_file(path: UPath) -> str:
    try:
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        return f"cannot be read ({error.strerror or error})"
    return digest.hexdigest()
