"""Training rows traced back to lines of real logs, and dropped records to their reasons.

    python -m ftdata_tests.benchmarks.lineage [--data DIR] [--project DIR] [--json]

DIR is laid out like ../shared/data. Its logs are built in a process of their own (--project takes a
project that is built from them already); then 1,000 random rows of the splits' files and 1,000
random records that are not in the dataset are explained by the function that the command calls.
Each row's lines are opened with plain Python: they must hold the id that was told, and the prompt
and response that stand in `raw_logs`. The reason of each record is worked out by a plain join of
the tables. What fails is printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from ftdata.defs.explain import explain
from ftdata.defs.explanation import Explained, Origin
from ftdata.project import Project, open_project
from ftdata.tables import SPLITS
from ftdata_tests.benchmarks import pipeline, pipeline_truth

DATA = Path(__file__).parents[3] / "shared" / "data"
SAMPLE = 1_000
MAX_SHOWN = 5


def measure(folder: Path) -> tuple[dict[str, float], list[str]]:
    """Every metric by name, and what failed."""
    project = open_project(folder / "ftdata.yaml")
    explain(project, "train:0")  # loads the lists of names once, as every process does
    rows = rows_of_splits(folder)
    dropped = reasons_of_dropped(folder)
    draw = random.Random(7)
    chosen_rows = draw.sample(rows, min(SAMPLE, len(rows)))
    chosen_records = draw.sample(sorted(dropped), min(SAMPLE, len(dropped)))
    row_faults, row_ms = trace_rows(project, folder, chosen_rows)
    drop_faults, drop_ms = trace_dropped(project, chosen_records, dropped)
    told, _ = pipeline.run(*command_line("train:0"), cwd=folder)
    return {
        "rows": len(rows),
        "rows_traced": len(chosen_rows),
        "rows_traced_to_the_line_share": 1 - len(row_faults) / len(chosen_rows),
        "row_cpu_ms_mean": sum(row_ms) / len(row_ms),
        "row_cpu_ms_p95": percentile(row_ms),
        "dropped_records": len(dropped),
        "dropped_explained": len(chosen_records),
        "dropped_reason_share": 1 - len(drop_faults) / len(chosen_records),
        "dropped_cpu_ms_mean": sum(drop_ms) / len(drop_ms),
        "dropped_cpu_ms_p95": percentile(drop_ms),
        "command_cpu_s": told.cpu_s,
        "lineage_bytes": (pipeline_truth.latest(folder) / "lineage.parquet").stat().st_size,
    }, [*row_faults, *drop_faults]


def command_line(name: str) -> Sequence[str]:
    """The command line of a user."""
    return sys.executable, "-m", "ftdata", "explain", name, "--json"


def rows_of_splits(folder: Path) -> list[str]:
    """`train:0`, `train:1`, … of every line of the splits' files."""
    names = []
    for split in SPLITS:
        with (pipeline_truth.latest(folder) / f"{split}.jsonl").open("rb") as file:
            names += [f"{split}:{row}" for row, _ in enumerate(file)]
    return names


def trace_rows(
    project: Project, folder: Path, names: Sequence[str]
) -> tuple[list[str], list[float]]:
    """What is wrong with the lines that each row leads to, and the time that each took."""
    faults, took = [], []
    for name in names:
        found, ms = timed(project, name)
        took.append(ms)
        fault = fault_of_row(folder, found)
        if fault:
            faults.append(f"{name}: {fault}")
    return faults, took


def fault_of_row(folder: Path, found: Explained) -> str:
    """Empty where every line holds the record told, as it stands in `raw_logs`."""
    if len(found.traces) != 1:
        return f"{len(found.traces)} traces"
    trace = found.traces[0]
    original = trace.parents[-1] if trace.parents else str(trace.id)
    row = raw_table(folder, trace.key.source, trace.key.date).get(original)
    if row is None:
        return f"{original} is not in raw_logs"
    if len(trace.origins) != len(row["record_ids"]):
        return f"{len(trace.origins)} lines for {len(row['record_ids'])} records"
    told = zip(trace.origins, row["record_ids"], strict=True)
    for place, (origin, record_id) in enumerate(told):
        said = [
            m for m, at in zip(row["messages"], row["turn_records"], strict=True) if at == place
        ]
        fault = fault_of_line(folder, origin, record_id, said)
        if fault:
            return f"{origin}: {fault}"
    return ""


def fault_of_line(
    folder: Path, origin: Origin, record_id: str, said: Sequence[dict[str, Any]]
) -> str:
    """Empty where that line of the raw file is that record, word by word."""
    line = json.loads(raw_lines(folder / "data" / str(origin.file))[(origin.line or 0) - 1])
    if not line["id"] == record_id == origin.record_id:
        return f"holds {line['id']}, told was {origin.record_id}"
    texts = [message["content"] for message in said]
    return "" if texts == [line["prompt"], line["response"]] else "other words than in raw_logs"


def trace_dropped(
    project: Project, names: Sequence[str], wanted: dict[str, tuple[str, str]]
) -> tuple[list[str], list[float]]:
    """Records that do not lead to their stage and reason, and the time that each took."""
    faults, took = [], []
    for name in names:
        found, ms = timed(project, name)
        took.append(ms)
        last = [(trace.decisions[-1].stage, trace.decisions[-1].reason) for trace in found.traces]
        if last != [wanted[name]]:
            faults.append(f"{name}: told {last}, joined {wanted[name]}")
    return faults, took


def reasons_of_dropped(folder: Path) -> dict[str, tuple[str, str]]:
    """Record id → stage and reason, of the records that no example of the dataset is made of."""
    latest = pipeline_truth.latest(folder)
    columns = ["record_id", "stage", "reason", "quarantined"]
    drops = pq.read_table(latest / "drops.parquet", columns=columns).to_pylist()
    why = {
        drop["record_id"]: (drop["stage"], drop["reason"])
        for drop in drops
        if drop["stage"] != "augmented"
    }
    rows = {name: row for row, names in raw_rows(folder) for name in names}
    there = {name for names in used_records(latest) for name in names}
    return {
        name: why.get(rows.get(name, name), ("nowhere", "none"))
        for name in (record["id"] for record in pipeline_truth.records(folder / "data" / "raw"))
        if name not in there
    }


def used_records(latest: Path) -> Iterator[list[str]]:
    """The records of every example."""
    table = pq.read_table(latest / "examples.parquet", columns=["record_ids"])
    yield from table.column("record_ids").to_pylist()


def raw_rows(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Each row of `raw_logs` with its records."""
    for path in sorted((folder / "data" / "built" / "raw_logs").glob("*/*")):
        for id_, row in raw_table(folder, path.parent.name, path.name).items():
            yield id_, row["record_ids"]


@cache
def raw_table(folder: Path, source: str, date: str) -> dict[str, dict[str, Any]]:
    """The rows of a partition's `raw_logs` by id."""
    place = folder / "data" / "built" / "raw_logs" / source / date
    table = json.loads((place / "partition.json").read_text())["table"]
    columns = ["id", "record_ids", "messages", "turn_records"]
    return {row["id"]: row for row in pq.read_table(place / table, columns=columns).to_pylist()}


@cache
def raw_lines(path: Path) -> list[bytes]:
    """The lines of a raw file, decompressed."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as file:
        return file.read().split(b"\n")


def timed(project: Project, name: str) -> tuple[Explained, float]:
    """What is found, and the milliseconds of CPU time, user and system, that it took."""
    started = time.process_time()
    found = explain(project, name)
    return found, (time.process_time() - started) * 1_000


def percentile(values: Sequence[float]) -> float:
    """The 95th."""
    return sorted(values)[int(len(values) * 0.95)]


def main() -> None:
    """Print every metric as a table or as one JSON object, and what failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA, help="folder that holds logs/")
    parser.add_argument("--project", type=Path, help="a project built from them already")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.project
        if folder is None:
            folder = pipeline.project(Path(scratch) / "logs", options.data.absolute() / "logs")
            pipeline.build(folder)
        metrics, faults = measure(folder.absolute())
    rounded = {name: round(value, 4) for name, value in metrics.items()}
    if options.json:
        print(json.dumps({**rounded, "faults": faults[:MAX_SHOWN]}))
        return
    for name, value in rounded.items():
        print(f"{name:<36}{value:>14,}")
    for fault in faults[:MAX_SHOWN]:
        print(f"  {fault}")


if __name__ == "__main__":
    main()
