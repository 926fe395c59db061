"""What the rules judge of a partition: its rows as flat columns, and its counts and shares.

No text of a message is carried here: only ids, counts, names of what is wrong, and hashes. A frame
holds what the rules of its stage name and no more, so that many partitions fit into one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from ftdata.keys import PartitionKey
from ftdata.storage import StoredPartition
from ftdata.validation.columns import (
    DedupTexts,
    Left,
    cleaned_columns,
    generated_columns,
    stage_columns,
)
from ftdata.validation.profile import Profile, partition_profile


@dataclass(frozen=True)
class PartitionFrames:
    """One partition as the rules see it: one line per row of its table, and one for itself."""

    key: PartitionKey
    rows: pd.DataFrame
    profile: Profile


def partition_frames(
    record: StoredPartition,
    table: pa.Table,
    drops: pa.Table,
    *,
    pii_left: Left,
    tokens_left: Left,
    dedup_texts: DedupTexts,
    sections: pa.Table | None = None,
    private_paths: Callable[[Sequence[str]], Mapping[str, str]] = lambda _: {},
) -> PartitionFrames:
    """What the rules judge of one partition's stored output.

    `rows` has `partition`, `id` and the stage's own columns. `pii_left` gives for each text the
    kind of personal data still in it, or None, `tokens_left` a control token or None; `dedup_texts`
    gives for a `messages` column the text by which each row is compared. They serve `cleaned`
    alone. `sections`, the table `documents`, serves `generated_examples`; `private_paths` gives
    what stands for file names that hold personal data, and serves `documents`.
    """
    key = str(record.key)
    if record.stage == "cleaned":
        columns = cleaned_columns(table, pii_left, tokens_left, dedup_texts)
    elif record.stage == "generated_examples":
        columns = generated_columns(table, sections)
    else:
        columns = stage_columns(record.stage, table)
    place = {"partition": [key] * table.num_rows, "id": table.column("id").to_pylist()}
    return PartitionFrames(
        key=record.key,
        rows=pd.DataFrame(place | columns),
        profile=partition_profile(record, table, drops, private_paths),
    )
