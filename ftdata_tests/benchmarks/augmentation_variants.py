"""Variants that rules make: how many of each kind, how fast, and what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import pyarrow as pa

from ftdata.settings_augmentation import Augmentation
from ftdata_tests.benchmarks.augmentation_material import (
    BY_RULES,
    Augmented,
    Formatted,
    augment,
    only,
)
from ftdata_tests.benchmarks.augmentation_opinion import faults_of
from ftdata_tests.benchmarks.documents_figures import Figure

_LISTED = 10  # faults of one table that are told


def variant_figures(formatted: Formatted) -> Iterator[Figure]:
    """Each augmenter alone, then all by the default settings, then filling up the weakest."""
    yield Figure("parents", formatted.parents, note=f"{len(formatted.tables)} partitions")
    for name in BY_RULES:
        yield from _figures_of(name, formatted, augment(formatted, only(name)))
    for told, options in (("defaults", Augmentation()), ("aim: weak", Augmentation(aim="weak"))):
        made = augment(formatted, options)
        yield from _figures_of(told, formatted, made)
        yield from _share_figures(told, made, options)
        if options.aim == "weak":
            yield from _weak_figures(made)


def _figures_of(name: str, formatted: Formatted, made: Augmented) -> Iterator[Figure]:
    derived = list(made.derived())
    kinds = Counter(one.kind for one in derived)
    note = ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common())
    yield Figure(f"{name}: variants", len(derived), note=note)
    parents = len({one.parent["id"] for one in derived})
    yield Figure(f"{name}: share of parents with one", parents / max(formatted.parents, 1))
    yield Figure(f"{name}: ms a parent", 1000 * made.seconds / max(formatted.parents, 1))
    faults = [(one, fault) for one in derived for fault in faults_of(one)]
    told = [f"\n    {one.variant['id']} {one.kind}: {fault}" for one, fault in faults[:_LISTED]]
    yield Figure(f"{name}: faults", len(faults), 0, True, "".join(told))


def _share_figures(name: str, made: Augmented, options: Augmentation) -> Iterator[Figure]:
    """The largest shares of a partition, and of a stratum in one, that are derived."""
    shares, of_strata = [0.0], [0.0]
    for table in made.tables.values():
        derived = table.num_rows - table.column("parent_id").null_count
        shares.append(derived / max(table.num_rows, 1))
        of_strata += [new / (old + new) for old, new in _strata(table).values()]
    yield Figure(f"{name}: largest share derived", max(shares), options.max_share, True)
    yield Figure(
        f"{name}: largest share of a stratum", max(of_strata), options.max_stratum_share, True
    )


def _weak_figures(made: Augmented) -> Iterator[Figure]:
    """Growth (variants a parent) of the weaker half of each partition's strata and of the rest."""
    weak, strong = [0, 0], [0, 0]
    for table in made.tables.values():
        strata = sorted(_strata(table).values())
        for at, (old, new) in enumerate(strata):
            half = weak if 2 * at < len(strata) else strong
            half[0] += old
            half[1] += new
    weaker, stronger = (new / max(old, 1) for old, new in (weak, strong))
    yield Figure("aim: weak: growth of the weaker half", weaker, stronger, note="the rest's")


def _strata(table: pa.Table) -> Mapping[str, tuple[int, int]]:
    """Originals and variants of each category."""
    counts: Counter[tuple[str, bool]] = Counter()
    columns = (table.column(name).to_pylist() for name in ("tags", "parent_id"))
    for tags, parent in zip(*columns, strict=True):
        counts[dict(tags).get("category", ""), parent is not None] += 1
    names = sorted({name for name, _ in counts})
    return {name: (counts[name, False], counts[name, True]) for name in names}
