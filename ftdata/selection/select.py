"""Which originals of train stay: weights, then caps, the mixture, and last diversity.

Every rule takes what the one before it left. Within a stratum or a source the best stay: by
quality, then in the order of a hash of the id, so that what is there today and tomorrow is chosen
alike. What is chosen depends on all examples together: unlike splits, a later partition may change
it.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.selection.diverse import choose
from ftdata.selection.limits import caps_of, mixture_limits
from ftdata.selection.vectors import embedded_vectors, word_vectors
from ftdata.settings_selection import Selection

COLUMNS = ("id", "source", "tags", "scores", "words", "dedup_vector")
Ints = npt.NDArray[np.int64]

_SLACK = 1e-9


class LeftOut(NamedTuple):
    """A row that a rule leaves out, and why."""

    row: int
    reason: str  # weighted_down, over_cap, over_mixture or less_diverse
    detail: str


@dataclass(frozen=True)
class RuleOutcome:
    """What one rule did: examples before and after it, in all and by what it goes by."""

    rule: str
    before: int
    after: int
    by: dict[str, tuple[int, int]]  # stratum or source → before and after, where that changed
    note: str  # what could not be had; empty where all was


@dataclass(frozen=True)
class Selected:
    """The outcome of all rules."""

    left_out: list[LeftOut]
    rules: list[RuleOutcome]


class _Pool(NamedTuple):
    """What every rule looks at. Rows are places in the table; `rank` orders them, best first."""

    table: pa.Table
    ids: list[str]
    tags: Sequence[Mapping[str, str]]
    rank: Ints


def select_examples(originals: pa.Table, options: Selection) -> Selected:
    """Apply the rules that are set. `originals` has `COLUMNS`, in canonical order.

    Raises ValueError where embeddings are wanted and an example has none.
    """
    pool = _pool(originals)
    rows = np.arange(originals.num_rows)
    left_out: list[LeftOut] = []
    rules: list[RuleOutcome] = []
    for is_set, rule in (
        (bool(options.weights), _weigh),
        (_is_capped(options), _cap),
        (bool(options.mixture), _mix),
        (options.target_size is not None, _diversify),
    ):
        if is_set:
            gone, outcome = rule(pool, rows, options)
            left_out += gone
            rules.append(outcome)
            rows = np.setdiff1d(rows, [one.row for one in gone])
    return Selected(sorted(left_out), rules)


def _pool(table: pa.Table) -> _Pool:
    ids = table.column("id").to_pylist()
    tags = [dict(found) for found in table.column("tags").to_pylist()]
    for found, source in zip(tags, table.column("source").to_pylist(), strict=True):
        found["source"] = source
    quality = pc.map_lookup(table.column("scores"), "quality", "first")
    scores = pc.fill_null(quality, 0.0).to_numpy(zero_copy_only=False)
    hashes = [hashlib.blake2b(name.encode(), digest_size=8).digest() for name in ids]
    order = sorted(range(len(ids)), key=lambda row: (-scores[row], hashes[row]))
    rank = np.empty(len(ids), np.int64)
    rank[order] = np.arange(len(ids))
    return _Pool(table, ids, tags, rank)


def _is_capped(options: Selection) -> bool:
    caps = options.caps
    return any((caps.max_examples, caps.max_share, caps.max_ratio))


def _weigh(pool: _Pool, rows: Ints, options: Selection) -> tuple[list[LeftOut], RuleOutcome]:
    """Keep a share of the examples with a tag; of one with several tags the smallest share."""
    names: list[str] = []
    met: set[str] = set()
    for row in rows.tolist():
        held = [w for w in options.weights if _has(pool.tags[row], w)]
        met.update(held)
        names.append(min(held, key=lambda name: (options.weights[name], name), default=""))
    sizes = Counter(names)
    limits = {n: math.ceil(options.weights[n] * size - _SLACK) for n, size in sizes.items() if n}
    note = _lacking(sorted(options.weights.keys() - met))
    return _cut(pool, rows, names, limits, _Words("weights", "weighted_down", note))


def _lacking(names: Sequence[str]) -> str:
    return f"no example of train has {', '.join(names)}" if names else ""


def _has(tags: Mapping[str, str], weight: str) -> bool:
    tag, _, value = weight.partition("=")
    return tags.get(tag) == value


def _cap(pool: _Pool, rows: Ints, options: Selection) -> tuple[list[LeftOut], RuleOutcome]:
    by = options.caps.by
    names = [
        "|".join(f"{tag}={pool.tags[row].get(tag, '')}" for tag in by) for row in rows.tolist()
    ]
    limits, note = caps_of(Counter(names), options.caps)
    lacking = _lacking([tag for tag in by if not any(tag in pool.tags[row] for row in rows)])
    note = "; ".join(filter(None, (note, lacking)))
    return _cut(pool, rows, names, limits, _Words("caps", "over_cap", note))


def _mix(pool: _Pool, rows: Ints, options: Selection) -> tuple[list[LeftOut], RuleOutcome]:
    names = [pool.tags[row]["source"] for row in rows.tolist()]
    limits, note = mixture_limits(Counter(names), options.mixture)
    return _cut(pool, rows, names, limits, _Words("mixture", "over_mixture", note))


class _Words(NamedTuple):
    """How a rule is told of."""

    rule: str
    reason: str
    note: str


def _cut(
    pool: _Pool, rows: Ints, names: Sequence[str], limits: Mapping[str, int], words: _Words
) -> tuple[list[LeftOut], RuleOutcome]:
    """Leave out what comes after the limit of its name, in the order of ranks."""
    sizes, taken, lost = Counter(names), Counter[str](), Counter[str]()
    gone = []
    for at in np.argsort(pool.rank[rows]).tolist():
        name = names[at]
        taken[name] += 1
        if name in limits and taken[name] > limits[name]:
            lost[name] += 1
            detail = f"{name}: {taken[name]:,} of {sizes[name]:,}, {limits[name]:,} stay"
            gone.append(LeftOut(int(rows[at]), words.reason, detail))
    by = {name: (sizes[name], sizes[name] - count) for name, count in sorted(lost.items())}
    return gone, RuleOutcome(words.rule, len(rows), len(rows) - len(gone), by, words.note)


def _diversify(pool: _Pool, rows: Ints, options: Selection) -> tuple[list[LeftOut], RuleOutcome]:
    """Keep as many as are wanted, chosen to stand for all."""
    size = options.target_size or 0
    ranked = rows[np.argsort(pool.rank[rows])]
    note = f"{options.method} over {options.vectors}"
    if len(rows) <= size:
        note = f"there are no more than {size:,}: all stay"
        return [], RuleOutcome("diversity", len(rows), len(rows), {}, note)
    part = pool.table.select(["words", "dedup_vector"]).take(pa.array(ranked))
    if options.vectors == "embeddings":
        vectors = embedded_vectors(part.column("dedup_vector"))
        if vectors is None:
            raise ValueError("selection.vectors: embeddings, and an example has none")
    else:
        vectors = word_vectors(part.column("words"))
    chosen = choose(vectors, size, options.method)
    kept = set(chosen.rows)
    gone = [
        LeftOut(
            int(ranked[at]),
            "less_diverse",
            f"like {pool.ids[ranked[chosen.nearest[at]]]} ({chosen.similarity[at]:.2f})",
        )
        for at in range(len(ranked))
        if at not in kept
    ]
    return gone, RuleOutcome("diversity", len(rows), size, {}, note)
