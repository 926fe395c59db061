"""Examples as plain rows, the files of a version made of them, and what is found in those."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from upath import UPath

from ftdata import tables
from ftdata.reporting.examine import examine
from ftdata.reporting.judge import judge
from ftdata.reporting.statistics import DatasetWarning, Profile, Statistics
from ftdata.settings_report import Report

Row = dict[str, Any]
TODAY = dt.date(2025, 4, 1)
VERSION = "0123456789abcdef"
_READ = (
    "id", "split", "source", "date", "parent_id", "provenance", "tags", "tokens",
    "trained_tokens", "messages", "rejected",
)  # fmt: skip
_SPLITS = ("train",) * 8 + ("validation", "test")


def text(seed: int, length: int) -> str:
    """That many words without a stop word among them, others for another seed."""
    return " ".join(f"word{(seed * 31 + at * (seed % 7 + 1)) % 997}" for at in range(length))


def say(role: str, content: str | None, weight: int | None = None) -> Row:
    """One message."""
    shown = 1 if role == "assistant" and weight is None else weight
    return {"role": role, "content": content, "weight": shown}


def chat(prompt: str, completion: str) -> list[Row]:
    """One turn."""
    return [say("user", prompt), say("assistant", completion)]


def example(at: int, **changed: Any) -> Row:
    """The example number `at` of a dataset that nothing is to be said against."""
    tags = {"category": "tents" if at % 2 else "rental", "language": "en"}
    if at % 20 == 0:
        tags["refusal"] = "decline"
    return {
        "id": f"id-{at}",
        "split": _SPLITS[at // 2 % 10],
        "source": "web",
        "date": f"2025-03-{1 + at // 2 % 3:02}",
        "parent_id": None,
        "provenance": "log",
        "tags": tags,
        "tokens": 100,
        "trained_tokens": 60,
        "messages": chat(text(at, 3 + at * 7 % 50), text(at + 500, 5 + at * 11 % 90)),
        "rejected": None,
        **changed,
    }


def sound(count: int = 120) -> list[Row]:
    """Examples that no rule warns about where the goal is style."""
    return [example(at) for at in range(count)]


def write_examples(folder: UPath, rows: Sequence[Row]) -> None:
    """`examples.parquet` with two row groups where there are rows enough."""
    fields = [(name, tables.column_type("validated_splits", name)) for name in _READ]
    listed = [{**row, "tags": list(row["tags"].items())} for row in rows]
    table = pa.Table.from_pylist(listed, schema=pa.schema(fields))
    with (folder / "examples.parquet").open("wb") as file:
        pq.write_table(table, file, row_group_size=max(len(rows) // 2, 1))


def write_drops(folder: UPath, drops: Iterable[tuple[str, str, str | None]]) -> None:
    """`drops.parquet` with stage, reason and date of each."""
    names = ("stage", "reason", "date")
    columns = pa.schema([(name, pa.string()) for name in names])
    rows = [dict(zip(names, drop, strict=True)) for drop in drops]
    with (folder / "drops.parquet").open("wb") as file:
        pq.write_table(pa.Table.from_pylist(rows, schema=columns), file)


def manifest(**rows_in: int) -> dict[str, Any]:
    """What of a manifest is read; `rows_in` by stage."""
    dataset = rows_in.pop("dataset", 0)
    totals = {stage: {"rows_in": rows} for stage, rows in rows_in.items()}
    content = {"stages": {"totals": totals}, "dataset": {"rows_in": dataset}}
    return {"version": VERSION, "content": content}


def examined(
    rows: Sequence[Row],
    drops: Iterable[tuple[str, str, str | None]] = (),
    redactions: Mapping[str, Mapping[str, int]] | None = None,
    sample: int = 1_000,
    **rows_in: int,
) -> Statistics:
    """The statistics of a version of these rows."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = UPath(scratch)
        write_examples(folder, rows)
        write_drops(folder, drops)
        return examine(folder, manifest(**rows_in), redactions or {}, sample)


def judged(
    rows: Sequence[Row],
    previous: Profile | None = None,
    today: dt.date = TODAY,
    **options: Any,
) -> dict[str, DatasetWarning]:
    """The warnings about a version of these rows, by name."""
    before = ("fedcba9876543210", previous) if previous is not None else None
    settings = Report(**{"goal": "style", **options})
    report = judge(examined(rows), before, settings, today)
    return {warning.name: warning for warning in report.warnings}
