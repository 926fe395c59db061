"""Which examples a person is shown: some of every stratum, more of what is likely to be wrong.

The weights are those of weighted sampling without replacement (Efraimidis and Spirakis 2006): an
example's place is -ln(u) / weight, u a hash of seed and id, and those with the lowest are shown.
The same version, seed and reviews give the same page.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.settings_review import Review
from ftdata.text import hash64

COLUMNS = ("id", "source", "tags", "scores", "parent_id", "provenance")
_LOWEST = 0.25  # share of the examples that is low-scored


class Sample(NamedTuple):
    """Rows to show, in the order of the table, with the stratum of each; and what there is."""

    rows: list[int]
    strata: list[str]
    of: dict[str, int]  # stratum → examples that could be shown


def sample_examples(
    table: pa.Table, strata: Sequence[str], options: Review, reviewed: Collection[str]
) -> Sample:
    """Choose among the examples of a table with `COLUMNS` that are not `reviewed` yet.

    A stratum is a combination of the tags `strata` and the source. Each has one example first, as
    far as `size` goes, the largest strata first; the others follow by their places.
    """
    ids: list[str] = table.column("id").to_pylist()
    tags = [dict(pairs) for pairs in table.column("tags").to_pylist()]
    sources = table.column("source").to_pylist()
    named = [
        "|".join([*(f"{name}={held.get(name, '')}" for name in strata), f"source={source}"])
        for held, source in zip(tags, sources, strict=True)
    ]
    done = set(reviewed)
    open_rows = [row for row, name in enumerate(ids) if name not in done]
    places = _places(table, ids, tags, options)
    of: dict[str, int] = {}
    first: dict[str, int] = {}
    for row in sorted(open_rows, key=lambda row: (places[row], ids[row])):
        of[named[row]] = of.get(named[row], 0) + 1
        first.setdefault(named[row], row)
    covering = [first[name] for name in sorted(first, key=lambda name: (-of[name], name))]
    chosen = dict.fromkeys(covering[: options.size])
    for row in sorted(open_rows, key=lambda row: (places[row], ids[row])):
        if len(chosen) >= options.size:
            break
        chosen.setdefault(row)
    rows = sorted(chosen)
    return Sample(rows, [named[row] for row in rows], dict(sorted(of.items())))


def _places(
    table: pa.Table, ids: Sequence[str], tags: Sequence[Mapping[str, str]], options: Review
) -> list[float]:
    """The lower the sooner; infinite where a weight is 0."""
    more = options.oversample
    quality = pc.map_lookup(table.column("scores"), "quality", "first")
    scores = pc.fill_null(quality, 1.0).to_numpy(zero_copy_only=False)
    lowest = float(np.quantile(scores, _LOWEST)) if len(scores) else 0.0
    parents = table.column("parent_id").to_pylist()
    places = []
    for row, name in enumerate(ids):
        weight = 1.0
        weight *= more.flagged if "flags" in tags[row] else 1
        weight *= more.low_scored if scores[row] <= lowest < 1 else 1
        weight *= more.derived if parents[row] is not None else 1
        chance = (hash64(f"{options.seed}\x1f{name}") + 1) / 2**64
        places.append(-math.log(chance) / weight if weight else math.inf)
    return places
