"""The stage `cleaned`: normalise, filter, redact and drop duplicates, in this order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ftdata.cleaning.conversations import read_conversations, with_message_fields
from ftdata.cleaning.dedup.audit import audit_duplicates
from ftdata.cleaning.dedup.duplicates import (
    REASONS,
    SEMANTIC,
    Meanings,
    drop_details,
    find_duplicates,
)
from ftdata.cleaning.dedup.fingerprints import completion_hashes, dedup_texts, fingerprint
from ftdata.cleaning.dedup.precedence import order_by_preference
from ftdata.cleaning.dedup.semantic import Vectors
from ftdata.cleaning.filters.apply import apply_filters
from ftdata.cleaning.normalize import normalize_column
from ftdata.cleaning.pii.messages import REDACTED_COLUMNS
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_dedup import Dedup
from ftdata.settings_pii import Pii
from ftdata.tables import PRINTS, StageResult, conform, drops_table

Embed = Callable[[Sequence[str]], Vectors]

_FIXED = "fixed_encoding"


@dataclass
class _Partition:
    """Rows on their way through the steps, what was dropped on it, and what was counted."""

    table: pa.Table
    drops: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)

    def drop(self, reasons: dict[int, tuple[str, str | None]]) -> None:
        """Take rows out, each (by its index) with a reason and a detail."""
        ids = self.table.column("id").to_pylist()
        self.drops += [
            {"record_id": ids[row], "stage": "cleaned", "reason": reason, "detail": detail}
            for row, (reason, detail) in sorted(reasons.items())
        ]
        stays = np.ones(len(ids), dtype=np.bool_)
        stays[list(reasons)] = False
        self.table = self.table.filter(pa.array(stays))

    def set(self, name: str, values: pa.Array) -> None:
        """Replace or add a column."""
        index = self.table.schema.get_field_index(name)
        if index < 0:
            self.table = self.table.append_column(name, values)
        else:
            self.table = self.table.set_column(index, name, values)


def clean_partition(raw: pa.Table, options: Cleaning, embed: Embed | None = None) -> StageResult:
    """The `cleaned` table of one partition from its `raw_logs` table.

    Counts conversations. Facts: `redactions` (entity → count), `fixed_encoding` (rows),
    `exact_duplicates`, `near_duplicates`, `semantic_duplicates`. Shown: `duplicates`, an `Audit`,
    where they are looked for. `embed` gives texts their vectors, where semantic duplicates are; it
    is given redacted texts alone. The outcome depends on the rows alone, not on their order in
    `raw`.
    """
    partition = _Partition(raw.sort_by([("position", "ascending"), ("id", "ascending")]))
    _normalize(partition)
    _filter(partition, options)
    _redact(partition, options.pii)
    prints = _drop_duplicates(partition, options.dedup, embed)
    return StageResult(
        table=conform("cleaned", partition.table),
        drops=drops_table(partition.drops),
        rows_in=raw.num_rows,
        rows_out=partition.table.num_rows,
        facts=partition.facts,
        prints=prints if options.dedup.enabled else None,
        shown=partition.shown,
    )


def _normalize(partition: _Partition) -> None:
    """Normalised texts; rows whose encoding was repaired are flagged."""
    messages = partition.table.column("messages")
    conversations = read_conversations(messages)
    normalized = normalize_column(conversations.contents)
    if normalized.texts != conversations.contents:
        fields = {"content": normalized.texts}
        partition.set("messages", with_message_fields(messages, fields))
    fixed = conversations.per_conversation(normalized.fixed_encoding.astype(np.int64)) > 0
    partition.set("flags", _flag_column(fixed))
    partition.facts["fixed_encoding"] = int(np.count_nonzero(fixed))


def _flag_column(fixed: npt.NDArray[np.bool_]) -> pa.ListArray:
    offsets = np.concatenate(([0], np.cumsum(fixed)))
    flags = pa.array([_FIXED] * int(offsets[-1]), pa.string())
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), flags)


def _filter(partition: _Partition, options: Cleaning) -> None:
    verdicts = apply_filters(read_conversations(partition.table.column("messages")), options)
    partition.drop({row: found for row, found in enumerate(verdicts.drops) if found})


def _redact(partition: _Partition, options: Pii) -> None:
    """Placeholders in texts and hashes for ids, counted per row and entity."""
    rows: dict[int, Counter[str]] = {}
    if options.enabled:
        for name, redact in REDACTED_COLUMNS.items():
            redacted = redact(partition.table.column(name), options.entities)
            partition.set(name, redacted.column)
            for row, counts in redacted.counts.items():
                rows.setdefault(row, Counter()).update(counts)
    counted = [sorted(rows.get(row, {}).items()) for row in range(partition.table.num_rows)]
    partition.set("redactions", pa.array(counted, pa.map_(pa.string(), pa.int32())))
    partition.facts["redactions"] = dict(sorted(sum(rows.values(), Counter()).items()))


def _drop_duplicates(partition: _Partition, options: Dedup, embed: Embed | None) -> pa.Table:
    """Drop them; returns the fingerprints of the rows that stay."""
    messages = partition.table.column("messages")
    texts = dedup_texts(messages, options.key)
    prints = fingerprint(texts, options)
    duplicates = find_duplicates(
        prints,
        options,
        order_by_preference(partition.table, options.keep),
        completion_hashes(messages, options),
        _meanings(texts, options, embed),
    )
    ids = partition.table.column("id").to_pylist()
    if options.enabled:
        partition.shown["duplicates"] = audit_duplicates(texts, ids, prints, duplicates, options)
    details = drop_details(duplicates, ids)
    for kind, reason in REASONS.items():
        if kind != SEMANTIC or embed:
            partition.facts[f"{reason}s"] = int(np.count_nonzero(duplicates.kind == kind))
    partition.drop(dict(details))
    return pa.table(prints.take(np.flatnonzero(duplicates.kept)).columns(), schema=PRINTS)


def _meanings(texts: Sequence[str], options: Dedup, embed: Embed | None) -> Meanings | None:
    if embed is None:
        return None
    return Meanings(lambda rows: embed([texts[row] for row in rows]), options.semantic_threshold)
