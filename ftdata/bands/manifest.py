"""The index's one small file: which runs it consists of, and which partitions are in each.

It is JSONL: a line with the checksum of what follows, then a line for each run. It is replaced
last and whole, so that the index is at any time what one manifest says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import orjson
from upath import UPath

from ftdata import jsonl
from ftdata.bands.format import Layout
from ftdata.errors import IndexDamagedError, StorageError
from ftdata.keys import PartitionKey
from ftdata.storage import content_hash, write_atomically

MANIFEST = "manifest.jsonl"
SUFFIX = ".bands"
MEND = "run `ftdata index` to make the index again"
_FORMAT = 1


class Member(NamedTuple):
    """A partition in a run; its first fields are its place in the canonical order."""

    date: str
    source: str
    version: str
    records: int
    live: bool = True  # False where it was replaced or removed after the run was written

    @property
    def key(self) -> PartitionKey:
        """Source and date."""
        return PartitionKey(date=self.date, source=self.source)


@dataclass(frozen=True)
class Run:
    """An immutable file with the band keys of some partitions, in canonical order."""

    scheme: str
    bands: int
    members: tuple[Member, ...]
    name: str  # file name: follows from scheme, bands and the members as they were written

    @cached_property
    def records(self) -> int:
        """Records in the file."""
        return sum(member.records for member in self.members)

    @cached_property
    def live_records(self) -> int:
        """Records in the file that are in the index still."""
        return sum(member.records for member in self.members if member.live)

    @property
    def has_live(self) -> bool:
        """Whether any partition of it is in the index still."""
        return any(member.live for member in self.members)

    @property
    def layout(self) -> Layout:
        """Where things are in its file."""
        return Layout(self.records, self.bands)

    @property
    def seed(self) -> int:
        """The number in the file's name, which is in every checksum of it."""
        return int(self.name.removesuffix(SUFFIX), 16)

    def without(self, key: PartitionKey) -> Run:
        """The run once that partition is dead in it; itself where it is not in it."""
        if all((m.date, m.source) != (key.date, key.source) or not m.live for m in self.members):
            return self
        members = (
            m._replace(live=False) if (m.date, m.source) == (key.date, key.source) else m
            for m in self.members
        )
        return replace(self, members=tuple(members))


def name_run(scheme: str, bands: int, members: Iterable[Member]) -> Run:
    """The run of these partitions, all live."""
    chosen = tuple(sorted(members))
    identity = [scheme, bands, [list(member) for member in chosen]]
    return Run(scheme, bands, chosen, content_hash(jsonl.canonical(identity)) + SUFFIX)


def read_manifest(root: UPath) -> tuple[Run, ...]:
    """The runs of the index below `root`: none where there is no index.

    Raises IndexDamagedError where the file is damaged, or is gone while runs are there.
    """
    return parse_manifest(root, manifest_bytes(root))


def manifest_bytes(root: UPath) -> bytes:
    """The manifest as it is stored; empty where there is no index."""
    try:
        return (root / MANIFEST).read_bytes()
    except FileNotFoundError:
        if root.exists() and any(path.name.endswith(SUFFIX) for path in root.iterdir()):
            raise IndexDamagedError(f"{root / MANIFEST}: missing: {MEND}") from None
        return b""
    except OSError as error:
        raise StorageError(
            f"{root / MANIFEST}: cannot be read ({error.strerror or error}): make the data folder"
            " readable"
        ) from error


def parse_manifest(root: UPath, data: bytes) -> tuple[Run, ...]:
    """The runs that a manifest names. Raises IndexDamagedError."""
    if not data:
        return ()
    first, _, rest = data.partition(b"\n")
    try:
        if orjson.loads(first) != {"checksum": content_hash(rest), "format": _FORMAT}:
            raise IndexDamagedError(
                f"{root / MANIFEST}: damaged, or of another version of ftdata: {MEND}"
            )
    except orjson.JSONDecodeError as error:
        raise IndexDamagedError(f"{root / MANIFEST}: damaged ({error}): {MEND}") from error
    return tuple(_parse_run(line) for line in rest.splitlines())


def write_manifest(root: UPath, runs: Sequence[Run]) -> None:
    """Replace the manifest: from now on the index consists of these runs."""
    lines = [
        jsonl.canonical(
            {
                "bands": run.bands,
                "members": [tuple(member) for member in run.members],
                "name": run.name,
                "scheme": run.scheme,
            }
        )
        for run in sorted(runs, key=lambda run: run.name)
    ]
    rest = b"".join(line + b"\n" for line in lines)
    first = jsonl.canonical({"checksum": content_hash(rest), "format": _FORMAT})
    write_atomically(root / MANIFEST, first + b"\n" + rest)


def _parse_run(line: bytes) -> Run:
    values: dict[str, Any] = orjson.loads(line)
    members = tuple(map(Member._make, values["members"]))
    return Run(values["scheme"], values["bands"], members, values["name"])
