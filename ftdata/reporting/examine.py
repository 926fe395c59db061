"""From the files of a version to its statistics: the way through this package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from upath import UPath

from ftdata.reporting.coded import Rows
from ftdata.reporting.columns import EXAMPLES, read_columns
from ftdata.reporting.drift import compare
from ftdata.reporting.drops import DROPS, drops_of, read_drops
from ftdata.reporting.parts import Material, material_of, parts_of
from ftdata.reporting.periods import periods_of
from ftdata.reporting.profiles import profile_of
from ftdata.reporting.statistics import Comparison, ComparisonKind, Statistics


def examine(
    folder: UPath,
    manifest: Mapping[str, Any],
    redactions: Mapping[str, Mapping[str, int]],
    sample: int,
) -> Statistics:
    """The statistics of the version in `folder`.

    `redactions` holds the times that each entity was redacted, by date. What would cost too much
    over all words is computed on `sample` examples. Memory is some hundred bytes an example, and
    the texts of twice the sample. Raises StorageError where a file cannot be read.
    """
    columns = read_columns(folder / EXAMPLES, sample)
    material = material_of(columns)
    drops = read_drops(folder / DROPS)
    entities: Counter[str] = Counter()
    for counts in redactions.values():
        entities.update(counts)
    return Statistics(
        version=manifest["version"],
        parts=parts_of(material),
        periods=periods_of(columns, drops, redactions),
        drops=drops_of(drops, manifest["content"]),
        redactions=dict(sorted(entities.items())),
        comparisons=tuple(_comparisons(material)),
        profile=profile_of(material, np.ones(columns.size, dtype=bool)),
    )


def _comparisons(material: Material) -> Iterator[Comparison]:
    """Validation with train, and each source's newest partition with its older ones."""
    columns = material.columns
    validation, train = columns.of_split("validation"), columns.of_split("train")
    if validation.any() and train.any():
        yield _compared(material, "splits", ("validation", validation), ("train", train))
    sources, dates = columns.coded["source"], columns.coded["date"]
    for source in sorted(sources.values):
        of_source = sources.at(source)
        newest = max(dates.counted(of_source), default="")
        is_new = of_source & dates.at(newest)
        before = of_source & ~is_new
        if before.any():
            names = f"{newest}|{source}", f"{source} before"
            yield _compared(material, "partition", (names[0], is_new), (names[1], before))


def _compared(
    material: Material, kind: ComparisonKind, new: tuple[str, Rows], old: tuple[str, Rows]
) -> Comparison:
    (name, rows), (reference, before) = new, old
    profiles = profile_of(material, rows), profile_of(material, before)
    return compare(kind, (name, profiles[0]), (reference, profiles[1]))
