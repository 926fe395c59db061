"""Reads dataset versions back: the newest, its examples, what moved, what was altered."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from upath import UPath

from ftdata.errors import ReleaseError, StorageError
from ftdata.release.files import EXAMPLES
from ftdata.release.manifest import version_of
from ftdata.release.versions import MANIFEST, list_versions


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
    folder = data / "datasets" / version
    try:
        manifest = orjson.loads((folder / MANIFEST).read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise StorageError(
            f"{pointer} names {version}, which cannot be read ({error}): delete {pointer} and"
            " build the dataset again"
        ) from error
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


def moves(previous: pa.Table, new: pa.Table) -> pa.Table:
    """Examples of both tables whose split differs: id, previous, new; sorted by id.

    Both need the columns id and split, ids once.
    """
    before = previous.select(["id", "split"]).rename_columns(["id", "previous"])
    after = new.select(["id", "split"]).rename_columns(["id", "new"])
    both = before.join(after, keys="id", join_type="inner")
    return both.filter(pc.not_equal(both["previous"], both["new"])).sort_by("id")


def mismatches(folder: UPath) -> list[str]:
    """What of a version's folder is not as its manifest says: one sentence each, none if whole."""
    manifest = orjson.loads((folder / MANIFEST).read_bytes())
    found = []
    if version_of(manifest["content"]) != manifest["version"]:
        found.append(f"{MANIFEST}: the content does not hash to its version")
    for name, described in sorted(manifest["content"]["outputs"].items()):
        path = folder / name
        if not path.exists():
            found.append(f"{name}: is missing")
            continue
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != described["sha256"]:
            found.append(f"{name}: was altered")
    return found
