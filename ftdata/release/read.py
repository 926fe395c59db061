"""Reads dataset versions back: the newest, its examples, what moved, what was altered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from upath import UPath

from ftdata.errors import ReleaseError, StorageError, UsageError
from ftdata.release.files import EXAMPLES
from ftdata.release.manifest import version_of
from ftdata.release.versions import MANIFEST, REDUCED, list_versions

_REDUCED = "an erasure left the splits of its examples alone: it is there to be pinned"


@dataclass(frozen=True)
class LoadedRelease:
    """A version that was found below `datasets/`."""

    version: str
    manifest: dict[str, Any]
    folder: UPath


def read_latest(data: UPath) -> LoadedRelease | None:
    """The version that `datasets/latest` names; None where no dataset was built.

    Raises StorageError where it names a version that is not there or cannot be read.
    """
    pointer = data / "datasets" / "latest"
    try:
        version = pointer.read_text().strip()
    except FileNotFoundError:
        return None
    try:
        return _load(data, version)
    except (OSError, orjson.JSONDecodeError) as error:
        raise StorageError(
            f"{pointer} names {version}, which cannot be read ({error}): delete {pointer} and"
            " build the dataset again"
        ) from error


def find_version(data: UPath, name: str) -> LoadedRelease:
    """The version that `name` means: its id, the beginning of one, `latest` or `previous`.

    `previous` is the one built before the newest that is there still. Raises UsageError where it
    means none or several, StorageError where the version cannot be read.
    """
    there = list_versions(data)
    meant = _meant(there, name)
    if len(meant) != 1:
        known = f"there are {', '.join(there)} (the newest first)" if there else "build one first"
        if name == "previous" and there:
            raise UsageError(f"previous: {there[0]} is the only version there is; build another")
        what = f"{len(meant)} dataset versions begin with" if meant else "no dataset version is"
        raise UsageError(f"{name}: {what} that; {known}")
    try:
        return _load(data, meant[0])
    except (OSError, orjson.JSONDecodeError) as error:
        raise StorageError(
            f"{data / 'datasets' / meant[0] / MANIFEST}: cannot be read ({error}): delete this"
            " version's folder, or name another version"
        ) from error


def find_whole_version(data: UPath, name: str) -> LoadedRelease:
    """As `find_version`. Raises ReleaseError for one that an erasure left no texts of."""
    release = find_version(data, name)
    if REDUCED in release.manifest:
        raise ReleaseError(f"{release.version}: {_REDUCED}: name another version")
    return release


@dataclass(frozen=True)
class DescribedVersion:
    """A version that is there."""

    version: str
    examples: dict[str, int]  # split → examples
    bytes: int  # of all its files
    role: str  # `latest`, `pinned`, both, or empty


def describe_versions(data: UPath, pinned: str | None) -> list[DescribedVersion]:
    """The versions that are there, the newest first. Raises StorageError for one without sense."""
    latest = read_latest(data)
    roles = [("latest", latest.version if latest else None), ("pinned", pinned)]
    described = []
    for version in list_versions(data):
        release = find_version(data, version)
        splits = release.manifest["content"]["dataset"]["splits"]
        described.append(
            DescribedVersion(
                version=version,
                examples={name: counts["examples"] for name, counts in splits.items()},
                bytes=sum(p.stat().st_size for p in release.folder.rglob("*") if p.is_file()),
                role=", ".join(name for name, of in roles if of == version),
            )
        )
    return described


def _meant(newest_first: Sequence[str], name: str) -> list[str]:
    if name in ("latest", "previous"):
        at = ("latest", "previous").index(name)
        return list(newest_first[at : at + 1])
    return [version for version in newest_first if name and version.startswith(name)]


def _load(data: UPath, version: str) -> LoadedRelease:
    folder = data / "datasets" / version
    manifest = orjson.loads((folder / MANIFEST).read_bytes())
    if not isinstance(manifest, dict) or "content" not in manifest:
        raise StorageError(
            f"{folder / MANIFEST}: is no manifest: delete this version's folder, or name another"
        )
    return LoadedRelease(version=version, manifest=manifest, folder=folder)


def read_examples(data: UPath, version: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Columns of a version's `examples.parquet`, in canonical order. Raises StorageError."""
    path = data / "datasets" / version / EXAMPLES
    try:
        with path.open("rb") as file:
            return pq.read_table(file, columns=list(columns) if columns is not None else None)
    except (OSError, pa.ArrowException) as error:
        raise StorageError(f"{path}: cannot be read ({error}): build the dataset again") from error


def read_pinned(data: UPath, pin: str | None) -> dict[str, str]:
    """Split by id of the examples in the version that `splits.pin` names; empty without a pin.

    Raises ReleaseError where there is no such version, StorageError where it cannot be read.
    """
    require_pinned(data, pin)
    if pin is None:
        return {}
    table = read_examples(data, pin, ["id", "split"])
    return dict(zip(table["id"].to_pylist(), table["split"].to_pylist(), strict=True))


def require_pinned(data: UPath, pin: str | None) -> None:
    """Raise ReleaseError where `splits.pin` names a version that is not there."""
    if pin is None:
        return
    there = list_versions(data)
    if pin not in there:
        known = f"there are {', '.join(there)} (the newest first)" if there else "there is none yet"
        raise ReleaseError(
            f"splits.pin: no dataset version {pin} below {data / 'datasets'}; {known}: name one"
            " that is there in ftdata.yaml, or take the pin out"
        )


def mismatches(folder: UPath) -> list[str]:
    """What of a version's folder is not as its manifest says: one sentence each, none if whole."""
    manifest = orjson.loads((folder / MANIFEST).read_bytes())
    if REDUCED in manifest:
        return [_REDUCED]
    found = []
    if version_of(manifest["content"]) != manifest["version"]:
        found.append(f"{MANIFEST}: the content does not hash to its version")
    for name, described in sorted(manifest["content"]["outputs"].items()):
        path = folder / name
        if not path.exists():
            found.append(f"{name}: is missing")
            continue
        if _sha256(path) != described["sha256"]:
            found.append(f"{name}: was altered")
    return found


def altered_inputs(data: UPath, manifest: Mapping[str, Any]) -> list[str]:
    """Which raw files are not as they were when the version was made: one sentence each."""
    found = []
    for described in manifest["content"]["inputs"]:
        path = data / described["path"]
        if not path.exists():
            found.append(f"{described['path']}: is missing, or its name is private")
        elif _sha256(path) != described["sha256"]:
            found.append(f"{described['path']}: was altered")
    return found


def _sha256(path: UPath) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
