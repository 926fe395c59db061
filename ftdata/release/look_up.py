"""Finds rows of a version's tables by their ids, and reads no more than the ids of the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from upath import UPath

from ftdata.errors import StorageError


def find_rows(path: UPath, wanted: Mapping[str, Collection[Any]]) -> pa.Table:
    """The rows of a Parquet file in which a column of `wanted` holds one of its values, in order.

    Of a column of lists it is enough that the list holds one. The other columns are read of row
    groups alone in which something was found. Raises StorageError.
    """
    try:
        with path.open("rb") as file, pq.ParquetFile(file) as parquet:
            found = [parquet.schema_arrow.empty_table()]
            for group in range(parquet.num_row_groups):
                keys = parquet.read_row_group(group, columns=list(wanted), use_threads=False)
                rows = np.flatnonzero(_hits(keys, wanted))
                if rows.size:
                    whole = parquet.read_row_group(group, use_threads=False)
                    found.append(whole.take(pa.array(rows)))
    except (OSError, pa.ArrowException) as error:
        raise StorageError(
            f"{path}: cannot be read ({error}): build the dataset again, or name another version"
        ) from error
    return pa.concat_tables(found)


def _hits(keys: pa.Table, wanted: Mapping[str, Collection[Any]]) -> np.ndarray[Any, Any]:
    hits = np.zeros(keys.num_rows, np.bool_)
    for name, values in wanted.items():
        for_column = keys.column(name).combine_chunks()
        is_list = pa.types.is_list(for_column.type)
        flat = pc.list_flatten(for_column) if is_list else for_column
        among = pc.is_in(flat, value_set=pa.array(list(values), flat.type))
        held = np.flatnonzero(among.to_numpy(zero_copy_only=False))
        hits[pc.list_parent_indices(for_column).to_numpy()[held] if is_list else held] = True
    return hits
