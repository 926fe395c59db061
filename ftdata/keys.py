"""A partition's key: one source on one date, written `2025-03-01|web` as Dagster does."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal, Self

from ftdata.errors import PartitionError

SourceKind = Literal["logs", "examples", "documents", "synthetic"]
SOURCE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, order=True)
class PartitionKey:
    """Sorts in the canonical order: by date, then by source."""

    date: str
    source: str

    def __post_init__(self) -> None:
        """Refuse what could not be a folder name: a key becomes a path below the data folder."""
        if not SOURCE_NAME.fullmatch(self.source):
            raise PartitionError(
                f"{self.source!r} is no source name: use letters, digits, `_` and `-`"
            )
        try:
            iso = dt.date.fromisoformat(self.date).isoformat()
        except ValueError:
            iso = ""
        if iso != self.date:
            raise PartitionError(f"{self.date!r} is no date: write it as 2025-03-01")

    def __str__(self) -> str:
        """The key as Dagster writes it."""
        return f"{self.date}|{self.source}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key that `str` wrote. Raises PartitionError."""
        date, bar, source = text.partition("|")
        if not bar:
            raise PartitionError(f"{text!r} is no partition: write it as 2025-03-01|web")
        return cls(date=date, source=source)
