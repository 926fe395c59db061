"""Which of a cluster's rows is to be preferred, within a partition."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.cleaning.conversations import read_conversations
from ftdata.cleaning.dedup.pairs import Rows
from ftdata.settings_dedup import Keep


def order_by_preference(table: pa.Table, keep: Keep) -> Rows:
    """All rows of a `cleaned` table, the one to be preferred first; the earlier among equals.

    Best rated, which the best distinct completions follow too, is the mean of a conversation's
    ratings, unrated ones last; longest counts the characters of all its messages.
    """
    if keep == "earliest":
        return np.arange(table.num_rows)
    merit = _lengths(table) if keep == "longest" else _mean_ratings(table)
    return np.argsort(-merit, kind="stable")


def _mean_ratings(table: pa.Table) -> npt.NDArray[np.float64]:
    ratings = table.column("ratings").combine_chunks()
    rows = np.asarray(pc.list_parent_indices(ratings), np.int64)
    values = np.asarray(ratings.flatten().to_numpy(zero_copy_only=False), np.float64)
    rated = ~np.isnan(values)
    sums = np.bincount(rows[rated], values[rated], minlength=table.num_rows)
    counts = np.bincount(rows[rated], minlength=table.num_rows)
    return np.where(counts > 0, sums / np.maximum(counts, 1), -np.inf)


def _lengths(table: pa.Table) -> npt.NDArray[np.float64]:
    conversations = read_conversations(table.column("messages"))
    lengths = np.array([len(content or "") for content in conversations.contents], np.int64)
    return conversations.per_conversation(lengths).astype(np.float64)
