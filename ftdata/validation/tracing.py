"""Whether every example leads back to lines of raw files, by the lineage of a dataset version."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class Tracing:
    """What of n examples could be traced."""

    examples: int
    untraced: tuple[str, ...]  # ids, in the order of the examples
    miscounted: tuple[str, ...]  # splits whose lines are not each led to by one example

    @property
    def share(self) -> float:
        """Of the examples those that are traced; 1 of none."""
        return 1 - len(self.untraced) / self.examples if self.examples else 1.0


def trace_examples(
    ids: pa.ChunkedArray, lineage: pa.Table, files: Collection[str], lines: Mapping[str, int]
) -> Tracing:
    """Which of the examples with these ids lead to no line, or to a file that is no input.

    An example is traced where it has a row at least, and each of its rows names one of `files` and
    a line from 1 on. `lineage` has the columns example_id, split, file_row, file and line. `lines`
    holds the number of lines of each split's file: they must be led to from 0 on, without a gap.
    """
    known = pc.is_in(lineage.column("file"), value_set=pa.array(sorted(files), pa.string()))
    leads = pc.and_(known, pc.fill_null(pc.greater_equal(lineage.column("line"), 1), False))
    named = lineage.column("example_id")
    astray = named.filter(pc.invert(leads)).unique()
    found = named.filter(leads).unique()
    traced = pc.and_not(pc.is_in(ids, value_set=found), pc.is_in(ids, value_set=astray))
    wrong = [split for split, count in lines.items() if not _is_whole(lineage, split, count)]
    return Tracing(
        examples=len(ids),
        untraced=tuple(ids.filter(pc.invert(traced)).to_pylist()),
        miscounted=tuple(wrong),
    )


def _is_whole(lineage: pa.Table, split: str, count: int) -> bool:
    """Whether the examples of a split stand in its file's lines 0 to `count` - 1, one in each."""
    own = lineage.filter(pc.equal(lineage.column("split"), split))
    placed = own.filter(own.column("file_row").is_valid())
    each = placed.group_by(["example_id", "file_row"]).aggregate([])
    rows: list[int] = each.column("file_row").sort().to_pylist()
    return rows == list(range(count))
