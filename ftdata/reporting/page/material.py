"""What the page shows that the statistics do not hold: sizes of groups, and a sample's texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from upath import UPath

from ftdata.errors import StorageError
from ftdata.reporting.texts import Hashes, count_distinct, hashes_of

SAMPLE = 2_000
_BATCH_ROWS = 20_000
_TEXT_CHARS = 2_000
_SAMPLED = ["split", "tags", "messages"]
_LABELS = ("category", "domain", "instruction_kind", "language")
_COLOURS = 7  # values of a label that have a colour of their own
_ENOUGH = 0.5  # of the points


@dataclass(frozen=True)
class Point:
    """An example of the sample: what its user and its assistant say, cut, and its tags."""

    split: str
    tags: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class PageMaterial:
    """`group_sizes`: number of examples in a group of tied examples → how many such groups."""

    group_sizes: Mapping[int, int]
    points: tuple[Point, ...]

    @property
    def label(self) -> str:
        """The first tag whose frequent values tell half of the points apart; or their split."""
        for name in _LABELS:
            values = Counter(point.tags[name] for point in self.points if name in point.tags)
            told = sum(times for _, times in values.most_common(_COLOURS))
            if len(values) > 1 and told >= _ENOUGH * len(self.points):
                return name
        return "split"


def read_page_material(path: UPath, sample: int = SAMPLE) -> PageMaterial:
    """Groups of an `examples.parquet`, and the examples whose ids have the least hashes.

    Preference pairs repeat their parents and are left out. Raises StorageError where the file
    cannot be read.
    """
    try:
        with path.open("rb") as file:
            examples = pq.ParquetFile(file)
            ids, groups = _hashes(examples)
            limit = np.partition(ids, sample - 1)[sample - 1] if ids.size > sample else None
            return PageMaterial(_sizes(groups), tuple(_points(examples, limit)))
    except (OSError, KeyError, pa.ArrowException) as error:
        raise StorageError(f"{path}: cannot be read ({error}): build the dataset again") from error


def _hashes(examples: pq.ParquetFile) -> tuple[Hashes, Hashes]:
    """Of the ids and of the groups of all examples."""
    found: tuple[list[Hashes], list[Hashes]] = ([], [])
    has_groups = "group_id" in examples.schema_arrow.names
    names = ["id", "group_id"] if has_groups else ["id"]
    for batch in examples.iter_batches(_BATCH_ROWS, columns=[*names, "rejected"]):
        plain = batch.filter(batch.column("rejected").is_null())
        for hashes, name in zip(found, names, strict=False):
            hashes.append(hashes_of(plain.column(name).to_pylist()))
    none = np.zeros(0, dtype=np.uint64)
    ids, groups = (np.concatenate([none, *hashes]) for hashes in found)
    return ids, groups


def _sizes(groups: Hashes) -> dict[int, int]:
    if not count_distinct(groups):
        return {}
    ordered = np.sort(groups)
    starts = np.flatnonzero(np.diff(ordered, prepend=~ordered[:1]))
    sizes = np.diff(np.append(starts, ordered.size))
    return dict(sorted(Counter(sizes.tolist()).items()))


def _points(examples: pq.ParquetFile, limit: np.uint64 | None) -> list[Point]:
    """The examples up to the limit, sorted by their hashes, so that no order of rows shows."""
    found: list[tuple[int, dict[str, Any]]] = []
    for batch in examples.iter_batches(_BATCH_ROWS, columns=["id", "rejected", *_SAMPLED]):
        hashes = hashes_of(batch.column("id").to_pylist())
        chosen: npt.NDArray[np.bool_] = np.asarray(batch.column("rejected").is_null())
        if limit is not None:
            chosen = chosen & (hashes <= limit)
        rows = batch.select(_SAMPLED).filter(pa.array(chosen)).to_pylist()
        found += zip(hashes[chosen].tolist(), rows, strict=True)
    return [_point(row) for _, row in sorted(found, key=lambda pair: pair[0])]


def _point(row: Mapping[str, Any]) -> Point:
    return Point(row["split"], dict(row["tags"] or ()), _text(row["messages"]))


def _text(messages: Sequence[Mapping[str, Any]]) -> str:
    said = [m["content"] or "" for m in messages if m["role"] in {"user", "assistant"}]
    return " ".join(text[:_TEXT_CHARS] for text in said)[:_TEXT_CHARS]
