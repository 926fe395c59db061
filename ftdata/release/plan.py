"""What a release is asked for and what it returns: selections, context, result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from upath import UPath

from ftdata.keys import PartitionKey
from ftdata.settings import Settings
from ftdata.storage import StoredPartition

Progress = Callable[[int, int], None]
"""Called with the number of partitions written and the number there are."""

Gate = Callable[[Path], bool]
"""Shown the finished folder of a version; says whether it may become the newest."""


@dataclass(frozen=True, eq=False)
class Selection:
    """What becomes of one partition's `validated_splits` table, row by row.

    All three hold one value per row of that table; split and group of a row that is not kept are
    ignored.
    """

    key: PartitionKey
    keep: npt.NDArray[np.bool_]
    split: Sequence[str] | npt.NDArray[Any]
    group_id: Sequence[str] | npt.NDArray[Any]


class ContaminationHit(NamedTuple):
    """An example that contains an evaluation item."""

    example: str  # id
    split: str | None  # None where the example was dropped for it
    file: str  # of the item, relative to the data folder
    line: int
    item: str  # id of the item
    coverage: float  # share of the item that the example contains
    action: str  # report, flag or drop

    @property
    def name(self) -> str:
        """The item's name: `evals/gsm8k.jsonl:test-12`."""
        return f"{self.file}:{self.item}"


class EarlierDocument(NamedTuple):
    """A document whose examples stay though it is not in its source's newest snapshot."""

    file: str  # its newest form, relative to the data folder; a name that is personal is a hash
    newest: str  # date of the newest snapshot
    is_rejected: bool  # it is there, but could not be read


@dataclass(frozen=True)
class LargestGroup:
    """The group of tied examples with the most members, and what ties it."""

    group_id: str
    size: int
    examples: int  # in the whole dataset
    is_giant: bool  # a larger share of them than checks.max_group_share
    ties: Mapping[str, int]  # kind → examples tied in this way to another of the group
    shared_kind: str  # of the one thing that most of them share; empty where there is no tie
    shared_by: int
    excerpt: str  # of that thing: redacted, and cut
    samples: tuple[str, ...]  # ids of two that share it
    advice: str

    def most_first(self) -> list[tuple[str, int]]:
        """What ties it, by the number of examples."""
        return sorted(self.ties.items(), key=lambda pair: (-pair[1], pair[0]))


@dataclass(frozen=True, eq=False)
class ReleaseContext:
    """All that a release says about how it was made."""

    settings: Settings
    settings_hash: Mapping[str, str]  # section → hash
    drops: pa.Table  # tables.DROPS: one row for each row that no selection keeps
    stage_records: Sequence[StoredPartition]  # of every stage and partition that counts now
    libraries: Mapping[str, str]  # name → version
    left_out: Sequence[str]  # sentences about partitions that are missing, stale or blocked
    evaluations: Sequence[Mapping[str, Any]] = ()  # path, bytes, sha256, items, too_short
    prompts: Sequence[str] = ()  # name, version and hash of each prompt that a model was asked with
    paid: Sequence[Mapping[str, Any]] = ()  # requests, tokens and cost by stage and source
    hits: Sequence[ContaminationHit] = ()  # by example in canonical order, then by item
    selection: Sequence[Mapping[str, Any]] = ()  # rule, before, after, by, note
    holdout: Mapping[str, Any] | None = None  # path, sha256, ids, examples, unknown_ids
    largest_group: LargestGroup | None = None
    earlier_documents: Mapping[EarlierDocument, int] = field(default_factory=dict)  # → examples


@dataclass(frozen=True)
class Release:
    """One dataset version as it stands below `datasets/`."""

    version: str
    folder: UPath
    manifest: dict[str, Any]
    is_published: bool  # false where the gate refused it: then there is no such folder
