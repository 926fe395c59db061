"""What `ftdata explain` finds out: its result objects, and nothing that fills them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ftdata.keys import PartitionKey

Outcome = Literal["read", "made", "derived", "kept", "dropped", "quarantined", "in", "unknown"]
MadeFrom = Literal["record", "section", "task"]


@dataclass(frozen=True)
class Origin:
    """Where a raw record, a section or a task stands."""

    file: str | None  # relative to the data folder
    line: int | None  # from 1, of the file as it is when decompressed
    record_id: str | None  # None where it would be shown before it is redacted
    is_private: bool = False  # the file's own name is personal: `file` is what stands for it

    def __str__(self) -> str:
        """The file and line that an editor opens."""
        return f"{self.file or 'unknown'}" + (f":{self.line}" if self.line else "")


@dataclass(frozen=True)
class Decision:
    """What one stage did, and why."""

    stage: str
    outcome: Outcome
    reason: str | None = None  # of a drop, in snake_case
    detail: str | None = None
    setting: str | None = None  # that decided it, with its present value
    refers_to: str | None = None  # the example that it repeats, or was derived from
    refers_to_origins: tuple[Origin, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_final(self) -> bool:
        """Whether nothing comes after it."""
        return self.outcome in ("dropped", "quarantined", "unknown")


@dataclass(frozen=True)
class DerivedVariant:
    """A variant of the example, and what became of it."""

    id: str
    provenance: str
    fate: str


@dataclass(frozen=True)
class Trace:
    """One record, section or example on its way through the stages."""

    key: PartitionKey
    id: str | None  # None where it was dropped before it became a row
    conversation_id: str | None  # of a section's example the section; None as for `record_id`
    made_from: MadeFrom
    origins: tuple[Origin, ...]
    parents: tuple[str, ...]  # of a variant: its parent, and so on to the original
    decisions: tuple[Decision, ...]  # in the order of the stages; at least one
    variants: tuple[DerivedVariant, ...] = ()
    excerpt: tuple[tuple[str, str], ...] = ()  # role and redacted text of some messages

    @property
    def fate(self) -> str:
        """What came of it in the end, in some words."""
        last = self.decisions[-1]
        if last.outcome == "in":
            return in_dataset(last.facts["split"], last.facts["file_row"])
        if last.outcome in ("dropped", "quarantined"):
            return f"{last.outcome} by {last.stage}: {last.reason}"
        return f"{last.stage}: {last.detail or last.outcome}"


@dataclass(frozen=True)
class Erased:
    """A tombstone that stands for what was asked for."""

    kind: str  # user, conversation, record or example
    date: str  # of the request (ISO)
    tombstone: str  # its name


@dataclass(frozen=True)
class Explained:
    """All that answers to a name."""

    asked: str
    version: str | None  # of the dataset that was looked at
    traces: tuple[Trace, ...]
    erased: tuple[Erased, ...]
    searched: tuple[str, ...]


def in_dataset(split: str, file_row: int | None) -> str:
    """`in train, row 17`; a preference pair has no row of its own."""
    return f"in {split}" + (f", row {file_row:,}" if file_row is not None else ", as a pair")
