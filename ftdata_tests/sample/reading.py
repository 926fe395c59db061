"""Reads raw sample files without the code under test: every line with its fault or its record."""

import csv
import datetime as dt
import gzip
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

REPOSITORY = Path(__file__).parents[2]
SHIPPED = REPOSITORY / "data" / "raw"
LOGS = ("assistant_api", "support_chat", "ticket_bot")
NAMES = {
    "id": "ticket_id",
    "conversation_id": "session",
    "timestamp": "created_at",
    "prompt": "question",
    "response": "answer",
    "user_rating": "stars",
    "category": "topic",
}


@dataclass(frozen=True)
class Line:
    source: str
    date: str
    fault: str
    values: dict[str, Any]  # under the default names; empty where the line is no JSON


def read_lines(raw: Path) -> list[Line]:
    paths = sorted(path for source in LOGS for path in raw.glob(f"{source}/**/*.*"))
    return [line for path in paths for line in read_file(raw, path)]


def read_file(raw: Path, path: Path) -> list[Line]:
    source, day = path.relative_to(raw).parts[:2]
    return [Line(source, day[:10], *judge(values)) for values in values_of(path)]


def content(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def values_of(path: Path) -> list[dict[str, Any] | str]:
    """One entry per line: the row, or the name of what keeps it from being one."""
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    if path.suffix == ".csv":
        rows = csv.DictReader(io.StringIO(content(path).decode(), newline=""))
        return [{name: cell or None for name, cell in row.items()} for row in rows]
    assert content(path).endswith(b"\n")
    return [parse(line) for line in content(path)[:-1].split(b"\n")]


def parse(line: bytes) -> dict[str, Any] | str:
    try:
        return json.loads(line.decode())
    except UnicodeDecodeError:
        return "invalid_utf8"
    except json.JSONDecodeError:
        return "bad_json"


def judge(values: dict[str, Any] | str) -> tuple[str, dict[str, Any]]:
    if isinstance(values, str):
        return values, {}
    if "ticket_id" in values:
        values = {usual: values[own] for usual, own in NAMES.items() if own in values} | {
            "error": values.get("error")
        }
    if "prompt" not in values:
        return "missing_field", values
    if not isinstance(values["prompt"], str):
        return "wrong_type", values
    try:
        return "", {"error": None, **values, "instant": instant(values["timestamp"])}
    except ValueError:
        return "bad_time", values


def instant(timestamp: str | int) -> dt.datetime:
    if isinstance(timestamp, int) or timestamp.isdecimal():
        return dt.datetime.fromtimestamp(int(timestamp), tz=dt.UTC)
    return dt.datetime.fromisoformat(timestamp)


Conversation = list[dict[str, Any]]


def conversations(lines: list[Line]) -> dict[tuple[str, str], Conversation]:
    """Well-formed records by source and conversation id, in the order of time."""
    found: dict[tuple[str, str], Conversation] = {}
    for line in lines:
        if not line.fault:
            key = (line.source, line.values["conversation_id"])
            found.setdefault(key, []).append(line.values)
    return {key: sorted(found[key], key=lambda row: row["instant"]) for key in found}


def prompts(records: Conversation) -> str:
    return "\n".join(record["prompt"] for record in records)
