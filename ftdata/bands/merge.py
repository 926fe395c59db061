"""Writing a run: a partition's own, or one from the partitions that live in several.

The work goes band by band: 8 bytes a record of the run that is made, and the mapped blocks of one
band of the runs it is made from.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, cast

import numpy as np
from upath import UPath

from ftdata.bands.format import BLOCK, I64, U32, U64, header, make_blocks
from ftdata.bands.manifest import Run
from ftdata.bands.runs import RunFile, find_following
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
    renumber = _Renumbering(file.run, made)

    def entries(band: int) -> Iterator[U64]:
        keys, numbers, firsts = file.key_blocks(band), file.number_blocks(band), file.firsts(band)
        for start in range(0, len(firsts), _AT_ONCE):
            blocks = np.arange(start, min(start + _AT_ONCE, len(firsts)))
            count = file.run.records - start * BLOCK
            key = file.read_keys(band, blocks, keys, firsts)[0].ravel()[:count]
            number = file.read_numbers(band, blocks, numbers).ravel()[:count]
            yield renumber(key, number)

    return entries


class _Renumbering:
    """Gives the records of a run their numbers in another, and leaves out the dead.

    Mostly the partitions of a run stand together in the other one, too: then one sum does it.
    Otherwise a table is kept, 5 bytes a record.
    """

    def __init__(self, run: Run, made: Run) -> None:
        places = dict(zip(made.members, _starts(made), strict=True))
        shifts = [
            places[member] - start if member.live else None
            for member, start in zip(run.members, _starts(run), strict=True)
        ]
        self._shift = shifts[0] or 0
        self._shifts, self._live = None, None
        if len({*shifts}) > 1:
            counts = [member.records for member in run.members]
            # Modulo 2^32, where a negative shift is a large one.
            wrapped = np.array([(shift or 0) % 2**32 for shift in shifts], np.uint32)
            self._shifts = np.repeat(wrapped, counts)
            self._live = np.repeat([shift is not None for shift in shifts], counts)

    def __call__(self, key: U32, number: U32) -> U64:
        """The entries of live records."""
        entries = key.astype(np.uint64) << np.uint64(32)
        if self._shifts is None or self._live is None:
            return entries | (number.astype(np.int64) + self._shift).astype(np.uint64)
        return cast("U64", (entries | (number + self._shifts[number]))[self._live[number]])


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
        following = find_following(firsts, blocks)
        for place, made in (
            (keys, make_blocks(key, layout.key_places(band, blocks), run.seed, following)),
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
