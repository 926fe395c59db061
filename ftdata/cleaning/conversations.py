"""The messages of a table as flat columns, and back: what the steps of cleaning work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ftdata.cleaning.language import Languages
from ftdata.tables import MESSAGE

Bounds = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Conversations:
    """Messages of n conversations, one after another in m flat values.

    Conversation i owns the messages `bounds[i]` to `bounds[i + 1]` (exclusive); `bounds` has n + 1
    values and begins with 0. `contents` and `tool_calls` hold None where a message has none. `ids`
    are those of the n conversations, where they were told; `languages` theirs, once found out.
    """

    bounds: Bounds
    roles: list[str]
    contents: list[str | None]
    tool_calls: list[str | None]
    ids: Sequence[str] = ()
    languages: Languages | None = None

    def __len__(self) -> int:
        """Number of conversations."""
        return len(self.bounds) - 1

    def per_conversation(self, values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Sum of the m message values over each of the n conversations."""
        running = np.concatenate(([0], np.cumsum(values)))
        return cast("npt.NDArray[np.int64]", running[self.bounds[1:]] - running[self.bounds[:-1]])


def message_bounds(messages: pa.ListArray) -> Bounds:
    """Offsets of each conversation into `messages.flatten()`: n + 1 values, the first 0."""
    lengths = messages.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))


def one_array(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The column of a table as one array."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def read_conversations(
    messages: pa.ChunkedArray | pa.ListArray, ids: Sequence[str] = ()
) -> Conversations:
    """Flat columns of a `messages` column (list of `tables.MESSAGE`, chunked or not)."""
    array = one_array(messages)
    flat = array.flatten()
    return Conversations(
        bounds=message_bounds(array),
        roles=flat.field("role").to_pylist(),
        contents=flat.field("content").to_pylist(),
        tool_calls=flat.field("tool_calls").to_pylist(),
        ids=ids,
    )


def with_message_fields(
    messages: pa.ChunkedArray | pa.ListArray, fields: dict[str, list[str | None]]
) -> pa.ListArray:
    """The `messages` column with the named string fields replaced, each by m flat values."""
    array = one_array(messages)
    flat = array.flatten()
    columns = [
        pa.array(fields[field.name], pa.string()) if field.name in fields else flat.field(i)
        for i, field in enumerate(MESSAGE)
    ]
    structs = pa.StructArray.from_arrays(columns, fields=list(MESSAGE))
    return pa.ListArray.from_arrays(pa.array(message_bounds(array), pa.int32()), structs)
