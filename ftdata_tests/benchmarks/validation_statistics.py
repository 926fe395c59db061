"""Part `statistics`: a million examples of about a hundred words, read in a process of its own.

Their texts are those of DIR/logs, joined until there are words enough; a number at the end makes
each differ. The process does nothing but what `dataset_report` does: statistics and warnings.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from upath import UPath

from ftdata.release.examples import examples_schema
from ftdata.reporting.examine import examine
from ftdata.reporting.judge import judge
from ftdata.reporting.statistics import as_json
from ftdata.settings_report import Report
from ftdata.tables import DROPS

EXAMPLES = 1_000_000
PARTITION = 20_000  # examples
LEAST_WORDS = 45  # of an example: as texts are long and short, the mean is about a hundred
MOST_SECONDS = 45
MOST_MB = 1_500
_ALONE = "ftdata_tests.benchmarks.validation_statistics"
_SPLITS = ("train",) * 8 + ("validation", "test")
_MANIFEST = {
    "version": "0" * 16,
    "content": {"stages": {"totals": {}}, "dataset": {"rows_in": EXAMPLES}},
}
# What `getrusage` tells of a child's peak begins with that of the process that started it.
_STATUS = Path("/proc/self/status")


def measure(data: Path) -> dict[str, Any]:
    """Seconds of the processor and peak memory, with the most that is wanted."""
    with tempfile.TemporaryDirectory() as scratch:
        write_examples(Path(scratch), data, EXAMPLES)
        done = subprocess.run(
            [sys.executable, "-m", _ALONE, scratch], capture_output=True, text=True, check=True
        )
    return {
        **json.loads(done.stdout),
        "seconds wanted at most": MOST_SECONDS,
        "peak MB wanted at most": MOST_MB,
    }


def write_examples(folder: Path, data: Path, count: int) -> None:
    """`examples.parquet` with that many examples in partitions of a date, and no drops."""
    turns = cycle(list(_turns(data)))
    schema = examples_schema()
    with pq.ParquetWriter(folder / "examples.parquet", schema, compression="zstd") as writer:
        for first in range(0, count, PARTITION):
            rows = [_row(at, turns) for at in range(first, min(first + PARTITION, count))]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    place = [pa.field("source", pa.string()), pa.field("date", pa.string())]
    pq.write_table(pa.schema([*DROPS, *place]).empty_table(), folder / "drops.parquet")


def _turns(data: Path) -> Iterator[dict[str, Any]]:
    """The records of the logs that can be read, in the order of their files."""
    for path in sorted((data / "logs").glob("*/*.json*")):
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8", "replace")
        for line in text.splitlines():
            try:
                record = json.loads(line)
            except json.JSONDecodeError:
                continue
            if isinstance(record, dict) and record.get("prompt") and record.get("response"):
                yield record


def _row(at: int, turns: Iterator[dict[str, Any]]) -> dict[str, Any]:
    day = dt.date(2025, 1, 1) + dt.timedelta(at // PARTITION)
    messages, words, record = [], 0, next(turns)
    while True:
        for role, name in (("user", "prompt"), ("assistant", "response")):
            content = f"{record[name]} {at}"
            weight = 1 if role == "assistant" else None
            messages.append({"role": role, "content": content, "weight": weight})
            words += len(content.split())
        if words >= LEAST_WORDS:
            break
        record = next(turns)
    return {
        "id": f"id-{at}", "split": _SPLITS[at % 10], "source": "web", "date": day.isoformat(),
        "position": at, "variant": 0, "conversation_id": f"c-{at}", "group_id": f"id-{at}",
        "provenance": "log", "record_ids": [], "origins": [], "tokens": 2 * words,
        "trained_tokens": words, "tokenizer": "estimate", "messages": messages,
        "tags": [("category", str(record.get("category"))), ("language", "en")],
    }  # fmt: skip


def read_alone(folder: UPath) -> dict[str, Any]:
    """What the report costs in this process, and on how much."""
    started = time.process_time()
    statistics = examine(folder, _MANIFEST, {}, Report().sample_examples)
    report = judge(statistics, None, Report(), dt.date(2025, 6, 1))
    size = len(json.dumps(as_json(report)))
    seconds = time.process_time() - started
    lines = _STATUS.read_text().splitlines() if _STATUS.exists() else []
    peak = next((int(line.split()[1]) / 1_024 for line in lines if "VmHWM" in line), None)
    whole = statistics.parts["all"]
    return {
        "examples": whole.examples,
        "words an example": whole.lengths["whole_words"].mean,
        "MB of JSON": round(size / 1e6, 2),
        "seconds": round(seconds, 1),
        "peak MB": None if peak is None else round(peak),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(read_alone(UPath(sys.argv[1]))))
