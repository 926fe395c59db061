"""The whole pipeline over a folder of logs: cost, sameness, stability, conservation, leakage.

    python -m ftdata_tests.benchmarks.pipeline --data DIR [--json] [--quick]

DIR is laid out like ../shared/data: logs/<source>/<date>.jsonl[.gz] and logs/truth.jsonl.gz. Every
measured build is a process of its own, so CPU seconds and peak memory include start-up. `--quick`
leaves out the build in reverse order, one partition at a time.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from ftdata_tests.benchmarks import pipeline_truth as truth

REVERSED = "ftdata_tests.benchmarks.build_reversed"


@dataclass(frozen=True)
class Cost:
    """What one process took."""

    cpu_s: float
    wall_s: float
    peak_mb: float


def run(*arguments: str, cwd: Path) -> tuple[Cost, str]:
    """Run a command to its end. Raises CalledProcessError where it fails."""
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        with subprocess.Popen(arguments, cwd=cwd, stdout=out, stderr=err, env=_environment()) as p:
            _, status, used = os.wait4(p.pid, 0)
            p.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if p.returncode:
            raise subprocess.CalledProcessError(p.returncode, arguments, out.read(), err.read())
        return _cost(used, time.perf_counter() - started), out.read()


def project(folder: Path, logs: Path, *, until: str = "9999") -> Path:
    """A project folder with default settings and the raw files up to a date."""
    run(sys.executable, "-m", "ftdata", "init", str(folder), cwd=folder.parent)
    for path in raw_files(logs):
        if path.name[:10] <= until:
            copy(path, folder)
    return folder


def raw_files(logs: Path) -> list[Path]:
    """The raw files of every source, sorted."""
    return sorted(path for path in logs.glob("*/*") if path.is_file())


def copy(path: Path, folder: Path) -> None:
    """Put a raw file where a project looks for it."""
    target = folder / "data" / "raw" / path.parent.name / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


def build(folder: Path) -> tuple[Cost, dict[str, object]]:
    """`ftdata build` as a user runs it, and its report."""
    cost, output = run(sys.executable, "-m", "ftdata", "build", "--json", cwd=folder)
    return cost, json.loads(output)


def measure(logs: Path, scratch: Path, *, quick: bool) -> dict[str, float]:
    """Every metric, by name."""
    files = raw_files(logs)
    whole = project(scratch / "whole", logs)
    cost, report = build(whole)
    version = report["dataset"]["version"]
    metrics: dict[str, float] = {
        "raw_files": len(files),
        "build_cpu_s": cost.cpu_s,
        "build_wall_s": cost.wall_s,
        "build_peak_mb": cost.peak_mb,
    }
    again, report = build(whole)
    metrics |= {"nothing_to_do_cpu_s": again.cpu_s}
    metrics["same_hash_built_again"] = float(report["dataset"]["version"] == version)
    metrics |= truth.check_extraction(logs, whole)
    metrics |= truth.check_conservation(whole)
    metrics |= truth.check_leakage(logs, whole)
    metrics |= append_and_remove(logs, scratch, version)
    metrics |= new_partition(whole)
    if not quick:
        folder = project(scratch / "reversed", logs)
        run(sys.executable, "-m", REVERSED, cwd=folder)
        _, report = build(folder)
        same = report["dataset"]["version"] == version
        metrics["same_hash_one_by_one_reversed"] = float(same)
    return {name: round(value, 3) for name, value in metrics.items()}


def append_and_remove(logs: Path, scratch: Path, version: str) -> dict[str, float]:
    """Build to day 20, then to the end; then take one raw file away."""
    days = sorted({path.name[:10] for path in raw_files(logs)})
    folder = project(scratch / "grown", logs, until=days[min(19, len(days) - 2)])
    build(folder)
    early = truth.splits(folder)
    for path in raw_files(logs):
        copy(path, folder)
    _, report = build(folder)
    late = truth.splits(folder)
    same = float(report["dataset"]["version"] == version)
    taken = raw_files(logs)[-1]
    (folder / "data" / "raw" / taken.parent.name / taken.name).unlink()
    build(folder)
    left = truth.examples_of(folder, taken.parent.name, taken.name[:10])
    return {
        "append_examples_before": len(early),
        "append_moved": sum(late.get(key, early[key]) != early[key] for key in early),
        "append_gone": sum(key not in late for key in early),
        "same_hash_grown": same,
        "removed_file_examples_left": left,
    }


def new_partition(folder: Path) -> dict[str, float]:
    """A new day with 300 records, dataset included."""
    rows = [
        {
            "id": f"new-{n}",
            "conversation_id": f"new-conversation-{n // 2}",
            "timestamp": f"2025-06-01T{n // 60:02}:{n % 60:02}:00Z",
            "prompt": f"Question {n}: how do I change setting {n * 7} of device {n * 13}?",
            "response": f"Open menu {n}, choose entry {n * 7}, and confirm device {n * 13}.",
        }
        for n in range(300)
    ]
    path = folder / "data" / "raw" / "support_chat" / "2025-06-01.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    cost, _ = build(folder)
    return {
        "new_partition_cpu_s": cost.cpu_s,
        "new_partition_wall_s": cost.wall_s,
        "new_partition_peak_mb": cost.peak_mb,
    }


def _cost(used: resource.struct_rusage, wall: float) -> Cost:
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def _environment() -> dict[str, str]:
    own = {key: value for key, value in os.environ.items() if key != "DAGSTER_HOME"}
    return {**own, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def main() -> None:
    """Print every metric as a table or as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds logs/")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="leave out the reversed build")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        logs = options.data.absolute() / "logs"
        metrics = measure(logs, Path(scratch), quick=options.quick)
    if options.json:
        print(json.dumps(metrics))
    else:
        for name, value in metrics.items():
            print(f"{name:<36}{value:>14,.3f}".rstrip("0").rstrip("."))


if __name__ == "__main__":
    main()
