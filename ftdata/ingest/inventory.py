"""What lies below `<data>/raw`: sources, partitions and their files, and what is out of place.

    raw/<source>/<date>.jsonl[.gz|.zst]    one file for a date: also .ndjson, .csv and .parquet
    raw/<source>/<date>/*                  or a folder of such files, or both: all are of the date
    raw/<source>/<date>/**                 of documents: the snapshot of a folder, as deep as it is

Nothing here raises for what a user has put there: a file that cannot be used is listed as a problem
with what to do about it, and everything else is still found.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from upath import UPath

from ftdata.document_formats import DOCUMENT_ENDINGS, is_document
from ftdata.ingest.listing import Entry, allowed_roots, list_folder
from ftdata.ingest.names import RECORD_ENDINGS, date_of, record_ending
from ftdata.keys import SOURCE_NAME, PartitionKey, SourceKind
from ftdata.message_words import LAYOUT, place_of
from ftdata.settings import Settings

MAX_DEPTH = 8  # folders searched for documents below a source: links may run in circles
_EXPECTED = "record files named <date>.jsonl (.ndjson, .csv; also .gz or .zst) or <date>.parquet"
_DOCUMENTS = f"documents ({' '.join(DOCUMENT_ENDINGS)}) in a folder <date>/"


@dataclass(frozen=True)
class RawFile:
    """One record file or document; `path` is relative to the data folder, with `/`."""

    path: str
    size: int  # bytes
    mtime_ns: int


@dataclass(frozen=True)
class RawProblem:
    """A file or folder without use, an empty file or one of no partition: why, and what to do."""

    path: str  # relative to the data folder
    message: str


@dataclass(frozen=True)
class Inventory:
    """The raw folder at one look."""

    partitions: dict[PartitionKey, tuple[RawFile, ...]]  # canonical order
    sources: dict[str, SourceKind]  # every source found, sorted
    problems: tuple[RawProblem, ...]  # sorted by path
    unreadable: tuple[str, ...] = ()  # folders that are there and could not be listed


@dataclass
class _Scan:
    """What one scan works with, and what it has found."""

    data: UPath
    roots: tuple[Path, ...]
    start: dt.date
    files: dict[PartitionKey, list[RawFile]] = field(default_factory=dict)
    sources: dict[str, SourceKind] = field(default_factory=dict)
    problems: list[RawProblem] = field(default_factory=list)
    listed: dict[str, list[Entry]] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)

    def report(self, path: str, message: str) -> None:
        """Note a problem. A name that is no UTF-8 is shown with its bytes escaped."""
        shown = path.encode("utf-8", "backslashreplace").decode()
        self.problems.append(RawProblem(shown, message))

    def entries(self, path: str) -> list[Entry]:
        """The visible, finished entries of a folder; those with a problem are reported once."""
        if path not in self.listed:
            self.listed[path] = list(self._look(path))
        return self.listed[path]

    def _look(self, path: str) -> Iterator[Entry]:
        for entry in self._found(path):
            # A hidden folder in the place of a source is reported, as a name that is none.
            if entry.is_unfinished or (entry.is_hidden and not (path == "raw" and entry.is_folder)):
                continue
            if entry.problem is None:
                yield entry
            else:
                self.report(f"{path}/{entry.name}", entry.problem)

    def _found(self, path: str) -> Sequence[Entry]:
        try:
            return list_folder(self.data / path, self.roots)
        except FileNotFoundError:
            return ()
        except NotADirectoryError:
            self.report(path, f"a file where a folder belongs: move it away, and {LAYOUT}")
        except OSError as error:
            self.unreadable.append(path)
            self.report(path, f"cannot be listed ({error.strerror or error}): make it readable")
        return ()


def scan_raw(data: UPath, settings: Settings) -> Inventory:
    """The sources, partitions and problems below `data`/raw, local or remote. Reads no file.

    Hidden files and unfinished uploads (`.tmp`, `.part`, `.crdownload`, `~`) are passed over in
    silence. A source's kind is that of the settings, else what its files are.
    """
    scan = _Scan(data, allowed_roots(data), settings.partitions.start)
    for entry in scan.entries("raw"):
        if entry.is_folder:
            _scan_source(scan, entry.name, settings)
        else:
            scan.report(f"raw/{entry.name}", f"belongs to no source: {_fix_of_stray(entry.name)}")
    _report_missing(scan, settings)
    partitions = {
        key: tuple(sorted(scan.files[key], key=lambda file: file.path))
        for key in sorted(scan.files)
    }
    problems = sorted(scan.problems, key=lambda problem: (problem.path, problem.message))
    return Inventory(
        partitions,
        dict(sorted(scan.sources.items())),
        tuple(problems),
        tuple(sorted(scan.unreadable)),
    )


def without_later(inventory: Inventory, last: dt.date) -> Inventory:
    """The inventory up to the date `last`; each file of a later date becomes a problem.

    Partitions end with the present day. One typing error in a year would otherwise ask for every
    day up to it.
    """
    kept, problems = {}, list(inventory.problems)
    for key, files in inventory.partitions.items():
        if key.date <= last.isoformat():
            kept[key] = files
            continue
        text = f"{key.date} has not begun (today is {last}, UTC): correct the date, or wait for it"
        problems += [RawProblem(file.path, text) for file in files]
    problems.sort(key=lambda problem: (problem.path, problem.message))
    return Inventory(kept, inventory.sources, tuple(problems), inventory.unreadable)


def _scan_source(scan: _Scan, name: str, settings: Settings) -> None:
    path = f"raw/{name}"
    if not SOURCE_NAME.fullmatch(name):
        scan.report(
            path,
            "no source name: rename the folder, with letters, digits, `_` and `-` only"
            " (64 at most, no leading `-`)",
        )
        return
    listed = settings.sources.get(name)
    if listed is None and _is_date(name):
        scan.report(path, f"a date where a source belongs: move its files to raw/<source>/{name}/")
        return
    entries = scan.entries(path)
    kind = (listed and listed.kind) or _kind_of(scan, path, entries)
    if kind is None:
        scan.report(
            path, f"holds neither records nor documents: put {_EXPECTED}, or {_DOCUMENTS} here"
        )
        return
    scan.sources[name] = kind
    if kind in ("logs", "examples"):
        for entry in sorted(entries, key=lambda entry: entry.is_folder):
            _scan_entry(scan, name, entry)
    else:
        for entry in entries:
            _scan_snapshot(scan, name, kind, entry)


def _kind_of(scan: _Scan, path: str, entries: Sequence[Entry]) -> SourceKind | None:
    """logs where there are record files here or one folder down, else documents at any depth."""
    if any(not entry.is_folder and record_ending(entry.name) for entry in entries):
        return "logs"
    for folder in entries:
        if folder.is_folder and any(
            not entry.is_folder and record_ending(entry.name)
            for entry in scan.entries(f"{path}/{folder.name}")
        ):
            return "logs"
    return "documents" if _has_documents(scan, path, MAX_DEPTH) else None


def _has_documents(scan: _Scan, path: str, depth: int) -> bool:
    entries = scan.entries(path)
    if any(not entry.is_folder and is_document(entry.name) for entry in entries):
        return True
    return depth > 0 and any(
        _has_documents(scan, f"{path}/{entry.name}", depth - 1)
        for entry in entries
        if entry.is_folder
    )


def _scan_entry(scan: _Scan, source: str, entry: Entry) -> None:
    """Take one file or folder of a source of records."""
    path = f"raw/{source}/{entry.name}"
    ending = "" if entry.is_folder else record_ending(entry.name)
    if ending is None:
        scan.report(path, _unknown_ending(entry.name))
        return
    key = _key(scan, source, path, entry.name[: len(entry.name) - len(ending)])
    if key is None:
        return
    if not entry.is_folder:
        _take(scan, key, path, entry)
        return
    if not scan.entries(path) and key not in scan.files:
        endings = " ".join(RECORD_ENDINGS)
        scan.report(path, f"holds nothing to read: put record files ({endings}) there")
    for inner in scan.entries(path):
        if inner.is_folder:
            scan.report(f"{path}/{inner.name}", f"nested too deep: move its files up to {path}")
        elif record_ending(inner.name) is None:
            scan.report(f"{path}/{inner.name}", _unknown_ending(inner.name))
        else:
            _take(scan, key, f"{path}/{inner.name}", inner)


def _scan_snapshot(scan: _Scan, source: str, kind: SourceKind, entry: Entry) -> None:
    """Take one folder of documents, or of what a synthetic source is made from."""
    path = f"raw/{source}/{entry.name}"
    if not entry.is_folder:
        scan.report(path, f"belongs to no date: {_fix_of_undated(kind, source, entry.name)}")
        return
    key = _key(scan, source, path, entry.name)
    if key is None:
        return
    endings = (*DOCUMENT_ENDINGS, ".jsonl") if kind == "synthetic" else DOCUMENT_ENDINGS
    others: Counter[str] = Counter()
    _take_below(scan, key, path, endings, others, MAX_DEPTH)
    if others:
        counted = ", ".join(f"{count} {ending}" for ending, count in sorted(others.items()))
        scan.report(path, f"holds files that are not read: {counted}; read are {' '.join(endings)}")
    if key not in scan.files:
        scan.report(path, f"holds nothing to read: put {' '.join(endings)} files there")


def _take_below(
    scan: _Scan,
    key: PartitionKey,
    path: str,
    endings: tuple[str, ...],
    others: Counter[str],
    depth: int,
) -> None:
    for entry in scan.entries(path):
        place = f"{path}/{entry.name}"
        if not entry.is_folder and entry.name.lower().endswith(endings):
            scan.files.setdefault(key, []).append(RawFile(place, entry.size, entry.mtime_ns))
        elif not entry.is_folder:
            others[PurePosixPath(entry.name).suffix.lower() or "without ending"] += 1
        elif depth:
            _take_below(scan, key, place, endings, others, depth - 1)
        else:
            scan.report(place, f"nested too deep: {MAX_DEPTH} folders below the date are searched")


def _take(scan: _Scan, key: PartitionKey, path: str, entry: Entry) -> None:
    if entry.size == 0:
        scan.report(path, "is empty: put records in it, or remove it")
    scan.files.setdefault(key, []).append(RawFile(path, entry.size, entry.mtime_ns))


def _key(scan: _Scan, source: str, path: str, stem: str) -> PartitionKey | None:
    """The partition that a name without its ending stands for; reports names of none."""
    try:
        date = date_of(stem)
    except ValueError:
        scan.report(path, f"{stem} is no day of the calendar: correct the name")
        return None
    if date is None:
        if scan.sources[source] in ("logs", "examples"):
            fix = "call it such as 2025-03-01.jsonl; several files of one day go"
        else:
            fix = "what is in it goes, with its folders,"
        scan.report(path, f"no date in the name: {fix} into a folder raw/{source}/2025-03-01/")
        return None
    if date < scan.start:
        scan.report(
            path,
            f"{stem} is before the first partition: set partitions.start (now {scan.start}) in"
            " ftdata.yaml to that day or earlier",
        )
        return None
    return PartitionKey(date=stem, source=source)


def _is_date(name: str) -> bool:
    """Also where there is no such day."""
    try:
        return date_of(name) is not None
    except ValueError:
        return True


def _fix_of_stray(name: str) -> str:
    if record_ending(name):
        return "move it to raw/<source>/<date>.jsonl"
    return "move it into raw/<source>/<date>/" if is_document(name) else LAYOUT


def _fix_of_undated(kind: SourceKind, source: str, name: str) -> str:
    if kind == "documents" and record_ending(name):
        return "records go to a source folder of their own, and this one is of kind documents"
    return f"move it into a folder raw/{source}/2025-03-01/"


def _unknown_ending(name: str) -> str:
    if is_document(name):
        return "a document in a source of records: move documents to a source folder of their own"
    if name.lower().endswith(".json"):
        return "write one JSON object per line and name it .jsonl"
    return f"unknown ending: here belong {_EXPECTED}"


def _report_missing(scan: _Scan, settings: Settings) -> None:
    """A source that the settings list has a folder, unless its examples are made from nothing."""
    held = {problem.path for problem in scan.problems}
    for name, source in settings.sources.items():
        path = f"raw/{name}"
        if name in scan.sources or source.kind == "synthetic" or path in held:
            continue
        wanted = place_of(source.kind, name, "<date>")
        scan.report(path, f"no such folder, though ftdata.yaml lists the source: put {wanted}")
