"""Writes one target of a version that is there, from its examples: nothing is built again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ftdata import jsonl
from ftdata.errors import ReleaseError, StorageError, UsageError
from ftdata.release.examples import read_rows
from ftdata.release.exports.exporter import Exporter
from ftdata.release.files import EXAMPLES
from ftdata.release.read import LoadedRelease
from ftdata.release.target_reports import REFUSED
from ftdata.release.targets import TargetFiles
from ftdata.tables import SPLITS

_COLUMNS = [
    "id", "split", "source", "tags", "tokens", "messages", "tools", "rejected",
]  # fmt: skip
Step = Callable[[int, int], None]
"""Called with the number of row groups that are done and the number there are."""


@dataclass(frozen=True)
class Exported:
    """What was written of one target."""

    version: str
    target: str
    folder: Path
    files: tuple[str, ...]  # below the folder, sorted
    report: dict[str, Any]  # as in the manifest's `targets`, for the splits asked for


def export_version(
    release: LoadedRelease,
    exporter: Exporter,
    out: Path,
    splits: Sequence[str] = SPLITS,
    name: str = "ftdata",
    force: bool = False,
    step: Step | None = None,
) -> Exported:
    """Write the target's files of these splits into the folder `out`, all of them or none.

    One row group, which is a partition, is in memory at a time. `name` is the dataset's, for files
    beside the rows. With `force` files of the same names are replaced, and no others.

    Raises UsageError where `out` is a file or holds something already, ReleaseError where the
    version has no example that the target takes, StorageError where its examples cannot be read.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: is a file, no folder: name another folder with --out")
    if not force and out.exists() and any(out.iterdir()):
        raise UsageError(f"{out}: is there already: name another folder with --out, or use --force")
    with _folder_beside(out) as part:
        files = _write(release, exporter, part, splits, step)
        if not any(files.rows.values()):
            kind = "preference pair" if exporter.holds == "pairs" else "example"
            raise ReleaseError(
                f"{release.version} has no {kind} that {exporter.name} takes"
                f" in {', '.join(splits)}: choose another target, version or split"
            )
        files.write_beside(name)
        report = files.report()
        report["rows"] = {split: files.rows[split] for split in splits}
        report["limits"] = [one for one in report["limits"] if one.split(":")[0] in splits]
        made = _move(part / exporter.folder, out)
        refused = part / REFUSED
        if exporter.folder and refused.exists():
            made += _move_file(refused, out / REFUSED)
    return Exported(release.version, exporter.name, out, tuple(sorted(made)), report)


def _write(
    release: LoadedRelease,
    exporter: Exporter,
    folder: Path,
    splits: Sequence[str],
    step: Step | None,
) -> TargetFiles:
    """Write rows and refusals; splits without a row have no file."""
    refused = 0
    with (folder / REFUSED).open("wb") as told, ExitStack() as stack:
        files = TargetFiles(folder, exporter, stack)
        files.open()
        for done, total, table in _groups(release):
            examples = [one for one in read_rows(table) if _is_held(exporter, one.rejected)]
            for split in splits:
                files.write(split, [one for one in examples if one.split == split])
            refused += jsonl.write_lines(told, (one._asdict() for one in files.take_refused()))
            if step:
                step(done, total)
    files.settle()
    if not refused:
        (folder / REFUSED).unlink()
    for split, rows in files.rows.items():
        if not rows:
            (folder / exporter.file(split)).unlink(missing_ok=True)
    return files


def _is_held(exporter: Exporter, rejected: str | None) -> bool:
    return (rejected is not None) == (exporter.holds == "pairs")


def _groups(release: LoadedRelease) -> Iterator[tuple[int, int, pa.Table]]:
    path = release.folder / EXAMPLES
    try:
        with path.open("rb") as file, pq.ParquetFile(file) as examples:
            total = examples.num_row_groups
            for group in range(total):
                yield group + 1, total, examples.read_row_group(group, columns=_COLUMNS)
    except (OSError, pa.ArrowException) as error:
        raise StorageError(f"{path}: cannot be read ({error}): build the dataset again") from error


@contextmanager
def _folder_beside(out: Path) -> Iterator[Path]:
    """A folder on the same disk, gone afterwards."""
    part = out.parent / f".{out.name}.part"
    try:
        shutil.rmtree(part, ignore_errors=True)  # of a run that was killed
        part.mkdir(parents=True)
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _move(source: Path, target: Path) -> list[str]:
    """Move every file below `source` to its place below `target`; returns their paths."""
    paths = [path for path in source.rglob("*") if path.is_file()]
    for path in paths:
        _move_file(path, target / path.relative_to(source))
    return [path.relative_to(source).as_posix() for path in paths]


def _move_file(source: Path, target: Path) -> list[str]:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    return [target.name]
