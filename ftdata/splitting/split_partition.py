"""Stage `validated_splits` of one partition: groups of tied examples, each dealt to one split.

What a gate drops is gone by now, so that it takes no place in a split and ties nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pyarrow as pa

from ftdata.keys import PartitionKey
from ftdata.settings_splits import Splits
from ftdata.splitting.dealing import Group, deal_groups
from ftdata.splitting.groups import group_roots, split_facts
from ftdata.splitting.links import link_examples
from ftdata.splitting.ties import tie_columns
from ftdata.tables import StageResult, conform, drops_table


def split_partition(
    augmented: pa.Table, key: PartitionKey, options: Splits, dedup: Mapping[str, pa.Array]
) -> StageResult:
    """Group a partition's examples by the five ties and deal the groups to the splits.

    `augmented` is that stage's table with the column `judgement`, in any order; `dedup` holds the
    columns of its rows whose names begin so. A group's id is that of its earliest member (position,
    variant) and its stratum that of its earliest original: `category=billing`, several tags joined
    by `|`, a missing one empty. How groups are dealt is in `dealing.py`.

    Unless `derived_in_validation` is set, variants whose group is in validation or test are dropped
    with the reason `derived_outside_train`.
    """
    table = _with_ties(augmented, dedup)
    table = table.sort_by([("position", "ascending"), ("variant", "ascending")])
    roots = group_roots(link_examples(table, options.leak_threshold)).tolist()
    table, splits = _with_splits(table, roots, key, options)
    lost = _lost_variants(table, splits, options)
    drops = [
        {
            "record_id": table.column("id")[row].as_py(),
            "stage": "validated_splits",
            "reason": "derived_outside_train",
            "detail": f"its group {table.column('group_id')[row].as_py()} is in {splits[row]}",
        }
        for row in lost
    ]
    gone = set(lost)
    kept = [row for row in range(table.num_rows) if row not in gone]
    result = table.take(pa.array(kept, pa.int64()))
    return StageResult(
        table=conform("validated_splits", result),
        drops=drops_table(drops),
        rows_in=table.num_rows,
        rows_out=len(kept),
        facts=split_facts([splits[row] for row in kept], [roots[row] for row in kept]),
    )


def _with_ties(table: pa.Table, dedup: Mapping[str, pa.Array]) -> pa.Table:
    provenance = table.column("provenance").to_pylist()
    declines = ["out_of_scope" in dict(tags).values() for tags in table.column("tags").to_pylist()]
    answers = [
        made.startswith("generated/") and not declined
        for made, declined in zip(provenance, declines, strict=True)
    ]
    ties = tie_columns(table.column("messages"), answers)
    columns = {
        "words": ties.words,
        "turns": ties.turns,
        "prefixes": ties.prefixes,
        **dedup,
    }
    for name, column in columns.items():
        table = table.append_column(name, column)
    return table


def _with_splits(
    table: pa.Table, roots: Sequence[int], key: PartitionKey, options: Splits
) -> tuple[pa.Table, list[str]]:
    """The table with stratum, group_id and split; and the split of each row."""
    ids = table.column("id").to_pylist()
    strata = _strata(table.column("tags").to_pylist(), options.strata)
    originals = [parent is None for parent in table.column("parent_id").to_pylist()]
    sizes = Counter(root for root, original in zip(roots, originals, strict=True) if original)
    first: dict[int, int] = {}
    for row, root in enumerate(roots):
        if originals[row]:
            first.setdefault(root, row)
    distinct = sorted(set(roots))
    groups = [Group(ids[r], strata[first.get(r, r)], max(1, sizes[r])) for r in distinct]
    dealt = dict(zip(distinct, deal_groups(groups, key, options), strict=True))
    named = dict(zip(distinct, groups, strict=True))
    columns = {
        "stratum": [named[root].stratum for root in roots],
        "group_id": [named[root].group_id for root in roots],
        "split": [dealt[root] for root in roots],
    }
    for name, values in columns.items():
        table = table.append_column(name, pa.array(values, pa.string()))
    return table, columns["split"]


def _strata(tags: Sequence[Sequence[tuple[str, str]]], names: Sequence[str]) -> list[str]:
    return [
        "|".join(f"{name}={given.get(name) or ''}" for name in names) for given in map(dict, tags)
    ]


def _lost_variants(table: pa.Table, splits: Sequence[str], options: Splits) -> list[int]:
    if options.derived_in_validation:
        return []
    parents = table.column("parent_id").to_pylist()
    return [
        row
        for row, (split, parent) in enumerate(zip(splits, parents, strict=True))
        if split != "train" and parent is not None
    ]
