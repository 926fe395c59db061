"""What an export target is: a record with a function, nothing to inherit from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ftdata.release.examples import Example

Status = Literal["live", "sunset", "retired"]


@dataclass(frozen=True)
class Exporter:
    """One target: what is written for it, whether it is alive and what it cannot carry.

    `rows` is given plain examples, or preference pairs alone where it `holds` those.
    """

    name: str
    status: Status
    folder: str  # below the version's folder; empty for the top level
    loss: str  # one sentence
    rows: Callable[[Example], Iterator[dict[str, Any]]]
    holds: Literal["examples", "pairs"] = "examples"

    def file(self, split: str) -> str:
        """Path of a split's file below the version's folder."""
        return f"{self.folder}/{split}.jsonl" if self.folder else f"{split}.jsonl"
