"""What a raw file is, from its name alone: its format, its compression, its date."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

RecordFormat = Literal["jsonl", "csv", "parquet"]
Compression = Literal["none", "gz", "zst"]

RECORD_ENDINGS: dict[str, tuple[RecordFormat, Compression]] = {
    ".jsonl": ("jsonl", "none"),
    ".jsonl.gz": ("jsonl", "gz"),
    ".jsonl.zst": ("jsonl", "zst"),
    ".ndjson": ("jsonl", "none"),
    ".ndjson.gz": ("jsonl", "gz"),
    ".ndjson.zst": ("jsonl", "zst"),
    ".csv": ("csv", "none"),
    ".csv.gz": ("csv", "gz"),
    ".csv.zst": ("csv", "zst"),
    ".parquet": ("parquet", "none"),
}

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def record_ending(name: str) -> str | None:
    """The ending that makes a file a record file, such as `.jsonl.gz`; None for other files."""
    lowered = name.lower()
    return next((ending for ending in RECORD_ENDINGS if lowered.endswith(ending)), None)


def date_of(stem: str) -> dt.date | None:
    """The date that a file's name without its ending, or a folder's name, writes out.

    None where the text does not look like one. Raises ValueError for a day that never was.
    """
    return dt.date.fromisoformat(stem) if _DATE.fullmatch(stem) else None
