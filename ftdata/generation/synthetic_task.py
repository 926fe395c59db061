"""What a synthetic source is made from: the files of one partition's folder.

`task.md` says what the model to be trained shall do. Other .md and .txt files are notes on the
domain, `*.jsonl` files hold examples to go by, `{"prompt": …, "completion": …}` a line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import orjson

from ftdata.errors import IngestError
from ftdata.keys import PartitionKey
from ftdata.raw_bytes import ListedFile, fact_of, read_bytes

STAGE = "generated_examples"
TASK_FILE = "task.md"
_NOTES = (".md", ".txt")
_MOST_BYTES = 10_485_760  # of one file

Drop = dict[str, Any]


class Seed(NamedTuple):
    """An example to go by."""

    prompt: str
    completion: str


@dataclass
class Task:
    """A task as it was read; `drops` tells of files and lines that were not taken."""

    file: str  # task.md, relative to the data folder
    text: str = ""
    notes: list[str] = field(default_factory=list)
    seeds: list[Seed] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)


class _UnreadableError(Exception):
    """A file is no text that can be taken: reason and detail."""


def read_task(
    key: PartitionKey, files: Sequence[ListedFile], load: Callable[[str], bytes]
) -> tuple[Task, tuple[dict[str, Any], ...]]:
    """The task of one partition, and of each file `{"path", "bytes", "mtime_ns", "sha256"}`.

    `load` gives the bytes of a path. A file or a line that cannot be taken is a quarantined drop.
    Raises IngestError where `task.md` is missing, empty or no text, or a file cannot be read.
    """
    folder = f"raw/{key.source}/{key.date}"
    task = Task(f"{folder}/{TASK_FILE}")
    facts = []
    for file in sorted(files, key=lambda raw: raw.path):
        data = read_bytes(load, file.path)
        sha256 = hashlib.sha256(data).hexdigest()
        facts.append(fact_of(file, sha256))
        _take(task, file.path, data)
    if not task.text:
        raise IngestError(
            f"{task.file}: missing or empty: write there what the model to be trained shall do;"
            " notes on the domain go beside it as .md or .txt, examples as .jsonl"
        )
    return task, tuple(facts)


def _take(task: Task, path: str, data: bytes) -> None:
    try:
        text = _text(path, data)
    except _UnreadableError as error:
        reason, detail = error.args
        if path == task.file:
            raise IngestError(f"{path}: {detail}: mend it") from None
        task.drops.append(_drop(path, None, reason, detail))
        return
    if path == task.file:
        task.text = text.strip()
    elif path.lower().endswith(_NOTES):
        task.notes += [text.strip()] if text.strip() else []
    else:
        _take_seeds(task, path, text)


def _text(path: str, data: bytes) -> str:
    ending = PurePosixPath(path).suffix.lower()
    if ending not in {*_NOTES, ".jsonl"}:
        raise _UnreadableError("unknown_format", "notes are .md or .txt, examples .jsonl")
    if len(data) > _MOST_BYTES:
        raise _UnreadableError("too_large", f"{len(data):,} bytes; {_MOST_BYTES:,} are read")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _UnreadableError("not_utf8", f"byte {error.start} is no UTF-8") from error


def _take_seeds(task: Task, path: str, text: str) -> None:
    for number, line in _lines(text):
        seed = _seed(line)
        if isinstance(seed, Seed):
            task.seeds.append(seed)
        else:
            task.drops.append(_drop(path, number, "malformed_seed", seed))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _seed(line: str) -> Seed | str:
    """The example of a line, or what is wrong with it."""
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return "no JSON"
    if not isinstance(value, dict):
        return "no JSON object"
    texts = []
    for name in Seed._fields:
        text = value.get(name)
        if not isinstance(text, str) or not text.strip():
            return f"{name} is missing, empty or no text"
        texts.append(text.strip())
    return Seed(*texts)


def _drop(path: str, line: int | None, reason: str, detail: str) -> Drop:
    return {
        "stage": STAGE,
        "reason": reason,
        "detail": detail,
        "quarantined": True,
        "file": path,
        "line": line,
    }
