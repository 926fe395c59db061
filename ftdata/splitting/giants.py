"""What ties the largest group: a boilerplate opening, a constant id, or one real topic.

**When a group is a giant.** It goes to one split whole, so that one with a large share of the data
bends the ratios, and what is in it says little about the rest. Of few examples any two that are
alike are a large share; a group counts as a giant from `MIN_GIANT` examples on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from ftdata.splitting.links import KINDS, Kind, Links, Ragged, link_examples
from ftdata.splitting.pairs import Ints
from ftdata.text import hash64, same_key

MIN_GIANT = 20

# Of things that equally many share, the one that a person recognises soonest is named.
_CLEAREST: tuple[Kind, ...] = ("turn", "prompt", "prefix", "derived", "conversation")


@dataclass(frozen=True)
class Shared:
    """The one thing that most examples of a group have in common."""

    kind: Kind
    examples: int
    samples: tuple[int, int]  # rows; of a prompt or a prefix, first the one that others meet
    turn: int | None  # hash of the user turn, where that is the kind


@dataclass(frozen=True)
class GroupTies:
    """Why the examples of a group are one."""

    kinds: dict[Kind, int]  # examples tied in this way to another of the group
    shared: Shared | None  # None where the group is a single example


def is_giant(size: int, total: int, max_share: float) -> bool:
    """Whether a group of `size` among `total` examples is too large a share of the data."""
    return size >= MIN_GIANT and size > max_share * total


def name_largest(groups: pa.StringArray) -> tuple[str, int] | None:
    """Id and size of the largest group, of equals the earliest; None where there is none.

    `groups` holds the group id of each example in canonical order.
    """
    counted = groups.value_counts()
    if not len(counted):
        return None
    sizes = counted.field("counts").to_numpy()
    at = int(sizes.argmax())
    return counted.field("values")[at].as_py(), int(sizes[at])


def explain_group(members: pa.Table, threshold: float) -> GroupTies:
    """What ties the examples of one group: their links.COLUMNS, in canonical order."""
    met = _Met.of(link_examples(members, threshold), members.num_rows)
    return GroupTies(met.kinds(), _most_shared(met, members))


def shared_text(shared: Shared, messages: Sequence[dict[str, Any]]) -> str:
    """What the first sample says of what is shared: that turn, or all its user turns."""
    if shared.turn is not None:
        said = (m["content"] or "" for m in messages)
        return next((text for text in said if hash64(same_key(text)) == shared.turn), "")
    return "\n".join(m["content"] or "" for m in messages if m["role"] == "user")


@dataclass(frozen=True, eq=False)
class _Met:
    """Who meets in which bucket: pairs of bucket and row, sorted, each once."""

    buckets: Ints
    rows: Ints
    kind_of: Ints  # by bucket; an index into KINDS
    standing: Ragged

    @classmethod
    def of(cls, links: Links, count: int) -> _Met:
        kind_of = np.zeros(int(links.looks.values.max(initial=-1)) + 1, np.int64)
        kind_of[links.looks.values] = links.kinds
        keys = [part.values * count + _owners(part) for part in (links.looks, links.stands)]
        distinct = np.unique(np.concatenate(keys))
        return cls(distinct // count, distinct % count, kind_of, links.stands)

    def kinds(self) -> dict[Kind, int]:
        """Examples that meet another, by kind; kinds without any are left out."""
        codes = self.kind_of[self.buckets]
        counts = {kind: np.unique(self.rows[codes == at]).size for at, kind in enumerate(KINDS)}
        return {kind: count for kind, count in counts.items() if count}


def _most_shared(met: _Met, members: pa.Table) -> Shared | None:
    counts = np.bincount(met.buckets)
    if not counts.size:
        return None
    clear = np.array([_CLEAREST.index(kind) for kind in KINDS])[met.kind_of]
    best = int(np.lexsort((clear, -counts))[0])
    touching = met.rows[met.buckets == best]
    first = int(_owners(met.standing)[met.standing.values == best][0])
    second = int(touching[touching != first][0])
    kind = KINDS[met.kind_of[best]]
    turn = _common_turn(members.column("turns"), first, touching) if kind == "turn" else None
    return Shared(kind, touching.size, (first, second), turn)


def _common_turn(turns: pa.ChunkedArray, first: int, touching: Ints) -> int:
    common = set.intersection(*(set(turns[row].as_py()) for row in touching.tolist()))
    return int(next(turn for turn in turns[first].as_py() if turn in common))


def _owners(entries: Ragged) -> Ints:
    return np.repeat(np.arange(entries.starts.size - 1), np.diff(entries.starts))
