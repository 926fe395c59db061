"""Listing one folder, local or in an object store: names, sizes, times, what to leave alone."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from upath import UPath

_UNFINISHED = (".tmp", ".part", ".crdownload", "~")
_TIME_KEYS = ("mtime", "LastModified", "last_modified", "updated", "created")


@dataclass(frozen=True)
class Entry:
    """One file or folder. `problem` tells why it must be left alone, and what to do."""

    name: str
    is_folder: bool
    size: int  # bytes
    mtime_ns: int
    problem: str | None = None

    @property
    def is_hidden(self) -> bool:
        """A leading dot."""
        return self.name.startswith(".")

    @property
    def is_unfinished(self) -> bool:
        """An upload in progress, or an editor's copy."""
        return self.name.endswith(_UNFINISHED)


def allowed_roots(data: UPath) -> tuple[Path, ...]:
    """Where links may lead: the data folder and, should that be a link itself, its `raw`."""
    if not isinstance(data, os.PathLike):
        return ()
    folder = Path(data)
    return (folder.resolve(), (folder / "raw").resolve())


def list_folder(folder: UPath, roots: Sequence[Path]) -> list[Entry]:
    """The folder's entries, sorted by name. Raises OSError where it cannot be listed."""
    if isinstance(folder, os.PathLike):
        with os.scandir(Path(folder)) as found:
            listed = [_local(entry, roots) for entry in found]
    else:
        # Some stores answer from a cache of listings; a watcher has to see what is new.
        folder.fs.invalidate_cache(folder.path)
        own = folder.path.strip("/")
        infos = folder.fs.ls(folder.path, detail=True)
        # `own`: the empty object that stands for a folder, or a file where the folder should be.
        listed = [_remote(info) for info in infos if info["name"].strip("/") != own]
    return sorted((entry for entry in listed if entry is not None), key=lambda entry: entry.name)


def _local(entry: os.DirEntry[str], roots: Sequence[Path]) -> Entry | None:
    if not _is_utf8(entry.name):  # no table could hold the file's path
        return _unusable(entry.name, "the name is no UTF-8: rename it")
    try:
        facts = entry.stat()  # of what a link leads to
        outside = entry.is_symlink() and not _is_below(Path(entry.path).resolve(), roots)
    except FileNotFoundError:
        # A file that went away since the folder was listed is no problem; a link to nothing is.
        return _unusable(entry.name, "a link to nothing: remove it") if entry.is_symlink() else None
    except (OSError, RuntimeError):
        return _unusable(entry.name, "cannot be looked at: make it readable, or remove it")
    if outside:
        text = "a link that leads outside the data folder: put the file itself here"
        return _unusable(entry.name, text)
    is_folder = stat.S_ISDIR(facts.st_mode)
    if not is_folder and not stat.S_ISREG(facts.st_mode):
        return _unusable(entry.name, "neither a file nor a folder: remove it")
    return Entry(entry.name, is_folder, facts.st_size, facts.st_mtime_ns)


def _is_utf8(name: str) -> bool:
    """Whether a name can be written; bytes that are no UTF-8 are listed as lone surrogates."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_below(path: Path, roots: Sequence[Path]) -> bool:
    return any(path.is_relative_to(root) for root in roots)


def _unusable(name: str, problem: str) -> Entry:
    return Entry(name, is_folder=False, size=0, mtime_ns=0, problem=problem)


def _remote(info: dict[str, Any]) -> Entry:
    name = info["name"].rstrip("/").rpartition("/")[2]
    size = int(info.get("size") or 0)
    return Entry(name, info["type"] == "directory", size, _time_ns(info))


def _time_ns(info: dict[str, Any]) -> int:
    """The time a store gives for an object: seconds, an instant or ISO text; 0 where none."""
    value = next((info[key] for key in _TIME_KEYS if info.get(key) is not None), 0)
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    seconds = value.timestamp() if isinstance(value, dt.datetime) else float(value)
    return int(seconds * 1_000_000) * 1_000
