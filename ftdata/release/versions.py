"""Dataset versions as folders: built aside, moved into place, pointed at, pruned.

<data>/datasets/<version>/      whole versions; the manifest is what makes one whole
                latest          the newest one's name
                versions.json   all that were built, in that order
                .building-<pid> a build under way; removed by the next one if it died
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
from upath import UPath

from ftdata import jsonl
from ftdata.errors import StorageError
from ftdata.storage import write_atomically

MANIFEST = "manifest.json"
ORDER = "versions.json"
REDUCED = "reduced"  # in a manifest: how many examples an erasure took out, with all but the splits
_BUILDING = re.compile(r"\.building-(\d{1,9})")


@contextmanager
def building_folder(data: UPath) -> Iterator[Path]:
    """A local folder to build a version in; it is gone afterwards, unless it was moved away.

    On a local disk it stands beside the versions, so that moving it is a renaming. Raises
    StorageError where the disk refuses.
    """
    datasets = data / "datasets"
    try:
        parent = _local(datasets)
        if parent:
            parent.mkdir(parents=True, exist_ok=True)
            _remove_dead_builds(parent)
            folder = parent / f".building-{os.getpid()}"
            folder.mkdir()
        else:
            folder = Path(tempfile.mkdtemp(prefix="ftdata-building-"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise StorageError(
            f"{datasets}: the dataset cannot be written ({error.strerror or error}): make the data"
            " folder writable and see that the disk has room, or name another with --data-dir"
        ) from error


def list_versions(data: UPath) -> list[str]:
    """The versions that are there, the newest first."""
    datasets = data / "datasets"
    if not datasets.exists():
        return []
    folders = (path for path in datasets.iterdir() if not _BUILDING.fullmatch(path.name))
    there = sorted(path.name for path in folders if (path / MANIFEST).exists())
    newest_first = dict.fromkeys([*reversed(_read_order(data)), *there])
    return [version for version in newest_first if version in there]


def publish(data: UPath, built: Path, version: str, keep: int, pinned: str | None = None) -> bool:
    """Put the built folder in its place, point `latest` at it and remove old versions.

    Returns False where that version stood there already: it is kept as it is. The `pinned` version
    is never removed.
    """
    target = data / "datasets" / version
    is_new = not _is_whole(target)
    if is_new:
        _remove(target)
        local = _local(target)
        if local:
            built.rename(local)
        else:
            _upload(built, target)
    _note_version(data, version)
    write_atomically(data / "datasets" / "latest", f"{version}\n".encode())
    prune_versions(data, keep, pinned)
    return is_new


def prune_versions(
    data: UPath, keep: int, pinned: str | None, *, dry_run: bool = False
) -> list[str]:
    """Remove all but the last `keep` versions, the newest first; returns those that went.

    The newest and the pinned stay, whatever `keep` is. With `dry_run` they are only told.
    """
    newest_first = list_versions(data)
    gone = [version for version in newest_first[max(keep, 1) :] if version != pinned]
    if not dry_run:
        for version in gone:
            _remove(data / "datasets" / version)
    return gone


def forget_newest(data: UPath) -> None:
    """Name no version as the newest."""
    (data / "datasets" / "latest").unlink(missing_ok=True)


def remove_version(data: UPath, version: str) -> None:
    """Remove one version, whichever it is; where it was the newest, there is none any more."""
    pointer = data / "datasets" / "latest"
    if pointer.exists() and pointer.read_text().strip() == version:
        forget_newest(data)
    _remove(data / "datasets" / version)


def _is_whole(version: UPath) -> bool:
    path = version / MANIFEST
    return path.exists() and REDUCED not in orjson.loads(path.read_bytes())


def _note_version(data: UPath, version: str) -> None:
    """Append to the list of what was built; a version built again counts as newest again."""
    order = _read_order(data)
    if order[-1:] != [version]:
        order.append(version)
        write_atomically(data / "datasets" / ORDER, jsonl.pretty(order))


def _read_order(data: UPath) -> list[str]:
    path = data / "datasets" / ORDER
    try:
        return list(orjson.loads(path.read_bytes())) if path.exists() else []
    except orjson.JSONDecodeError as error:
        raise StorageError(f"{path}: is no JSON list ({error}): delete it and build") from error


def _remove(version: UPath) -> None:
    """The manifest goes first: what is left of an interrupted removal is no version."""
    if not version.exists():
        return
    (version / MANIFEST).unlink(missing_ok=True)
    delete_tree(version)


def delete_tree(folder: UPath) -> None:
    """Remove a folder with all that is in it, here or in an object store."""
    local = _local(folder)
    if local:
        shutil.rmtree(local)
    else:
        folder.fs.rm(folder.path, recursive=True)


def _upload(built: Path, target: UPath) -> None:
    """Copy file by file, the manifest last: a reader takes the version for whole only then."""
    files = sorted(path for path in built.rglob("*") if path.is_file())
    for path in sorted(files, key=lambda path: path.name == MANIFEST):
        place = target / path.relative_to(built).as_posix()
        place.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as source, place.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)


def _remove_dead_builds(datasets: Path) -> None:
    for folder in datasets.iterdir():
        match = _BUILDING.fullmatch(folder.name)
        if match and (int(match[1]) == os.getpid() or not _is_running(int(match[1]))):
            shutil.rmtree(folder)


def _is_running(pid: int) -> bool:
    if sys.platform == "win32":  # there signal 0 would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _local(path: UPath) -> Path | None:
    """The path on this machine's disk, or None for an object store."""
    return Path(os.fspath(path)) if isinstance(path, os.PathLike) else None
