"""Which rows are taken first: those pinned to a split, then all others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ftdata.splitting.pairs import Ints


@dataclass(frozen=True, eq=False)
class Precedence:
    """An order of n rows: the pinned ones first, canonical order within both."""

    rows: Ints  # the rows, one after the other
    pins: list[str | None]  # the split that each is pinned to, in this order

    @property
    def places(self) -> Ints:
        """For each row where it comes in this order."""
        return np.argsort(self.rows)

    @property
    def pinned(self) -> int:
        """How many rows are pinned."""
        return len(self.pins) - self.pins.count(None)


def take_pinned_first(ids: pa.ChunkedArray, pinned: Mapping[str, str]) -> Precedence:
    """The order in which rows with these ids, which are in canonical order, are taken.

    `pinned` holds splits by id; ids that are not here are of no account.
    """
    pins = [pinned.get(name) for name in ids.to_pylist()]
    rows = np.argsort([pin is None for pin in pins], kind="stable")
    return Precedence(rows=rows.astype(np.int64), pins=[pins[row] for row in rows.tolist()])
