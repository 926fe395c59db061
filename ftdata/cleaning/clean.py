"""The stage `cleaned`: prepare every row, cap refusals, drop duplicates, in this order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.cleaning.conversations import one_array
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
from ftdata.cleaning.filters.refusals import cap_refusals
from ftdata.cleaning.named_record import name_record
from ftdata.cleaning.pii.paths import hide_paths, private_paths
from ftdata.cleaning.screening import Excerpt, Screening, join_excerpts, quality_histogram
from ftdata.cleaning.spread import prepare_partition
from ftdata.cleaning.worse_replies import find_worse_replies
from ftdata.errors import FilterError, SettingsError
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_dedup import Dedup
from ftdata.tables import PRINTS, StageResult, conform, drops_table

Embed = Callable[[Sequence[str]], Vectors]


@dataclass
class _Partition:
    """Rows on their way through the steps, what was dropped on it, and what was counted."""

    table: pa.Table
    drops: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    excerpts: dict[str, list[Excerpt]] = field(default_factory=dict)

    def note(self, drops: Iterable[tuple[str, tuple[str, str | None]]]) -> None:
        """Note rows that are not there any more, by id, each with a reason and a detail."""
        self.drops += [
            {"record_id": id_, "stage": "cleaned", "reason": reason, "detail": detail}
            for id_, (reason, detail) in drops
        ]

    def drop(self, reasons: Mapping[int, tuple[str, str | None]]) -> None:
        """Take rows out, each (by its index) with a reason and a detail."""
        ids = self.table.column("id").to_pylist()
        self.note((ids[row], found) for row, found in sorted(reasons.items()))
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


def clean_partition(
    raw: pa.Table, options: Cleaning, embed: Embed | None = None, key: bytes | None = None
) -> StageResult:
    """The `cleaned` table of one partition from its `raw_logs` table.

    Counts conversations. Facts: `redactions` (entity → count), `flags`, `refusals` and `languages`
    (name → rows, before duplicates are dropped), `exact_duplicates`, `near_duplicates`,
    `semantic_duplicates`. Shown: `screening`, a `Screening`, and `duplicates`, an `Audit`, where
    they are looked for. `embed` gives texts their vectors, where semantic duplicates are; it is
    given redacted texts alone. `key` is that of surrogates and hashes, where a mode asks for it.
    The outcome depends on the rows alone, not on their order nor on the number of processes.

    Raises SettingsError where a package that the settings ask for is not installed, or a custom
    filter cannot be used.
    """
    rows = raw.sort_by([("position", "ascending"), ("id", "ascending")])
    names = private_paths(rows, _files(rows), options.pii) if options.pii.enabled else {}
    try:
        partition = _prepared(rows, options, key)
    except FilterError as error:
        row = rows.filter(pc.equal(rows.column("id"), error.record_id))
        raise SettingsError(f"{name_record(row, options.pii, key, names)}: {error}") from None
    partition.set("origins", hide_paths(partition.table.column("origins"), names))
    # Before rows are dropped for what other rows are: what is lost there may be a worse reply.
    partition.set("worse_reply", find_worse_replies(partition.table))
    _cap_refusals(partition, options)
    _show_screening(partition, raw.num_rows)
    prints = _drop_duplicates(partition, options.dedup, embed)
    return StageResult(
        table=conform("cleaned", partition.table),
        drops=drops_table(partition.drops),
        rows_in=raw.num_rows,
        rows_out=partition.table.num_rows,
        facts=partition.facts,
        prints=prints if options.dedup.enabled else None,
        shown=partition.shown,
        renamed=names,
    )


def _files(rows: pa.Table) -> list[str]:
    origins = one_array(rows.column("origins")).flatten().to_pylist()
    return sorted({origin.rpartition(":")[0] for origin in origins})


def _prepared(rows: pa.Table, options: Cleaning, key: bytes | None) -> _Partition:
    """The rows after every step that looks at one conversation alone."""
    blocks = prepare_partition(rows, options, key)
    partition = _Partition(pa.concat_tables([block.table for block in blocks]))
    for block in blocks:
        partition.note(block.drops)
    redactions: Counter[str] = sum((block.redactions for block in blocks), Counter())
    partition.facts["redactions"] = dict(sorted(redactions.items()))
    partition.excerpts = join_excerpts(block.excerpts for block in blocks)
    return partition


def _cap_refusals(partition: _Partition, options: Cleaning) -> None:
    """Drop refusals of the kinds of which there are more than the settings let stay."""
    kinds, ids = (partition.table.column(name).to_pylist() for name in ("refusal", "id"))
    partition.drop(cap_refusals(kinds, options.refusals.max_share, ids))


def _show_screening(partition: _Partition, rows_in: int) -> None:
    """Count what the rows that are not dropped by now have, for the facts and for the UI."""
    counted: dict[str, dict[str, int]] = {}
    for fact, name in (("flags", "flags"), ("refusals", "refusal"), ("languages", "language")):
        column = one_array(partition.table.column(name))
        values = (column.flatten() if name == "flags" else column.drop_null()).to_pylist()
        counted[fact] = dict(sorted(Counter(values).items()))
    partition.facts |= counted
    reasons = Counter(drop["reason"] for drop in partition.drops)
    partition.shown["screening"] = Screening(
        rows_in=rows_in,
        drops=dict(sorted(reasons.items())),
        redactions=partition.facts["redactions"],
        flags=counted["flags"],
        refusals=counted["refusals"],
        languages=counted["languages"],
        quality=quality_histogram(partition.table.column("scores")),
        excerpts=partition.excerpts,
    )


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
