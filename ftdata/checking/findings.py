"""What is found in a file: each finding by line, all of them counted, the first of a rule kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ftdata.release.exports.exporter import Problem

Level = Literal["error", "warning"]


class Finding(NamedTuple):
    """One problem at its place; `line` counts from 1, and is 0 where the whole file is meant."""

    line: int
    rule: str
    level: Level
    where: str  # path in the row, such as `messages[2].role`; empty for the row itself
    message: str  # what is wrong, and what to do about it
    column: int | None = None  # in the line, from 1, where that is known


@dataclass
class Tally:
    """Findings of a file or a part of it; of each rule the first `listed` are kept."""

    listed: int
    counts: Counter[tuple[str, Level]] = field(default_factory=Counter)
    first: dict[str, list[Finding]] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """Count a finding; those of a rule must come in the order of their lines."""
        self.counts[finding.rule, finding.level] += 1
        kept = self.first.setdefault(finding.rule, [])
        if len(kept) < self.listed:
            kept.append(finding)

    def add_problem(self, line: int, problem: Problem) -> None:
        """Count a target's problem with the row in that line."""
        self.add(Finding(line, problem.rule, problem.level, problem.where, problem.message))

    def join(self, other: Tally, lines_before: int) -> None:
        """Count those of a part that begins after so many lines."""
        self.counts.update(other.counts)
        for rule, findings in other.first.items():
            kept = self.first.setdefault(rule, [])
            for one in findings[: self.listed - len(kept)]:
                kept.append(one._replace(line=one.line + lines_before if one.line else 0))

    def join_all(self, findings: Iterable[Finding]) -> None:
        """Count all of them."""
        for finding in findings:
            self.add(finding)

    def number(self, level: Level) -> int:
        """How many findings there are of a level."""
        return sum(count for (_, of), count in self.counts.items() if of == level)

    def findings(self) -> list[Finding]:
        """Those that were kept, by line; those about the whole file come first."""
        return sorted(
            (one for kept in self.first.values() for one in kept),
            key=lambda one: (one.line, one.rule, one.where),
        )
