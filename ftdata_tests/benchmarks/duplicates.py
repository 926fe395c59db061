"""Duplicates, leakage and contamination: what issue and design promise, measured in one run.

    python -m ftdata_tests.benchmarks.duplicates --data DIR [--json] [--quick] [--only NAME]

DIR is laid out like ../shared/data; the files in it may be others. Near-duplicate pairs are found
in mixtures of 200,000 and 1,000,000 records made from its texts (duplicates_mixture), by ftdata, by
the loop everyone writes first (datasketch) and by a fast library (rensa, where it is installed),
and held against all pairs there are (duplicates_truth). Records per second are per CPU second of a
process of its own, user and system time, start-up and reading included. Then come the index on
disk, and the truth sets of DIR. `--quick` takes mixtures of 20,000 and 50,000. A target that is
missed is shown and is no failure; the exit code is 1 where a part could not run.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ftdata_tests.benchmarks.duplicates_figures import (
    Figure,
    as_json,
    at_least,
    at_most,
    line,
    stated,
)
from ftdata_tests.benchmarks.duplicates_parts import PARTS
from ftdata_tests.benchmarks.pipeline import Cost, run

PART = "mixture"
SIZES, QUICK_SIZES = (200_000, 1_000_000), (20_000, 50_000)
FASTER = {200_000: 40, 1_000_000: 50}  # times the loop's records per CPU second
PEAK_MB = {200_000: 600, 1_000_000: 2_000}
RUNS = 3  # of ours: the median counts
LEGACY_SHARE = 4  # the loop with the older permutations runs on one record of so many
_PACKAGE = "ftdata_tests.benchmarks"


@dataclass(frozen=True)
class Mixture:
    """A mixture and its true pairs, as files."""

    size: int
    records: Path
    truth: Path


def mixture_figures(data: Path, scratch: Path, *, quick: bool) -> Iterator[Figure]:
    """Every figure of the mixtures; the loop and rensa run on the smallest of them."""
    loop = 0.0
    for size in QUICK_SIZES if quick else SIZES:
        made = Mixture(size, scratch / f"{size}.jsonl", scratch / f"{size}.npz")
        yield from _make(data, made)
        ours = yield from _find("ours", made, runs=RUNS)
        yield from _drops(made)
        if not loop:
            loop = yield from _find("loop", made)
            yield from _compare(data, made, ours, scratch)
        yield _times(f"{size:,}: ours, times the loop's records per CPU second", size, ours / loop)


def _make(data: Path, made: Mixture) -> Iterator[Figure]:
    _module("duplicates_mixture", data, made.size, made.records)
    _, found = _module("duplicates_truth", "pairs", made.records, made.truth)
    for name, value in found.items():
        differs = name == "differences from brute force"
        figure = at_most(PART, f"{made.size:,}: {name}", value, 0) if differs else None
        yield figure or stated(PART, f"{made.size:,}: true {name}", value)


def _find(name: str, made: Mixture, *, runs: int = 1) -> Iterator[Figure]:
    """The figures of one way to find pairs; returns its records per CPU second."""
    found = made.records.with_suffix(f".{name}.npy")
    costs = [_module("duplicates_finders", name, made.records, found)[0] for _ in range(runs)]
    rate, peak = _rate(made, costs), max(cost.peak_mb for cost in costs)
    _, scores = _module("duplicates_truth", "score", made.truth, found)
    before = f"{made.size:,}: {name}"
    yield stated(PART, f"{before}, records per CPU second", rate)
    if name == "ours":
        yield at_least(PART, f"{before}, pair recall", scores.pop("recall"), 0.999)
        yield at_least(PART, f"{before}, pair precision", scores.pop("precision"), 1)
    for score, value in scores.items():
        yield stated(PART, f"{before}, {score}", value)
    bound = PEAK_MB.get(made.size) if name == "ours" else None
    if bound:
        yield at_most(PART, f"{before}, peak MB", peak, bound)
    else:
        yield stated(PART, f"{before}, peak MB", peak)
    return rate


def _drops(made: Mixture) -> Iterator[Figure]:
    """What `find_duplicates` drops, and what it leaves."""
    found = made.records.with_suffix(".drops.npy")
    cost, _ = _module("duplicates_finders", "ours_drops", made.records, found)
    _, scores = _module("duplicates_truth", "drops", made.truth, found)
    before = f"{made.size:,}: find_duplicates"
    yield stated(PART, f"{before}, records per CPU second", _rate(made, [cost]))
    yield stated(PART, f"{before}, peak MB", cost.peak_mb)
    yield at_least(PART, f"{before}, precision", scores.pop("precision"), 1)
    for score, value in scores.items():
        yield stated(PART, f"{before}, {score}", value)


def _compare(data: Path, made: Mixture, ours: float, scratch: Path) -> Iterator[Figure]:
    """The loop as it was with datasketch 1, and rensa."""
    size = made.size // LEGACY_SHARE
    small = Mixture(size, scratch / f"legacy_{size}.jsonl", made.truth)
    _module("duplicates_mixture", data, size, small.records)
    cost, _ = _module("duplicates_finders", "loop_legacy", small.records, scratch / "legacy.npy")
    rate = _rate(small, [cost])
    yield stated(PART, f"{size:,}: loop, permutations of datasketch 1, records per CPU s", rate)
    yield stated(PART, f"{made.size:,}: ours, times that", ours / rate)
    if importlib.util.find_spec("rensa") is None:
        yield stated(PART, f"{made.size:,}: rensa", "not installed")
        return
    rate = yield from _find("rensa", made)
    yield stated(PART, f"{made.size:,}: ours, times rensa's", ours / rate)


def _times(name: str, size: int, value: float) -> Figure:
    bound = FASTER.get(size)
    return at_least(PART, name, value, bound) if bound else stated(PART, name, value)


def _rate(made: Mixture, costs: list[Cost]) -> float:
    return made.size / statistics.median(cost.cpu_s for cost in costs)


def _module(name: str, *arguments: object) -> tuple[Cost, dict[str, float]]:
    """Run a module of this folder; what it took, and what it printed."""
    print(f"{name} {' '.join(map(str, arguments))}", file=sys.stderr)
    command = [sys.executable, "-m", f"{_PACKAGE}.{name}", *map(str, arguments)]
    cost, output = run(*command, cwd=Path.cwd())
    return cost, json.loads(output) if output else {}


def part_figures(name: str, data: Path, *, quick: bool) -> Iterator[Figure]:
    """The figures of one part, measured in a process of its own."""
    flags = ["--quick"] if quick else []
    _, output = run(
        sys.executable, "-m", f"{_PACKAGE}.duplicates_parts", name, "--data", str(data), *flags,
        cwd=Path.cwd(),
    )  # fmt: skip
    for values in json.loads(output):
        yield Figure(**values)


def show(figures: Iterator[Figure], *, silent: bool) -> tuple[list[Figure], str]:
    """Print figures as they come; all of them, and the last line of what went wrong."""
    shown: list[Figure] = []
    try:
        for figure in figures:
            shown.append(figure)
            if not silent:
                print(line(figure), flush=True)
    except subprocess.CalledProcessError as error:
        return shown, (error.stderr or error.output or str(error)).strip().rpartition("\n")[2]
    return shown, ""


def main() -> None:
    """Print every figure as a table, or all as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder like ../shared/data")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="smaller mixtures and index")
    parser.add_argument("--only", choices=[PART, *PARTS], help="measure one part")
    options = parser.parse_args()
    data, quick = options.data.absolute(), options.quick
    figures: list[Figure] = []
    failed: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name in [options.only] if options.only else [PART, *PARTS]:
            measured = (
                mixture_figures(data, Path(scratch), quick=quick)
                if name == PART
                else part_figures(name, data, quick=quick)
            )
            found, fault = show(measured, silent=options.json)
            figures += found
            if fault or not found:
                failed[name] = fault or f"{data} holds nothing to measure"
    if options.json:
        print(json.dumps({"figures": as_json(figures), "failed": failed}))
    for name, fault in failed.items():
        print(f"{name}: could not run: {fault}", file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
