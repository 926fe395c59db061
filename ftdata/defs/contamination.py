"""Comparing the examples of all partitions with the evaluation sets. No Dagster here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

import pyarrow as pa

from ftdata.ingest.evals import EvaluationItem, Evaluations
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.release.plan import ContaminationHit
from ftdata.settings import Contamination
from ftdata.validation.contamination import find_contamination
from ftdata.validation.evaluation_index import EvaluationIndex, index_evaluations


class Found(NamedTuple):
    """An item in an example, which is given by its row over all partitions."""

    row: int
    item: EvaluationItem
    coverage: float  # to four decimals

    @property
    def name(self) -> str:
        """File and id of the item."""
        return f"{self.item.file}:{self.item.id}"


@dataclass(frozen=True)
class Screened:
    """What the evaluation sets are, and what of them is in the examples."""

    evaluations: tuple[dict[str, Any], ...]  # path, bytes, sha256, items, too_short
    found: tuple[Found, ...]  # by row, then by file and line
    action: Literal["report", "flag", "drop"]

    def dropped(self) -> set[int]:
        """Rows that leave the dataset for what they contain."""
        return {found.row for found in self.found} if self.action == "drop" else set()

    def drops(self, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        """A drop for each of them: `contains evals/gsm8k.jsonl:test-12, coverage 0.93`."""
        if self.action != "drop":
            return
        counts = Counter(found.row for found in self.found)
        for row, hit in _best(self.found).items():
            more = f", and {counts[row] - 1} more" if counts[row] > 1 else ""
            detail = f"contains {hit.name}, coverage {hit.coverage:.2f}{more}"
            yield {
                "record_id": ids[row], "stage": "dataset", "reason": "contaminated",
                "detail": detail,
            }  # fmt: skip

    def hits(self, ids: Sequence[str], splits: Sequence[str | None]) -> Iterator[ContaminationHit]:
        """The hits of the rows that have a split, or have none for what they contain."""
        dropped = self.dropped()
        for row, item, coverage in self.found:
            if splits[row] is not None or row in dropped:
                yield ContaminationHit(
                    ids[row], splits[row], item.file, item.line, item.id, coverage, self.action
                )


def screen(project: Project, keys: Sequence[PartitionKey], evaluations: Evaluations) -> Screened:
    """Look for the items in every row of the partitions; rows are numbered over all of them."""
    options = project.settings.dataset.contamination
    if not evaluations.items:
        return Screened((), (), options.action)
    index = index_of(evaluations, options)
    found: list[Found] = []
    first = 0
    for key in keys:
        table = project.store.read_table("validated_splits", key, ["messages"])
        found += find_items(table, index, evaluations, first)
        first += table.num_rows
    return Screened(tuple(_describe(evaluations, index)), tuple(found), options.action)


def index_of(evaluations: Evaluations, options: Contamination) -> EvaluationIndex:
    """The index of all items."""
    texts = [item.texts for item in evaluations.items]
    return index_evaluations(texts, options.ngram, options.min_coverage)


def find_items(
    table: pa.Table, index: EvaluationIndex, evaluations: Evaluations, first: int = 0
) -> list[Found]:
    """The items that the rows of a table with the column `messages` contain, each line once.

    The table's first row has the number `first`.
    """
    hits = find_contamination(table.column("messages"), index)
    best: dict[tuple[int, str, int], Found] = {}
    columns = (hits.rows.tolist(), hits.items.tolist(), hits.coverage.round(4).tolist())
    for row, number, coverage in zip(*columns, strict=True):
        item = evaluations.items[number]
        place = (row, item.file, item.line)
        if place not in best or coverage > best[place].coverage:
            best[place] = Found(row + first, item, coverage)
    return list(best.values())


def _best(found: Iterable[Found]) -> dict[int, Found]:
    """Row → the item that it contains most of, the first among equals."""
    best: dict[int, Found] = {}
    for hit in found:
        if hit.row not in best or hit.coverage > best[hit.row].coverage:
            best[hit.row] = hit
    return best


def _describe(evaluations: Evaluations, index: EvaluationIndex) -> Iterator[dict[str, Any]]:
    """The files for the manifest; a line is too short where all of its texts are."""
    short = set(index.too_short.tolist())
    compared = {(x.file, x.line) for i, x in enumerate(evaluations.items) if i not in short}
    count = Counter(file for file, _ in compared)
    for file in evaluations.files:
        yield {**asdict(file), "too_short": file.items - count[file.path]}
