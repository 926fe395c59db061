"""Which runs are merged: so that few stay, and a record is rewritten a few times in its life."""

from __future__ import annotations

from collections.abc import Sequence

from ftdata.bands.manifest import Run

_TIMES = 6  # a run has at least so many times the records of the next smaller one
_SMALL = 4096  # records: smaller runs are merged as if they had so many


def plan_merges(runs: Sequence[Run], new: Run | None) -> list[tuple[Run, ...]]:
    """The groups of runs that are written as one each; `new`, not written yet, is in one of them.

    After it, ordered by live records, each run has at least six times those of the next: n
    records in partitions of m stand in log6(n / m) + 1 runs at most, and each was rewritten some
    4 log6(n / m) times. A run that is dead by more than half is rewritten on its own.
    """
    present = sorted([*runs, *([new] if new else [])], key=lambda run: (-_size(run), run.name))
    stack: list[tuple[int, list[Run]]] = []
    for run in present:
        stack.append((_size(run), [run]))
        while len(stack) > 1 and stack[-2][0] < _TIMES * stack[-1][0]:
            size, group = stack.pop()
            larger, members = stack.pop()
            stack.append((larger + size, members + group))
    return [
        tuple(group)
        for _, group in stack
        if len(group) > 1 or group[0] is new or group[0].records > 2 * group[0].live_records
    ]


def _size(run: Run) -> int:
    return max(run.live_records, _SMALL)
