"""Copies a version to where others read it: any place that fsspec knows, or the Hugging Face hub.

Nothing is ever deleted there, and what is there already is not sent again, so that a push which was
cut off goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from upath import UPath

from ftdata.errors import ReleaseError, StorageError, UsageError
from ftdata.progress import Progress, SilentProgress
from ftdata.release.read import LoadedRelease, mismatches
from ftdata.release.versions import MANIFEST
from ftdata.storage import write_atomically

SCHEME = "hf://datasets/"
_BLOCK = 1 << 20  # bytes


@dataclass(frozen=True)
class PushedFile:
    """A file of a version, and whether it has to be sent."""

    path: str  # below the version's folder
    bytes: int
    is_there: bool


@dataclass(frozen=True)
class Pushed:
    """What was sent, or would be."""

    version: str
    place: str
    files: tuple[PushedFile, ...]
    strangers: tuple[str, ...] = ()  # files there that are not of this version

    @property
    def sent(self) -> tuple[PushedFile, ...]:
        """The files that were not there."""
        return tuple(file for file in self.files if not file.is_there)


def own_files(release: LoadedRelease) -> list[UPath]:
    """All files of the version, the manifest last: where it is, the version is whole.

    Raises ReleaseError where one is not as the manifest says.
    """
    found = mismatches(release.folder)
    if found:
        raise ReleaseError(
            f"{release.version}: {'; '.join(found[:3])}: build the dataset again, or push another"
            " version. `ftdata verify` lists all"
        )
    paths = sorted(path for path in release.folder.rglob("*") if path.is_file())
    return sorted(paths, key=lambda path: path.name == MANIFEST)


def below(release: LoadedRelease, path: UPath) -> str:
    """The file's path in the version's folder."""
    return path.relative_to(release.folder).as_posix()


def push_files(
    release: LoadedRelease, to: str, dry_run: bool = False, progress: Progress | None = None
) -> Pushed:
    """Copy the version to `<to>/<version>/`, the manifest last, and then name it in `<to>/latest`.

    With `dry_run` nothing is written. Raises UsageError where `to` is no place that is known here,
    ReleaseError where the version is damaged, StorageError where the place cannot be written.
    """
    place = _place(to)
    folder = place / release.version
    told = progress or SilentProgress()
    try:
        planned = [
            (path, PushedFile(name, path.stat().st_size, _is_same(path, folder / name)))
            for path in own_files(release)
            for name in [below(release, path)]
        ]
        missing = [(path, file.path) for path, file in planned if not file.is_there and not dry_run]
        told.start("push", len(missing))
        for path, name in missing:
            _copy(path, folder / name)
            told.advance("push", name)
        if not dry_run:
            write_atomically(place / "latest", f"{release.version}\n".encode())
    except OSError as error:
        raise StorageError(
            f"{place}: cannot be written ({error.strerror or error}): see that it is there and that"
            " you may write to it. The same command goes on from there"
        ) from error
    return Pushed(release.version, str(folder), tuple(file for _, file in planned))


def _place(to: str) -> UPath:
    if "://" not in to:
        raise UsageError(f"--to {to}: name a URL, such as file:///folder, s3://bucket/folder")
    try:
        place = UPath(to)
        _ = place.fs  # connects nowhere; loads the file system's package
    except (ValueError, ImportError) as error:
        raise UsageError(f"--to {to}: cannot be used: {error}") from error
    # A path of `file://…` cannot be renamed to, one without the scheme can.
    return UPath(os.fspath(place)) if isinstance(place, os.PathLike) else place


def _is_same(ours: UPath, theirs: UPath) -> bool:
    """Same size; on disks, whose files may be half written or changed by hand, the same content.

    An object store shows an object when it is complete, and the folder bears the version's name.
    """
    if not theirs.exists() or theirs.stat().st_size != ours.stat().st_size:
        return False
    return not isinstance(theirs, os.PathLike) or file_hash(ours) == file_hash(theirs)


def file_hash(path: UPath | Path) -> str:
    """SHA-256 of the content, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _copy(source: UPath, target: UPath) -> None:
    """A reader sees the whole file or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    is_local = isinstance(target, os.PathLike)
    part = target.with_name(f".{target.name}.part") if is_local else target
    with source.open("rb") as file, part.open("wb") as copy:
        shutil.copyfileobj(file, copy, _BLOCK)
    if is_local:
        part.replace(target)


def local_paths(release: LoadedRelease, files: Sequence[PushedFile]) -> list[Path | bytes]:
    """Where each file is on this disk; its content, where the data folder is no disk's."""
    paths = [release.folder / file.path for file in files]
    return [
        Path(os.fspath(path)) if isinstance(path, os.PathLike) else path.read_bytes()
        for path in paths
    ]
