"""Spreads the preparing of rows over the cores: in blocks, joined in their order."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial

import pyarrow as pa

from ftdata.cleaning.prepare import Prepared, forget_texts, prepare_rows
from ftdata.errors import UsageError
from ftdata.settings_cleaning import Cleaning

BLOCK = 2_000  # rows prepared at once: bounds the memory of a step
SPREAD_FROM = 12_000  # rows from which the start of other processes (about a second) pays


def prepare_partition(raw: pa.Table, options: Cleaning, key: bytes | None = None) -> list[Prepared]:
    """Blocks of prepared rows, in order; the same ones whatever the number of processes."""
    blocks = [raw.slice(start, BLOCK) for start in range(0, raw.num_rows, BLOCK)] or [raw]
    workers = min(options.max_workers or os.cpu_count() or 1, len(blocks))
    if workers == 1 or raw.num_rows < SPREAD_FROM:
        try:
            return [prepare_rows(block, options, key) for block in blocks]
        finally:
            forget_texts()
    return list(_spread(blocks, options, key, workers))


def _spread(
    blocks: list[pa.Table], options: Cleaning, key: bytes | None, workers: int
) -> Iterator[Prepared]:
    # Not forked: the process may run threads, as Dagster's do, and a fork copies their locks.
    context = multiprocessing.get_context("spawn")
    prepare = partial(_prepare, options=options, key=key)
    try:
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            waiting: deque[Future[Prepared]] = deque()
            for block in blocks:
                waiting.append(pool.submit(prepare, _packed(block)))
                if len(waiting) >= 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise UsageError(
            "a process that cleaned a part of this partition could not start or was killed, as"
            " happens where memory is short: set cleaning.max_workers to 1 in ftdata.yaml"
        ) from error


def _prepare(packed: bytes, options: Cleaning, key: bytes | None) -> Prepared:
    return prepare_rows(pa.ipc.open_stream(packed).read_all(), options, key)


def _packed(block: pa.Table) -> bytes:
    """The rows of a slice alone: pickled, a slice would carry the whole table along."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, block.schema) as writer:
        writer.write_table(block)
    return bytes(sink.getvalue())
