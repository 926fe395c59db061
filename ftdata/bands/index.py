"""The duplicate index on disk: which records of which partitions have a band key.

It is a log-structured merge tree (O'Neil et al. 1996): each partition's band keys are written as an
immutable run, runs are merged to larger ones as they get many, and one small manifest says which
are the index. Replacing or removing a partition marks it dead in its run; the next merge drops it.
It is a cache of what the partitions say: anything wrong with it is an error that says to make it
again, and nothing is lost with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress

import numpy as np
import numpy.typing as npt
from upath import UPath

from ftdata.bands.manifest import (
    MANIFEST,
    MEND,
    Member,
    Run,
    manifest_bytes,
    name_run,
    parse_manifest,
    read_manifest,
    write_manifest,
)
from ftdata.bands.merge import Source, from_rows, from_run, write_run
from ftdata.bands.plan import plan_merges
from ftdata.bands.runs import RunFile, find_damage, open_run
from ftdata.bands.snapshot import Candidates, Snapshot
from ftdata.errors import IndexDamagedError
from ftdata.keys import PartitionKey
from ftdata.locks import exclusive

_LOCK = ".lock"


class BandIndex:
    """Reads and writes the index below one folder; several processes may, on a local disk."""

    def __init__(self, root: UPath) -> None:
        """Nothing is read or written until a method is called."""
        self.root = root

    def put(
        self, key: PartitionKey, version: str, bands: npt.NDArray[np.uint32], scheme: str
    ) -> None:
        """Add a partition's band keys, rows x bands, or replace them, whole or not at all.

        `scheme` names how keys are made and `version` what they were made from: where both are
        indexed for the partition already, nothing is written. Raises IndexDamagedError where a run
        that is merged is damaged, and ValueError where the scheme has another number of bands.
        """
        member = Member(key.date, key.source, version, len(bands))
        new = name_run(scheme, bands.shape[1], [member])
        with exclusive(self.root / _LOCK):
            runs = read_manifest(self.root)
            if any(run.bands != new.bands for run in runs if run.scheme == scheme):
                raise ValueError(f"{new.bands} bands are put in an index of another number")
            if any(member in run.members for run in runs if run.scheme == scheme):
                return
            if not runs:
                write_manifest(self.root, ())  # from now on a run without a manifest is damage
            left = [run.without(key) for run in runs]
            self._write(left, new, bands)

    def remove(self, key: PartitionKey) -> None:
        """Take a partition out; nothing happens where it is not in."""
        with exclusive(self.root / _LOCK):
            runs = read_manifest(self.root)
            left = [run.without(key) for run in runs]
            if any(one is not other for one, other in zip(left, runs, strict=True)):
                self._write(left)

    def clear(self) -> None:
        """Make the index empty, also where it is damaged."""
        with exclusive(self.root / _LOCK):
            write_manifest(self.root, ())
            self._sweep(())

    def compact(self) -> None:
        """Merge all runs of each scheme: after it equal indexes have equal files."""
        with exclusive(self.root / _LOCK):
            runs = [run for run in read_manifest(self.root) if run.has_live]
            schemes = sorted({run.scheme for run in runs})
            groups = [tuple(run for run in runs if run.scheme == scheme) for scheme in schemes]
            plan = [group for group in groups if len(group) > 1 or _has_dead(group[0])]
            self._merge(runs, plan, None, None)

    def look_up(
        self, bands: npt.NDArray[np.uint32], before: PartitionKey, scheme: str
    ) -> Candidates:
        """As `Snapshot.look_up`, on the index as it is now."""
        with self.open(scheme) as snapshot:
            return snapshot.look_up(bands, before)

    @contextmanager
    def open(self, scheme: str) -> Iterator[Snapshot]:
        """The index of one scheme as it is now, whatever is written while it is open.

        Raises IndexDamagedError.
        """
        with ExitStack() as stack:
            yield Snapshot(self._open_runs(scheme, stack))

    def entries(self, scheme: str | None = None) -> dict[PartitionKey, str]:
        """The partitions that are indexed (by one scheme, or any), with their versions, in order.

        An index that was deleted has none. Raises IndexDamagedError.
        """
        members = (
            member
            for run in read_manifest(self.root)
            if scheme in (None, run.scheme)
            for member in run.members
            if member.live
        )
        return {member.key: member.version for member in sorted(members)}

    def verify(self) -> list[str]:
        """Read every byte: sentences about what is damaged, none where all is well.

        Writers wait meanwhile, readers do not.
        """
        found: list[str] = []
        with exclusive(self.root / _LOCK):
            try:
                runs = read_manifest(self.root)
            except IndexDamagedError as error:
                return [str(error)]
            for run in runs:
                try:
                    with ExitStack() as stack:
                        found += find_damage(open_run(self.root, run, stack))
                except IndexDamagedError as error:
                    found.append(str(error))
                except FileNotFoundError:
                    found.append(_missing(self.root, run))
        return found

    def _write(
        self,
        runs: Sequence[Run],
        new: Run | None = None,
        bands: npt.NDArray[np.uint32] | None = None,
    ) -> None:
        live = [run for run in runs if run.has_live]
        plan = []
        for scheme in sorted({run.scheme for run in live} | ({new.scheme} if new else set())):
            same = [run for run in live if run.scheme == scheme]
            plan += plan_merges(same, new if new and new.scheme == scheme else None)
        self._merge(live, plan, new, bands)

    def _merge(
        self,
        runs: Sequence[Run],
        plan: Sequence[Sequence[Run]],
        new: Run | None,
        bands: npt.NDArray[np.uint32] | None,
    ) -> None:
        """Write what is planned, then the manifest, then remove what it names no more."""
        gone = {id(run) for group in plan for run in group}
        after = [run for run in runs if id(run) not in gone]
        for group in plan:
            members = [member for run in group for member in run.members if member.live]
            made = name_run(group[0].scheme, group[0].bands, members)
            with ExitStack() as stack:
                sources: list[Source] = []
                for run in group:
                    if run is new and bands is not None:
                        places = [m.records for m in made.members if m < run.members[0]]
                        sources.append(from_rows(bands, sum(places)))
                    else:
                        sources.append(from_run(self._open_run(run, stack), made))
                write_run(self.root, made, sources)
            after.append(made)
        write_manifest(self.root, after)
        self._sweep(after)

    def _open_run(self, run: Run, stack: ExitStack) -> RunFile:
        try:
            return open_run(self.root, run, stack)
        except FileNotFoundError as error:
            raise IndexDamagedError(_missing(self.root, run)) from error

    def _open_runs(self, scheme: str, stack: ExitStack) -> tuple[RunFile, ...]:
        """The runs of a scheme, all of one manifest.

        A file that is gone is damage only if the manifest still names it: a run that writes
        meanwhile removes what it has superseded.
        """
        data = manifest_bytes(self.root)
        while True:
            runs = [run for run in parse_manifest(self.root, data) if run.scheme == scheme]
            try:
                return tuple(open_run(self.root, run, stack) for run in runs)
            except FileNotFoundError as error:
                known, data = data, manifest_bytes(self.root)
                if data == known:
                    raise IndexDamagedError(
                        f"{error.filename or self.root}: missing: {MEND}"
                    ) from error

    def _sweep(self, runs: Sequence[Run]) -> None:
        """Remove every file that the manifest does not name, also what a killed run has left."""
        kept = {MANIFEST, _LOCK, *(run.name for run in runs)}
        for path in list(self.root.iterdir()):
            if path.name not in kept:
                with suppress(PermissionError):  # Windows, while a reader has it: the next write
                    path.unlink(missing_ok=True)


def _has_dead(run: Run) -> bool:
    return any(not member.live for member in run.members)


def _missing(root: UPath, run: Run) -> str:
    return f"{root / run.name}: missing: {MEND}"
