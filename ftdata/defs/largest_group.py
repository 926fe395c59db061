"""The largest group of tied examples, told so that a person recognises what ties it. No Dagster."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from ftdata.cleaning.pii.preview import redact_preview
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.release.plan import LargestGroup, Selection
from ftdata.splitting.giants import Shared, explain_group, is_giant, name_largest, shared_text
from ftdata.splitting.links import COLUMNS, Kind

EXCERPT_CHARS = 160
_DROP = "if a program writes it, leave it out of the raw records, or drop what holds it with"
_ADVICE: dict[Kind, str] = {
    "turn": f"{_DROP} cleaning.drop_patterns",
    "prompt": "raise splits.leak_threshold if these are different questions;"
    f" {_DROP} cleaning.drop_patterns",
    "prefix": f"{_DROP} cleaning.drop_patterns",
    "derived": "lower augmentation.max_share",
    "conversation": "if these are several conversations, name the field that tells them apart as"
    " conversation_id in the source's fields",
}


def largest_group(project: Project, selections: Sequence[Selection]) -> LargestGroup | None:
    """The largest group among the examples kept; None where none is."""
    kept = [np.asarray(s.group_id, dtype=object)[s.keep] for s in selections]
    groups = pa.array(np.concatenate(kept).tolist() if kept else [], pa.string())
    named = name_largest(groups)
    if named is None:
        return None
    group_id, size = named
    members, homes = _members(project, selections, group_id)
    ties = explain_group(members, project.settings.splits.leak_threshold)
    ids = members.column("id").to_pylist()
    shared = ties.shared
    return LargestGroup(
        group_id=group_id,
        size=size,
        examples=len(groups),
        is_giant=is_giant(size, len(groups), project.settings.checks.max_group_share),
        ties={str(kind): count for kind, count in ties.kinds.items()},
        shared_kind=shared.kind if shared else "",
        shared_by=shared.examples if shared else 0,
        excerpt=_excerpt(project, homes[shared.samples[0]], ids, shared) if shared else "",
        samples=tuple(ids[row] for row in shared.samples) if shared else (),
        advice=_ADVICE[shared.kind] if shared else "",
    )


def _members(
    project: Project, selections: Sequence[Selection], group_id: str
) -> tuple[pa.Table, list[PartitionKey]]:
    """The examples of a group, and the partition of each; other partitions are not read."""
    tables, homes = [], []
    for selection in selections:
        inside = selection.keep & (np.asarray(selection.group_id, dtype=object) == group_id)
        if inside.any():
            table = project.store.read_table("validated_splits", selection.key, COLUMNS)
            tables.append(table.filter(pa.array(inside)))
            homes += [selection.key] * tables[-1].num_rows
    return pa.concat_tables(tables).combine_chunks(), homes


def _excerpt(project: Project, home: PartitionKey, ids: Sequence[str], shared: Shared) -> str:
    """What is shared, as the first sample says it: redacted, and cut."""
    columns = ("id", "messages")
    table = project.store.read_table("validated_splits", home, columns)
    row = table.column("id").to_pylist().index(ids[shared.samples[0]])
    text = shared_text(shared, table.column("messages")[row].as_py())
    return redact_preview(" ".join(text.split()), EXCERPT_CHARS)
