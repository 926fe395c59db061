"""What became of each export target of a version, in words: for the card, the UI and the shell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

REFUSED = "refused.jsonl"  # of a version: every example that a target does not take, and why


class TargetReport(NamedTuple):
    """One entry of `targets` in a manifest's content, as `TargetFiles.report` wrote it."""

    name: str
    status: str
    rows: Mapping[str, int]  # by split
    refused: Mapping[str, int]  # examples by rule
    losses: Mapping[str, int]  # examples by what they were written without
    limits: tuple[str, ...]  # what the target's owner asks for and the files do not keep


def target_reports(content: Mapping[str, Any]) -> list[TargetReport]:
    """The targets of a manifest's content, in its order; none of a version made before them."""
    return [
        TargetReport(
            name, one["status"], one["rows"], one["refused"], one["losses"], tuple(one["limits"])
        )
        for name, one in content.get("targets", {}).items()
    ]


def counted(counts: Mapping[str, int]) -> str:
    """`12 weights, 3 system`, the most frequent first; empty where there is nothing."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{count:,} {name}" for name, count in ordered)


def complaints(report: TargetReport) -> Iterator[str]:
    """What its user has to know before the files go anywhere: refusals and limits."""
    if report.refused:
        total = sum(report.refused.values())
        examples = "1 example" if total == 1 else f"{total:,} examples"
        yield f"{report.name}: refuses {examples} ({counted(report.refused)})"
    for limit in report.limits:
        yield f"{report.name}: {limit}"
