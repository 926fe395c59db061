"""Writing a run: a partition's own, or one from the partitions that live in several.

The work goes band by band: 8 bytes a record of the run that is made, and the mapped blocks of one
band of the runs it is made from.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO

import numpy as np
from upath import UPath

from ftdata.bands.format import BLOCK, I64, U32, U64, header, make_blocks
from ftdata.bands.manifest import Run
from ftdata.bands.runs import RunFile
from ftdata.errors import StorageError
from ftdata.storage import write_atomically

_AT_ONCE = 8192  # blocks: some 10 MB with what is computed on them

Source = Callable[[int], Iterator[U64]]  # band → entries `key << 32 | record number`, ascending


def from_rows(bands: U32, start: int) -> Source:
    """The entries of one partition; its first record has the number `start`."""
    numbers = np.arange(start, start + len(bands), dtype=np.uint64)

    def entries(band: int) -> Iterator[U64]:
        yield np.sort(bands[:, band].astype(np.uint64) << np.uint64(32) | numbers)

    return entries


def from_run(file: RunFile, made: Run) -> Source:
    """The entries of a run's live partitions, numbered as in the run that is made of them."""
    ends = np.cumsum([member.records for member in file.run.members])
    places = dict(zip((m.key for m in made.members), _starts(made), strict=True))
    live = np.array([member.live for member in file.run.members])
    shift = np.array(
        [
            places[member.key] - (end - member.records) if member.live else 0
            for member, end in zip(file.run.members, ends.tolist(), strict=True)
        ],
        dtype=np.int64,
    )

    def entries(band: int) -> Iterator[U64]:
        keys, numbers, firsts = file.key_blocks(band), file.number_blocks(band), file.firsts(band)
        for start in range(0, len(firsts), _AT_ONCE):
            blocks = np.arange(start, min(start + _AT_ONCE, len(firsts)))
            count = file.run.records - start * BLOCK
            key = file.read_keys(band, blocks, keys, firsts).ravel()[:count]
            number = file.read_numbers(band, blocks, numbers).ravel()[:count].astype(np.int64)
            member = np.searchsorted(ends, number, side="right")
            number = number + shift[member]
            entry = (key.astype(np.uint64) << np.uint64(32)) | number.astype(np.uint64)
            yield entry if live.all() else entry[live[member]]

    return entries


def write_run(root: UPath, run: Run, sources: Sequence[Source]) -> None:
    """Write a run's file from what holds its entries."""
    layout = run.layout
    with _whole_file(root / run.name) as file:
        file.write(header(layout, run.seed))
        for band in range(run.bands if run.records else 0):
            entries = np.empty(run.records, np.uint64)
            filled = 0
            for source in sources:
                for part in source(band):
                    entries[filled : filled + len(part)] = part
                    filled += len(part)
            entries.sort(kind="stable")  # merges what is in order already: linear time
            _write_band(file, run, band, entries)


def _write_band(file: IO[bytes], run: Run, band: int, entries: U64) -> None:
    layout = run.layout
    firsts = (entries[::BLOCK] >> np.uint64(32)).astype("<u4")
    file.seek(layout.firsts(band))
    file.write(firsts.data)
    keys, numbers = layout.keys(band), layout.numbers(band)
    for start in range(0, layout.blocks, _AT_ONCE):
        blocks = np.arange(start, min(start + _AT_ONCE, layout.blocks))
        part = entries[start * BLOCK : (start + _AT_ONCE) * BLOCK]
        key, number = (part >> np.uint64(32)).astype(np.uint32), part.astype(np.uint32)
        for place, made in (
            (keys, make_blocks(key, layout.key_places(band, blocks), run.seed)),
            (numbers, make_blocks(number, layout.number_places(band, blocks), run.seed)),
        ):
            file.seek(place + start * made.strides[0])
            file.write(made.data)


@contextmanager
def _whole_file(path: UPath) -> Iterator[IO[bytes]]:
    """A file to write to that has its name only once it is whole."""
    if not isinstance(path, os.PathLike):
        memory = io.BytesIO()
        yield memory
        write_atomically(path, memory.getvalue())
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            yield file
        temporary.replace(path)
    except OSError as error:
        raise StorageError(
            f"{path}: cannot be written ({error.strerror or error}): make the data folder writable"
            " and its disk large enough, or name another with --data-dir"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def _starts(run: Run) -> list[int]:
    """The number of the first record of each partition."""
    counts: I64 = np.cumsum([0, *(member.records for member in run.members)])
    starts: list[int] = counts[:-1].tolist()
    return starts
