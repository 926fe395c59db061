"""Reading a run: blocks are taken where a look-up needs them, and each is verified as it is taken.

On a local disk the file is mapped, band by band: it stays readable when a later write removes it,
and what is resident is a band at most. Elsewhere it is read whole.
"""

from __future__ import annotations

import mmap
import os
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, cast

import numpy as np
from upath import UPath

from ftdata.bands.format import BLOCK, HEADER, I64, U32, WIDTH, header, is_whole
from ftdata.bands.manifest import MEND, Run
from ftdata.errors import IndexDamagedError, StorageError


@dataclass(frozen=True)
class RunFile:
    """A run whose file is open."""

    run: Run
    path: UPath
    stored: IO[bytes] | bytes

    def firsts(self, band: int) -> U32:
        """First key of each block of a band, as stored: `read_keys` verifies them."""
        layout = self.run.layout
        return self._view(layout.firsts(band), layout.blocks)

    def key_blocks(self, band: int) -> U32:
        """A band's key blocks as stored, blocks x 34."""
        layout = self.run.layout
        return self._view(layout.keys(band), layout.blocks * WIDTH).reshape(-1, WIDTH)

    def number_blocks(self, band: int) -> U32:
        """A band's number blocks as stored, blocks x 34."""
        layout = self.run.layout
        return self._view(layout.numbers(band), layout.blocks * WIDTH).reshape(-1, WIDTH)

    def read_keys(
        self, band: int, blocks: I64, stored: U32, firsts: U32, buffer: U32 | None = None
    ) -> tuple[U32, U32]:
        """The keys of these blocks, len(blocks) x 32, and the first key after each, all verified.

        The first key of each block in `firsts` is verified, too. The keys stand in `buffer`, where
        it is large enough: fresh memory costs more than what is done with it.
        """
        taken = _take(stored, blocks, buffer)
        places = self.run.layout.key_places(band, blocks)
        following = find_following(firsts, blocks)
        whole = is_whole(taken, places, self.run.seed, following)
        whole &= taken[:, 0] == firsts[blocks]
        if not whole.all():
            raise self._damaged(f"keys of band {band}, block {blocks[~whole][0]}")
        return taken[:, :BLOCK], following

    def read_numbers(self, band: int, blocks: I64, stored: U32, buffer: U32 | None = None) -> U32:
        """The record numbers of these blocks, verified, len(blocks) x 32, in `buffer` as above."""
        taken = _take(stored, blocks, buffer)
        places = self.run.layout.number_places(band, blocks)
        whole = is_whole(taken, places, self.run.seed)
        if not whole.all():
            raise self._damaged(f"records of band {band}, block {blocks[~whole][0]}")
        return taken[:, :BLOCK]

    def _damaged(self, place: str) -> IndexDamagedError:
        return IndexDamagedError(f"{self.path}: damaged ({place}): {MEND}")

    def _view(self, start: int, values: int) -> U32:
        if isinstance(self.stored, bytes):
            view = np.frombuffer(self.stored, "<u4", values, start)
        else:
            ahead = start % mmap.ALLOCATIONGRANULARITY
            mapped = mmap.mmap(
                self.stored.fileno(),
                ahead + values * 4,
                access=mmap.ACCESS_READ,
                offset=start - ahead,
            )
            view = np.frombuffer(mapped, "<u4", values, ahead)
        return cast("U32", view)


def _take(stored: U32, blocks: I64, buffer: U32 | None) -> U32:
    out = None if buffer is None or len(buffer) < len(blocks) else buffer[: len(blocks)]
    return stored.take(blocks, axis=0, out=out, mode="clip")  # other modes would copy twice


def find_following(firsts: U32, blocks: I64) -> U32:
    """The first key of the block after each of `blocks`; ones after the last."""
    last = len(firsts) - 1
    following = firsts[np.minimum(blocks + 1, last)]
    following[blocks == last] = 0xFFFFFFFF
    return following


def open_run(root: UPath, run: Run, stack: ExitStack) -> RunFile:
    """Open a run's file until `stack` closes, having compared its size and its header.

    Raises FileNotFoundError, IndexDamagedError and StorageError.
    """
    path = root / run.name
    expected = header(run.layout, run.seed)
    try:
        if isinstance(path, os.PathLike):
            file = stack.enter_context(path.open("rb"))
            start, size = file.read(HEADER), os.fstat(file.fileno()).st_size
            found = RunFile(run, path, file)
        else:
            data = path.read_bytes()
            start, size = data[:HEADER], len(data)
            found = RunFile(run, path, data)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StorageError(
            f"{path}: cannot be read ({error.strerror or error}): make the data folder readable"
        ) from error
    if size != run.layout.size:
        raise IndexDamagedError(
            f"{path}: damaged (of {size} bytes where {run.layout.size} were written): {MEND}"
        )
    if start != expected:
        raise IndexDamagedError(f"{path}: damaged (another file's header): {MEND}")
    return found


def find_damage(file: RunFile) -> list[str]:
    """A sentence for each band in which any byte of the run is not what was written."""
    run, layout = file.run, file.run.layout
    found = []
    for band in range(run.bands if run.records else 0):
        bad = 0
        keys, numbers, firsts = file.key_blocks(band), file.number_blocks(band), file.firsts(band)
        for start in range(0, layout.blocks, 8192):
            blocks = np.arange(start, min(start + 8192, layout.blocks))
            part = slice(start, start + 8192)
            following = find_following(firsts, blocks)
            whole = is_whole(keys[part], layout.key_places(band, blocks), run.seed, following)
            whole &= is_whole(numbers[part], layout.number_places(band, blocks), run.seed)
            whole &= keys[part, 0] == firsts[part]
            bad += len(blocks) - int(np.count_nonzero(whole))
        if bad:
            found.append(f"{file.path}: {bad} of {layout.blocks} blocks of band {band} damaged")
    return found
