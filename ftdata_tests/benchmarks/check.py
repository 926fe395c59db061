"""`ftdata check` over a large file: speed and memory, beside the usual loop over a part of it.

    python -m ftdata_tests.benchmarks.check --data DIR [--megabytes N] [--json]

DIR is laid out like ../shared/data; the file is made of its conversations in a temporary folder.
Each figure is of a process of its own, by the clock, start included; its memory is the largest sum
over it and the processes that it starts, where what they share counts for each. The machine should
do nothing else. What counts tokens exactly, and what is compared with it, is given the first 40 MB.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ftdata_tests.benchmarks.check_material import write_rows
from ftdata_tests.benchmarks.duplicates_figures import (
    Figure,
    as_json,
    at_least,
    at_most,
    line,
    stated,
)

PART_BYTES = 40_000_000
_LOOK_EVERY_S = 0.02
_CHECK = ("-m", "ftdata", "check", "--json", "--format", "openai")
_DONE = (0, 1)  # of a gigabyte the check says that OpenAI takes no file of that size
_USUAL = ("-m", "ftdata_tests.benchmarks.check_cookbook")
_PLAIN = ("--tokenizer", "estimate", "--no-duplicates", "--no-pii")
_WAYS = {
    "rules and tokens estimated": _PLAIN,
    "with personal data": _PLAIN[:-1],
    "with duplicates": (*_PLAIN[:2], _PLAIN[-1]),
    "with personal data and duplicates": _PLAIN[:2],
}


class Cost(NamedTuple):
    """What one command took."""

    mb_per_s: float
    mb_per_cpu_s: float  # of all processes together
    peak_mb: float


def measured(file: Path, *arguments: str) -> Cost:
    """Run Python with these arguments and the file. Raises CalledProcessError where it fails."""
    started, worked, peak = time.perf_counter(), _children_cpu_s(), 0
    command = (sys.executable, *arguments, str(file))
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_resident_kb, _family(process.pid))))
            time.sleep(_LOOK_EVERY_S)
    seconds = time.perf_counter() - started
    if process.returncode not in _DONE:
        raise subprocess.CalledProcessError(process.returncode, command)
    size = file.stat().st_size / 1e6
    return Cost(size / seconds, size / (_children_cpu_s() - worked), peak / 1_024)


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:  # it has ended
            continue
        for child in children:
            yield from _family(int(child))


def _resident_kb(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(one.split()[1]) for one in status.splitlines() if "VmRSS" in one), 0)


def figures(data: Path, folder: Path, size: int) -> Iterator[Figure]:
    """The whole file in each way, then a part of it with exact tokens and by the usual loop."""
    whole, part = folder / "train.jsonl", folder / "part.jsonl"
    rows = write_rows(data, whole, size)
    yield stated("file", "MB", whole.stat().st_size / 1e6)
    yield stated("file", "rows", rows)
    for way, options in _WAYS.items():
        found = measured(whole, *_CHECK, *options)
        if options == _PLAIN:
            yield at_least(way, "MB/s", found.mb_per_s, 60)
            yield at_most(way, "peak MB of all processes", found.peak_mb, 200)
        else:
            yield stated(way, "MB/s", found.mb_per_s)
            yield stated(way, "peak MB of all processes", found.peak_mb)
        yield stated(way, "MB/s of processor time", found.mb_per_cpu_s)
    write_rows(data, part, min(size, PART_BYTES))
    exact = measured(part, *_CHECK, "--tokenizer", "o200k", *_PLAIN[2:])
    usual = measured(part, *_USUAL)
    for name, found in (("exact tokens", exact), ("usual loop, exact tokens", usual)):
        yield stated(name, "MB/s", found.mb_per_s)
        yield stated(name, "MB/s of processor time", found.mb_per_cpu_s)
        yield stated(name, f"peak MB, of {part.stat().st_size / 1e6:.0f}", found.peak_mb)


def main() -> None:
    """Print the figures, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--megabytes", type=int, default=1_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = figures(arguments.data, Path(name), arguments.megabytes * 1_000_000)
        if arguments.json:
            print(json.dumps(as_json(found), indent=1))
        else:
            for figure in found:
                print(line(figure), flush=True)


if __name__ == "__main__":
    main()
