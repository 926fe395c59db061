"""What the built project must be, worked out from the raw logs by plain loops."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Conversation = tuple[str, str]


def records(logs: Path) -> Iterator[dict[str, Any]]:
    """Every raw record, with its source."""
    for path in sorted(path for path in logs.glob("*/*") if path.is_file()):
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                yield {**json.loads(line), "source": path.parent.name}


def latest(folder: Path) -> Path:
    """The newest dataset version of a project folder."""
    datasets = folder / "data" / "datasets"
    return datasets / (datasets / "latest").read_text().strip()


def splits(folder: Path) -> dict[str, str]:
    """Split of every example."""
    table = pq.read_table(latest(folder) / "examples.parquet", columns=["id", "split"])
    return dict(zip(table["id"].to_pylist(), table["split"].to_pylist(), strict=True))


def examples_of(folder: Path, source: str, date: str) -> int:
    """How many examples of one partition are in the dataset."""
    table = pq.read_table(latest(folder) / "examples.parquet", columns=["source", "date"])
    return table.to_pylist().count({"source": source, "date": date})


def check_extraction(logs: Path, folder: Path) -> dict[str, float]:
    """Record ids extracted against those the default settings define."""
    rows = list(records(logs))
    wanted = {r["id"] for r in rows if r["error"] is None and (r["response"] or "").strip()}
    found: list[str] = []
    for path in sorted(folder.glob("data/built/raw_logs/*/*/partition.json")):
        table = pq.read_table(path.parent / json.loads(path.read_text())["table"])
        found += [name for names in table["record_ids"].to_pylist() for name in names]
    return {
        "records": len(rows),
        "extracted": len(found),
        "extracted_missing": len(wanted - set(found)),
        "extracted_too_many": len(found) - len(wanted & set(found)),
    }


def check_conservation(folder: Path) -> dict[str, float]:
    """Stage × partition pairs in which a row is lost, within a stage or between two."""
    stages = ("raw_logs", "cleaned", "formatted", "augmented", "validated_splits")
    broken = pairs = 0
    for path in sorted(folder.glob("data/built/raw_logs/*/*/partition.json")):
        tables = 0
        for at, stage in enumerate(stages):
            pointer = Path(str(path).replace("/raw_logs/", f"/{stage}/"))
            record = json.loads(pointer.read_text())
            drops = pq.read_metadata(pointer.parent / record["drops"]).num_rows
            added = record["facts"].get("derived", 0)
            broken += record["rows_in"] != record["rows_out"] + drops
            broken += at > 0 and record["rows_in"] - added != tables
            tables = pq.read_metadata(pointer.parent / record["table"]).num_rows
            pairs += 1
    manifest = json.loads((latest(folder) / "manifest.json").read_text())
    dataset = manifest["content"]["dataset"]
    broken += dataset["rows_in"] != dataset["rows_out"] + dataset["rows_dropped"]
    return {"stage_partitions": pairs, "conservation_broken": broken}


def check_leakage(logs: Path, folder: Path) -> dict[str, float]:
    """Conversations, and families whose members are prefixes of one another, on two sides."""
    columns = ["source", "conversation_id", "split", "messages"]
    examples = pq.read_table(latest(folder) / "examples.parquet", columns=columns).to_pylist()
    sides: dict[Conversation, set[str]] = defaultdict(set)
    for example in examples:
        sides[example["source"], example["conversation_id"]].add(example["split"])
    raw, families = _conversations(logs)
    torn = 0
    for members in families.values():
        kept = sorted(member for member in members if member in sides)
        for i, left in enumerate(kept):
            for right in kept[i + 1 :]:
                if sides[left] != sides[right] and _is_prefix(raw[left], raw[right]):
                    torn += 1
    return {
        "examples": len(examples),
        "examples_train": sum(e["split"] == "train" for e in examples),
        "examples_validation": sum(e["split"] == "validation" for e in examples),
        "examples_test": sum(e["split"] == "test" for e in examples),
        "conversations_on_two_sides": sum(len(found) > 1 for found in sides.values()),
        "prefix_family_pairs_on_two_sides": torn,
    }


def _conversations(
    logs: Path,
) -> tuple[dict[Conversation, list[tuple[str, str]]], dict[str, set[Conversation]]]:
    with gzip.open(logs / "truth.jsonl.gz", "rt", encoding="utf-8") as file:
        family = {row["id"]: row["family"] for row in map(json.loads, file)}
    turns: dict[Conversation, list[tuple[dt.datetime, str, str]]] = defaultdict(list)
    families: dict[str, set[Conversation]] = defaultdict(set)
    for record in records(logs):
        conversation = (record["source"], record["conversation_id"])
        if record["error"] is None and (record["response"] or "").strip():
            at = dt.datetime.fromisoformat(record["timestamp"].replace("Z", "+00:00"))
            turns[conversation].append((at, record["prompt"], record["response"]))
        if family.get(record["id"]):
            families[family[record["id"]]].add(conversation)
    ordered = {
        conversation: [(prompt, reply) for _, prompt, reply in sorted(found, key=lambda t: t[0])]
        for conversation, found in turns.items()
    }
    return ordered, families


def _is_prefix(left: list[tuple[str, str]], right: list[tuple[str, str]]) -> bool:
    short, long = sorted((left, right), key=len)
    return long[: len(short)] == short
