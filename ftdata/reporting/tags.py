"""Every tag as a coded column, whatever its name."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.reporting.coded import Coded, Coder, Codes


class TagReader:
    """Takes in the column `tags` batch by batch."""

    def __init__(self) -> None:
        """No tag is known before."""
        self._coders: dict[str, Coder] = {}
        self._parts: dict[str, list[tuple[int, Codes]]] = {}  # first row and codes of its batches
        self._rows = 0

    def add(self, maps: pa.MapArray) -> None:
        """Take in the tags of a batch."""
        ends = maps.offsets.to_numpy()
        row = np.repeat(np.arange(len(maps)), np.diff(ends))
        first, count = int(ends[0]), int(ends[-1] - ends[0])
        keys, items = maps.keys.slice(first, count), maps.items.slice(first, count)
        for name in pc.unique(keys).to_pylist():
            has_it = pc.equal(keys, name)
            codes = np.full(len(maps), -1, dtype=np.int32)
            coder = self._coders.setdefault(name, Coder())
            codes[row[has_it.to_numpy(zero_copy_only=False)]] = coder.codes(items.filter(has_it))
            self._parts.setdefault(name, []).append((self._rows, codes))
        self._rows += len(maps)

    def columns(self) -> dict[str, Coded]:
        """The tags by name, sorted; -1 where an example has it not."""
        return {name: self._column(name) for name in sorted(self._parts)}

    def _column(self, name: str) -> Coded:
        joined = np.full(self._rows, -1, dtype=np.int32)
        for first, codes in self._parts[name]:
            joined[first : first + codes.size] = codes
        return Coded(joined, self._coders[name].values)
