"""Keeps the test set apart whatever `splits.leak_threshold` says.

Above `STRICTEST` that setting lets similar prompts stand on different sides. Of train and
validation that is the owner's choice. What a model is tested on it must not have seen: there the
design's own threshold holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from ftdata.splitting.links import ABSENT, ORIGINAL, link_examples, parent_rows

STRICTEST = 0.7


def too_close_to_test(table: pa.Table, splits: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Rows that must leave, each with a drop reason and a detail.

    `table` holds the examples that stay so far, with the columns of ties, in the order in which
    they were taken; `splits` their sides. A row that is tied at `STRICTEST` to an earlier one
    across the border of test leaves as `too_close_to_test`, whichever of the two is the test
    example: what came first stays, so that a later partition drops nothing of an earlier one. What
    derives from a row that left goes too: `parent_dropped`.
    """
    links = link_examples(table, STRICTEST)
    parents = parent_rows(table).tolist()
    ids: list[str] = table.column("id").to_pylist()
    met: dict[int, dict[bool, int]] = {}  # bucket → is it test → the first row standing there
    gone = np.zeros(table.num_rows, dtype=np.bool_)
    for row, split in enumerate(splits):
        is_test = split == "test"
        parent = parents[row]
        if parent == ABSENT or (parent != ORIGINAL and gone[parent]):
            gone[row] = True
            yield row, "parent_dropped", f"of {table.column('parent_id')[row].as_py()}"
            continue
        across = (met.get(bucket, {}).get(not is_test) for bucket in links.looks.run(row))
        other = next((found for found in across if found is not None), None)
        if other is not None:
            gone[row] = True
            yield row, "too_close_to_test", f"{split}, tied to {ids[other]} in {splits[other]}"
            continue
        for bucket in links.stands.run(row):
            met.setdefault(bucket, {}).setdefault(is_test, row)
