"""Figures on speed: per second of processor time on one core, median of three, tables in memory."""

from __future__ import annotations

import multiprocessing
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import pyarrow as pa

from ftdata.cleaning.clean import clean_partition
from ftdata.cleaning.normalize import normalize_column
from ftdata_tests.benchmarks.cleaning_figures import Figure, absent
from ftdata_tests.benchmarks.cleaning_logs import NO_DUPLICATES, raw_tables
from ftdata_tests.benchmarks.cleaning_pii import SPAN_FILES, finders
from ftdata_tests.benchmarks.cleaning_truth import Find, read_labelled
from ftdata_tests.benchmarks.pipeline import run

RUNS = 3
SHORT = 300  # characters of a short text
_ALONE = "ftdata_tests.benchmarks.cleaning_speed"
# What `getrusage` tells of a child's peak begins with that of the process that started it.
_STATUS = Path("/proc/self/status")


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one run, the median of RUNS, each in a process of its own.

    What is loaded once (models, lists) is loaded before; what a run remembers of texts is gone
    with its process.
    """
    context = multiprocessing.get_context("fork")
    times = []
    for _ in range(RUNS):
        told, tells = context.Pipe(duplex=False)
        process = context.Process(target=_run, args=(work, tells))
        process.start()
        tells.close()  # so that a process that dies ends the reading, too
        times.append(float(told.recv()))
        process.join()
    return statistics.median(times)


def _run(work: Callable[[], object], tells: Connection) -> None:
    start = time.process_time()
    work()
    tells.send(time.process_time() - start)


def speed_figures(data: Path, scratch: Path) -> Iterator[Figure]:
    """Short texts through normalisation and through the recognisers; logs through `cleaned`."""
    logs = data / "logs"
    tables = raw_tables(logs, scratch / "speed") if logs.exists() else []
    if not tables:
        yield absent("conversations/s", "logs/")
        return
    short = _short_texts(tables)
    clean_partition(tables[0].slice(0, 20), NO_DUPLICATES)  # loads the models and lists
    yield _rate(f"normalised texts/s ({len(short):,} short ones of the logs)", len(short),
                lambda: normalize_column(short), target=40_000)  # fmt: skip
    yield _finding(f"PII, texts/s ({len(short):,} short ones of the logs)", short)
    truth = [text.text for text in read_labelled([data / name for name in SPAN_FILES])]
    if truth:
        yield _finding(f"PII, texts/s ({len(truth):,} texts full of it)", truth)
    rows = sum(table.num_rows for table in tables)
    yield _rate(f"cleaned without duplicates, conversations/s ({rows:,})", rows,
                lambda: [clean_partition(table, NO_DUPLICATES) for table in tables],
                target=4_000)  # fmt: skip
    _, peak = run(sys.executable, "-m", _ALONE, str(logs), str(scratch / "alone"), cwd=Path.cwd())
    name = "peak memory of a process that does that alone, tables included, MB"
    yield Figure(name, float(peak)) if peak else absent(name, str(_STATUS))


def _short_texts(tables: Sequence[pa.Table]) -> list[str]:
    """Distinct texts, since those seen before cost nothing."""
    texts = (
        message["content"]
        for table in tables
        for messages in table.column("messages").to_pylist()
        for message in messages
    )
    return list(dict.fromkeys(text for text in texts if text and len(text) <= SHORT))


def _rate(name: str, count: int, work: Callable[[], object], *, target: float) -> Figure:
    return Figure(name, count / seconds(work), target=target)


def _finding(name: str, texts: list[str]) -> Figure:
    def rate(find: Find) -> float:
        return len(texts) / seconds(lambda: [find(text) for text in texts])

    # Presidio is slower by an order: a part of the texts tells.
    few = texts[:: max(1, len(texts) // 1_000)]
    rates = {way: rate(find) for way, find in finders().items() if way != "presidio"}
    if "presidio" in finders():
        slow = finders()["presidio"]
        rates["presidio"] = len(few) / seconds(lambda: [slow(text) for text in few])
    return Figure(name, rates["ours"], rates["naive"], rates.get("presidio"), target=10_000)


def clean_alone(logs: Path, scratch: Path) -> str:
    """Read and clean logs and nothing else; its peak memory in MB, empty where none is told."""
    for table in raw_tables(logs, scratch):
        clean_partition(table, NO_DUPLICATES)
    lines = _STATUS.read_text().splitlines() if _STATUS.exists() else []
    return next((str(int(line.split()[1]) / 1_024) for line in lines if "VmHWM" in line), "")


if __name__ == "__main__":
    sys.stdout.write(clean_alone(Path(sys.argv[1]), Path(sys.argv[2])))
