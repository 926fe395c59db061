"""Variants beside their parents, for a person to read."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap

from ftdata_tests.benchmarks.augmentation_material import (
    BY_RULES,
    Derived,
    Formatted,
    Row,
    augment,
    only,
)

_WIDTH = 72  # of either side
_MOST = 900  # characters of a message


def shown(formatted: Formatted, count: int) -> Iterator[str]:
    """`count` variants of each kind that rules make, drawn by a seed."""
    for name in BY_RULES:
        kinds: dict[str, list[Derived]] = defaultdict(list)
        for one in augment(formatted, only(name)).derived():
            kinds[one.kind].append(one)
        for kind, found in sorted(kinds.items()):
            yield f"{'=' * (2 * _WIDTH + 3)}\n{kind} ({len(found):,})"
            for one in random.Random(kind).sample(found, min(count, len(found))):
                yield f"{'-' * (2 * _WIDTH + 3)}\n{one.variant['id']}"
                yield from _side_by_side(one)


def _side_by_side(one: Derived) -> Iterator[str]:
    """Both conversations in two columns, but for most messages that they share at either end."""
    left, right = (_told(row) for row in (one.parent, one.variant))
    shared = 0
    while len(left) > 2 < len(right) and left[-2:] == right[-2:]:
        left, right, shared = left[:-1], right[:-1], shared + 1
    same = 0
    while same < min(len(left), len(right)) - 2 and left[same] == right[same]:
        same += 1
    if same:
        yield f"({same} messages in both)"
    for old, new in zip_longest(left[same:], right[same:], fillvalue=""):
        lines = zip_longest(_lines(old), _lines(new), fillvalue="")
        yield from (f"{before:{_WIDTH}} | {after}".rstrip() for before, after in lines)
    if shared:
        yield f"({shared} more in both)"


def _told(row: Row) -> list[str]:
    told = [
        f"{one['role']}: {one['content'] or one['tool_calls'] or ''}" for one in row["messages"]
    ]
    return told if row["rejected"] is None else [*told, f"rejected: {row['rejected']}"]


def _lines(text: str) -> list[str]:
    clipped = text if len(text) <= _MOST else text[:_MOST] + " […]"
    return [line for part in clipped.split("\n") for line in wrap(part, _WIDTH) or [""]]
