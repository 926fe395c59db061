"""Groups of examples that are near-duplicates, share a conversation or are otherwise tied."""

from __future__ import annotations

from collections.abc import Mapping

from ftdata.reporting.page.bars import Bar, lying
from ftdata.reporting.page.figure import Figure
from ftdata.reporting.page.shown import count, percent


def groups_plot(group_sizes: Mapping[int, int]) -> Figure | None:
    """How many examples stand in groups of which size; None without an example."""
    found = _by_power(group_sizes)
    examples = sum(own for _, own in found.values())
    if not examples:
        return None
    rows = [
        (_size(low), count(groups), count(own), percent(own / examples))
        for low, (groups, own) in found.items()
    ]
    bars = [
        Bar(_size(low), own, f"{own:,} examples · {percent(own / examples)}")
        for low, (groups, own) in found.items()
    ]
    largest = max(group_sizes)
    return Figure(
        key="groups",
        title="Groups of tied examples",
        note="Near-duplicates, variants and parts of one conversation are tied: a group is never"
        f" split. The largest holds {largest:,} ({percent(largest / examples)}).",
        svg=lying("Groups of tied examples", bars),
        columns=("size", "groups", "examples", "share"),
        rows=tuple(rows),
    )


def _by_power(group_sizes: Mapping[int, int]) -> dict[int, tuple[int, int]]:
    """Power of two up to a group's size → how many groups, how many examples in them."""
    found: dict[int, tuple[int, int]] = {}
    for size, groups in sorted(group_sizes.items()):
        low = 1 << (size.bit_length() - 1)
        before = found.get(low, (0, 0))
        found[low] = before[0] + groups, before[1] + groups * size
    return found


def _size(low: int) -> str:
    return "on their own" if low == 1 else f"in groups of {low:,} to {2 * low - 1:,}"
