"""The stage `raw_logs`: the raw files of one partition, read, extracted and joined."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from upath import UPath

from ftdata.erasures import INPUT, NONE, REASON, Erasures
from ftdata.errors import IngestError
from ftdata.ingest.conversations import Conversation, Placed, conversations_table, group_records
from ftdata.ingest.erased import find_erased
from ftdata.ingest.extraction import refuse_record
from ftdata.ingest.faults import Fault
from ftdata.ingest.files import read_records
from ftdata.ingest.inventory import RawFile
from ftdata.ingest.records import Record, RecordParser
from ftdata.keys import PartitionKey
from ftdata.message_words import indent_some
from ftdata.settings import Extraction, Source
from ftdata.tables import StageResult, drops_table

MAX_SHOWN = 10  # faults in the message about too many


@dataclass
class _Reading:
    """What has been read of a partition so far."""

    lines: int = 0
    kept: list[Placed] = field(default_factory=list)
    first_of_id: dict[str, str] = field(default_factory=dict)  # record id → origin
    drops: list[dict[str, Any]] = field(default_factory=list)
    erased: Counter[str] = field(default_factory=Counter)  # records by tombstone

    def drop(self, file: str, line: int, reason: str, detail: str | None, **more: object) -> None:
        """Note a record or a line that is not taken."""
        self.drops.append(
            {
                "stage": "raw_logs",
                "reason": reason,
                "detail": detail,
                "file": file,
                "line": line,
                **more,
            }
        )


def read_partition(
    data: UPath,
    key: PartitionKey,
    files: Sequence[RawFile],
    source: Source,
    options: Extraction,
    erasures: Erasures = NONE,
) -> tuple[StageResult, tuple[dict[str, Any], ...]]:
    """Read one partition's files below `data`; returns the stage's result and the files' facts.

    A malformed line is quarantined with file, line and reason; a record that `refuse_record` does
    not take is dropped with its reason, and so is one whose id a record taken before it has
    (`duplicate_id`, the last reason asked for: a retry after an error is no duplicate). Before all
    that what is erased is left out: its drop tells neither id nor place. What is
    left becomes rows, one a conversation. `rows_in` counts the lines that are not blank, `rows_out`
    the records taken. Each fact is `{"path", "bytes", "mtime_ns", "sha256"}`.

    Raises IngestError for a file that cannot be read as a whole, and where the share of quarantined
    lines is over `options.max_quarantine_share`.
    """
    reading = _Reading()
    midnight = dt.datetime.fromisoformat(key.date).replace(tzinfo=dt.UTC)
    lines, facts = read_lines(data, key, files, source, options)
    erased = find_erased([line.record for line in lines], erasures, key.source)
    for line, tombstone in zip(lines, erased, strict=True):
        if tombstone:
            _leave_out(reading, tombstone)
        else:
            _take(reading, line, midnight, options)
    _check_quarantine(reading, options.max_quarantine_share)
    rows = group_records(reading.kept, group_turns=options.group_turns)
    result = StageResult(
        table=conversations_table(key, rows),
        drops=drops_table(reading.drops),
        rows_in=reading.lines,
        rows_out=sum(len(row.placed) for row in rows),
        facts=_count(rows, len(facts))
        | ({INPUT: _by_name(reading.erased)} if reading.erased else {}),
    )
    return result, facts


def _file_facts(file: RawFile, sha256: str) -> dict[str, Any]:
    return {
        "path": file.path,
        "bytes": file.size,
        "mtime_ns": file.mtime_ns,
        "sha256": sha256,
    }


class Line(NamedTuple):
    """A line of a raw file, with what it holds."""

    file: str
    number: int
    record: Record | Fault


def read_lines(
    data: UPath,
    key: PartitionKey,
    files: Sequence[RawFile],
    source: Source,
    options: Extraction,
) -> tuple[list[Line], tuple[dict[str, Any], ...]]:
    """Every line of a partition's files that is not blank, and the files' facts.

    Raises IngestError for a file that cannot be read as a whole.
    """
    parser = RecordParser(key.source, source.fields)
    lines: list[Line] = []
    facts = []
    for file in sorted(files, key=lambda raw: raw.path):
        digest = hashlib.sha256()
        for number, value in read_records(
            data / file.path, file.path, options.max_line_bytes, digest
        ):
            record = value if isinstance(value, Fault) else parser.parse(value, file.path)
            lines.append(Line(file.path, number, record))
        facts.append(_file_facts(file, digest.hexdigest()))
    return lines, tuple(facts)


def _leave_out(reading: _Reading, tombstone: str) -> None:
    """Count an erased record; nothing of it is noted."""
    reading.lines += 1
    reading.erased[tombstone] += 1
    reading.drops.append({"stage": "raw_logs", "reason": REASON})


def _take(reading: _Reading, line: Line, midnight: dt.datetime, options: Extraction) -> None:
    """Keep one record, or note why not."""
    reading.lines += 1
    file, number, record = line
    if isinstance(record, Fault):
        named = {"record_id": record.record_id, "quarantined": True}
        reading.drop(file, number, record.reason, record.detail, **named)
        return
    refusal = refuse_record(record, midnight, options)
    if refusal is None and record.id in reading.first_of_id:
        refusal = "duplicate_id", f"first at {reading.first_of_id[record.id]}"
    if refusal is not None:
        reading.drop(file, number, *refusal, record_id=record.id)
        return
    origin = f"{file}:{number}"
    reading.first_of_id[record.id] = origin
    reading.kept.append(Placed(record, reading.lines, origin))


def _check_quarantine(reading: _Reading, limit: float) -> None:
    faults = [drop for drop in reading.drops if drop.get("quarantined")]
    if not faults or len(faults) <= limit * reading.lines:
        return
    shown = [
        f"{drop['file']}:{drop['line']} {drop['reason']} ({drop['detail']})"
        for drop in faults[:MAX_SHOWN]
    ]
    lines = [
        f"{len(faults)} of {reading.lines} lines are malformed"
        f" ({len(faults) / reading.lines:.1%}, the limit is {limit:.1%}):",
        *indent_some(shown, len(faults), MAX_SHOWN),
        "  Mend the files, or raise extraction.max_quarantine_share in ftdata.yaml: then they are"
        " quarantined, and the table of drops lists them all",
    ]
    raise IngestError("\n".join(lines))


def _by_name(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _count(rows: Sequence[Conversation], files: int) -> dict[str, int]:
    users = [sum(message.role == "user" for message in row.body) for row in rows]
    return {
        "files": files,
        "conversations": len(rows),
        "messages": sum(len(row.body) + len(row.system) for row in rows),
        "multi_turn": sum(count > 1 for count in users),
        "without_time": sum(row.placed[0].record.timestamp is None for row in rows),
    }
