"""Rows of a file that are tied to rows of another: what is learnt from one would be asked in both.

The ties are those that keep the splits of a dataset apart: one conversation, a variant of the other
row, similar prompts, a shared long user turn, one the beginning of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ftdata import jsonl
from ftdata.checking.findings import Finding
from ftdata.release.exports.exporter import Reading
from ftdata.splitting.ties import tie_columns

if TYPE_CHECKING:
    from ftdata.splitting.links import Kind, Links, Ragged

Ints = npt.NDArray[np.int64]

_SAYS: dict[Kind, str] = {
    "conversation": "is of the same conversation as",
    "derived": "derives from, or is the parent of,",
    "turn": "shares a user turn of eight words or more with",
    "prefix": "is the beginning of, the same as, or goes on from",
    "prompt": "asks nearly the same as",
}
RULES = {kind: f"leaks_{kind}" for kind in _SAYS}
_COLUMNS = ("words", "turns", "prefixes")
_IDS = ("id", "conversation_id", "parent_id")


class RowTies(NamedTuple):
    """What ties n rows to others, with the line of each."""

    lines: list[int]
    ids: dict[str, list[str | None]]  # id, conversation_id and parent_id, as far as rows say
    hashes: dict[str, pa.Array]  # words, turns and prefixes, as in `tables.VALIDATED_SPLITS`

    def after(self, lines: int) -> RowTies:
        """Those of a part that begins after so many lines."""
        return self._replace(lines=[line + lines for line in self.lines])


def row_ties(readings: Sequence[Reading], values: Sequence[Any], lines: Sequence[int]) -> RowTies:
    """The ties of rows; `values` are what stands in them, for ids that a target does not read."""
    ties = tie_columns([_messages(reading) for reading in readings])
    ids = {name: [_id_of(value, name) for value in values] for name in _IDS}
    hashes = {"words": ties.words, "turns": ties.turns, "prefixes": ties.prefixes}
    return RowTies(list(lines), ids, hashes)


def _id_of(value: object, name: str) -> str | None:
    held = value.get(name) if isinstance(value, Mapping) else None
    return held if isinstance(held, str) and held else None


def _messages(reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "role": message.role,
            "content": message.content,
            "tool_calls": jsonl.dumps(message.tool_calls).decode() if message.tool_calls else None,
        }
        for message in reading.messages
    ]


def find_leaks(
    rows: Sequence[RowTies], other: Sequence[RowTies], other_name: str, threshold: float
) -> Iterator[Finding]:
    """Each row that is tied to one of the other file, by each kind of tie, in order of the rows.

    Prompts tie from a word-set Jaccard of `threshold` on.
    """
    from ftdata.splitting.links import KINDS, link_examples  # 10 MB that workers do not need

    lines, other_lines = _lines(rows), _lines(other)
    if not lines or not other_lines:
        return
    links = link_examples(_table([*other, *rows]), threshold)
    told: set[tuple[int, int]] = set()
    for row, kind, tied in _meetings(links, len(other_lines)):
        if (row, kind) not in told:
            told.add((row, kind))
            where = f"line {other_lines[tied]} of {other_name}"
            message = f"{_SAYS[KINDS[kind]]} {where}: keep them on one side"
            yield Finding(lines[row], RULES[KINDS[kind]], "error", "", message)


def _meetings(links: Links, before: int) -> Iterator[tuple[int, int, int]]:
    """(row, kind of tie, row of the other file), sorted; the other file's rows are the first ones.

    A row is tied where it looks into a bucket that one of the other file stands in, or the other
    way round. Of those in a bucket the first is told.
    """
    looking, standing = _owners(links.looks), _owners(links.stands)
    looked, stood = links.looks.values, links.stands.values
    buckets = int(max(looked.max(initial=-1), stood.max(initial=-1))) + 1
    kinds = np.zeros(buckets, np.int64)
    kinds[looked] = links.kinds
    found = []
    for there, there_in, here, here_in in (
        (standing, stood, looking, looked),
        (looking, looked, standing, stood),
    ):
        first = np.full(buckets, before)
        np.minimum.at(first, there_in, there)
        met = np.flatnonzero((here >= before) & (first[here_in] < before))
        buckets_met = here_in[met]
        found.append(np.stack([here[met] - before, kinds[buckets_met], first[buckets_met]]))
    yield from np.unique(np.concatenate(found, axis=1), axis=1).T.tolist()


def _owners(runs: Ragged) -> Ints:
    """The row that each of the values belongs to."""
    return np.repeat(np.arange(runs.starts.size - 1), np.diff(runs.starts))


def _lines(parts: Sequence[RowTies]) -> list[int]:
    return [line for part in parts for line in part.lines]


def _table(parts: Sequence[RowTies]) -> pa.Table:
    """The columns that ties are found by; a row without an id has one of its own."""
    given = {name: [one for part in parts for one in part.ids[name]] for name in _IDS}
    return pa.table(
        {
            "id": [name or f"\0{row}" for row, name in enumerate(given["id"])],
            "source": [""] * len(given["id"]),
            "conversation_id": [
                name or f"\0{row}" for row, name in enumerate(given["conversation_id"])
            ],
            "parent_id": pa.array(given["parent_id"], pa.string()),
            **{name: pa.chunked_array([part.hashes[name] for part in parts]) for name in _COLUMNS},
        }
    )
