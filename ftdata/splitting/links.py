"""Which examples are tied: the buckets that examples stand in and look into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.splitting.pairs import Ints, spread
from ftdata.splitting.templates import tie_prompts

Kind = Literal["conversation", "derived", "turn", "prefix", "prompt"]
KINDS: tuple[Kind, ...] = ("conversation", "derived", "turn", "prefix", "prompt")
COLUMNS = ("id", "source", "conversation_id", "parent_id", "words", "turns", "prefixes")

ORIGINAL, ABSENT = -1, -2  # instead of a parent's row

PROMPT_WORDS = 4
"""Prompts are compared from this many distinct words on: shorter ones are small talk."""


@dataclass(frozen=True, eq=False)
class Ragged:
    """One run of numbers per example: run i is `values[starts[i]:starts[i + 1]]`."""

    starts: Ints
    values: Ints

    def run(self, row: int) -> list[int]:
        """The numbers of one example."""
        found: list[int] = self.values[self.starts[row] : self.starts[row + 1]].tolist()
        return found


@dataclass(frozen=True, eq=False)
class Links:
    """The ties of n examples, said once per thing shared instead of once per pair.

    An example is tied to the examples before it that stand in a bucket it looks into, and to those
    after it that find it so. Buckets in which nobody could meet are left out. The order of an
    example's looks does not depend on later examples.
    """

    looks: Ragged  # buckets each example looks into
    kinds: npt.NDArray[np.int8]  # for each of `looks.values`, why: an index into KINDS
    stands: Ragged  # buckets each example stands in


@dataclass(frozen=True, eq=False)
class _Entries:
    """Pairs of an example and a bucket."""

    rows: Ints
    buckets: Ints


@dataclass(frozen=True, eq=False)
class _Tie:
    kind: Kind
    looks: _Entries
    stands: _Entries


def link_examples(table: pa.Table, threshold: float) -> Links:
    """The ties (a) to (e) of the examples. `table` needs COLUMNS; only parent_id may be null."""
    ties = [
        _met(tie)
        for tie in (
            _by_conversation(table),
            _by_parent(table),
            _by_turn(table.column("turns")),
            *_by_prefix(table.column("prefixes")),
            _by_prompt(table.column("words"), threshold),
        )
    ]
    shifts = np.cumsum([0] + [int(tie.looks.buckets.max(initial=-1)) + 1 for tie in ties])
    looks, order = _collect((tie.looks for tie in ties), shifts, table.num_rows)
    stands, _ = _collect((tie.stands for tie in ties), shifts, table.num_rows)
    codes = np.array([KINDS.index(tie.kind) for tie in ties], np.int8)
    kinds = np.repeat(codes, [tie.looks.rows.size for tie in ties])
    return Links(looks=looks, kinds=kinds[order], stands=stands)


def parent_rows(table: pa.Table) -> Ints:
    """Row of each example's parent; ORIGINAL where it has none, ABSENT where that is not here."""
    parents = _whole(table.column("parent_id"))
    found = pc.index_in(parents, value_set=_whole(table.column("id"))).fill_null(ABSENT)
    rows = pc.if_else(pc.is_null(parents), ORIGINAL, found)
    return np.asarray(rows.to_numpy(zero_copy_only=False), np.int64)


def read_sets(column: pa.ChunkedArray) -> tuple[Ints, Any]:
    """Offsets and values of a list column, as NumPy arrays."""
    lists = _whole(column)
    lengths = np.asarray(lists.value_lengths().to_numpy(zero_copy_only=False), np.int64)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    return offsets, lists.flatten().to_numpy(zero_copy_only=False)


def _by_conversation(table: pa.Table) -> _Tie:
    sources, ids = _codes(table.column("source")), _codes(table.column("conversation_id"))
    both = pa.array(ids * (sources.max(initial=0) + 1) + sources)
    entries = _Entries(np.arange(table.num_rows), _codes(both))
    return _Tie("conversation", looks=entries, stands=entries)


def _by_parent(table: pa.Table) -> _Tie:
    """The parent stands in a bucket of its own; it looks there too, that the two may meet."""
    parents = parent_rows(table)
    children = np.flatnonzero(parents >= 0)
    stands = np.unique(parents[children])
    looks = _Entries(
        np.concatenate([children, stands]), np.concatenate([parents[children], stands])
    )
    return _Tie("derived", looks=looks, stands=_Entries(stands, stands))


def _by_turn(turns: pa.ChunkedArray) -> _Tie:
    offsets, hashes = read_sets(turns)
    entries = _Entries(_owners(offsets), _codes(pa.array(hashes)))
    return _Tie("turn", looks=entries, stands=entries)


def _by_prefix(prefixes: pa.ChunkedArray) -> tuple[_Tie, _Tie]:
    """Each prefix has a bucket of the conversations that end there, and one of all it begins."""
    offsets, hashes = read_sets(prefixes)
    through = _Entries(_owners(offsets), _codes(pa.array(hashes)))
    rows = np.flatnonzero(np.diff(offsets))
    ending = _Entries(rows, through.buckets[offsets[1:][rows] - 1])
    return (
        _Tie("prefix", looks=through, stands=ending),
        _Tie("prefix", looks=ending, stands=through),
    )


def _by_prompt(prompts: pa.ChunkedArray, threshold: float) -> _Tie:
    """Equal word sets share a bucket, named by the first of them; similar ones look across.

    Buckets that are empty before an example comes are left out: that halves the looks.
    """
    found = tie_prompts(*read_sets(prompts), threshold, PROMPT_WORDS)
    ends = np.concatenate([found.left, found.right, found.selves])
    others = np.concatenate([found.right, found.left, found.selves])
    others = others[np.lexsort((others, found.first[others], ends))]
    fan = np.bincount(ends, minlength=found.first.size)
    lengths = fan[found.nodes]
    reached = others[spread((np.cumsum(fan) - fan)[found.nodes], lengths)]
    looking = np.repeat(found.rows, lengths)
    there = found.first[reached] <= looking
    looks = _Entries(looking[there], reached[there])
    return _Tie("prompt", looks=looks, stands=_Entries(found.rows, found.nodes))


def _met(tie: _Tie) -> _Tie:
    """Without the buckets that only one example touches, or only from one side."""
    size = max(int(e.buckets.max(initial=-1)) + 1 for e in (tie.looks, tie.stands))
    looked, stood = (np.bincount(e.buckets, minlength=size) for e in (tie.looks, tie.stands))
    met = (looked > 0) & (stood > 0) & (np.maximum(looked, stood) > 1)
    looks, stands = (
        _Entries(entries.rows[met[entries.buckets]], entries.buckets[met[entries.buckets]])
        for entries in (tie.looks, tie.stands)
    )
    return _Tie(tie.kind, looks=looks, stands=stands)


def _collect(entries: Iterable[_Entries], shifts: Ints, count: int) -> tuple[Ragged, Ints]:
    """All entries by example, each tie's buckets moved to a range of their own; and the order."""
    parts = list(entries)
    rows = np.concatenate([part.rows for part in parts])
    buckets = np.concatenate([p.buckets + shift for p, shift in zip(parts, shifts, strict=False)])
    order = np.argsort(rows, kind="stable")
    lengths = np.bincount(rows, minlength=count)
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    return Ragged(starts=starts, values=buckets[order]), order


def _owners(offsets: Ints) -> Ints:
    return np.repeat(np.arange(offsets.size - 1), np.diff(offsets))


def _codes(values: pa.Array | pa.ChunkedArray) -> Ints:
    """Numbers from 0, in order of first appearance."""
    indices = _whole(values).dictionary_encode().indices
    return np.asarray(indices.to_numpy(zero_copy_only=False), np.int64)


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
