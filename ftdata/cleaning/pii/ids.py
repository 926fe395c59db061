"""Redaction of ids: the whole becomes a hash, so that what was equal stays equal."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
import pyarrow as pa

from ftdata.cleaning.conversations import message_bounds, one_array
from ftdata.cleaning.pii.carried import Carried
from ftdata.cleaning.pii.finder import Find, open_finder
from ftdata.cleaning.pii.redact import Redacted
from ftdata.settings_pii import Entity, Pii
from ftdata.text import hash64

# Certain by form or checksum. Ids are full of digits that look like telephone numbers, social
# security numbers or addresses of machines, and are none.
CERTAIN: tuple[Entity, ...] = ("SECRET", "EMAIL", "CREDIT_CARD", "IBAN")
SPACED = str.maketrans("_-.+", "    ")  # a name in an id: `jane_doe`, `jane.doe`


def open_id_finder(options: Pii) -> Find:
    """What finds in an id what is certain by form, and the words that the owner denies."""
    certain = tuple(entity for entity in options.entities if entity in CERTAIN)
    find = open_finder(Pii(entities=certain, deny=options.deny, allow=options.allow))
    return (lambda text: find(text) or find(text.translate(SPACED))) if options.deny else find


def redact_id(text: str, entities: Sequence[Entity], carried: Carried | None = None) -> Redacted:
    """`bob@corp.org` becomes `redacted-` and 16 hex digits, the hash of the id; `log_7f` stays."""
    return _redacted(text, _finder(tuple(entities)), carried)


class IdColumns:
    """The ids of a table of n rows, each redacted where it holds personal data."""

    def __init__(self, table: pa.Table, find: Find) -> None:
        """Search them: those in which nothing stands are not looked at again."""
        self._find = find
        self._texts: dict[str, list[str]] = {}
        self._bounds: dict[str, list[int]] = {}
        for name in ("conversation_id", "record_ids"):
            column = one_array(table.column(name))
            is_list = pa.types.is_list(column.type)
            flat = column.flatten() if is_list else column
            self._texts[name] = flat.to_pylist()
            bounds = message_bounds(column) if is_list else np.arange(table.num_rows + 1)
            self._bounds[name] = bounds.tolist()
        self._suspect = {name: _suspects(texts, find) for name, texts in self._texts.items()}
        self.suspects = {
            bisect_right(self._bounds[name], place) - 1
            for name, places in self._suspect.items()
            for place in places
        }  # rows

    def redact(self, row: int, carried: Carried | None) -> Counter[str]:
        """Redact the ids of one row, given what is known of its conversation."""
        counts: Counter[str] = Counter()
        for name, texts in self._texts.items():
            start, end = self._bounds[name][row : row + 2]
            for index in range(start, end):
                is_suspect = index in self._suspect[name]
                if carried or is_suspect:
                    # Of the others it is known that nothing certain is in them.
                    find = self._find if is_suspect else None
                    redacted = _redacted(texts[index], find, carried)
                    texts[index] = redacted.text
                    counts.update(redacted.counts)
        return counts

    def write(self, table: pa.Table) -> pa.Table:
        """The table with these ids."""
        for name, texts in self._texts.items():
            column = pa.array(texts, pa.string())
            if name != "conversation_id":
                column = pa.ListArray.from_arrays(pa.array(self._bounds[name], pa.int32()), column)
            table = table.set_column(table.schema.get_field_index(name), name, column)
        return table


def _redacted(text: str, find: Find | None, carried: Carried | None) -> Redacted:
    found = find(text) if find else []
    if not found and carried:
        found = carried.find(text) or carried.find(text.translate(SPACED)) or carried.in_id(text)
    return Redacted(hashed(text) if found else text, Counter(place.entity for place in found))


@cache
def _finder(entities: tuple[Entity, ...]) -> Find:
    return open_id_finder(Pii(entities=entities))


def _suspects(texts: Sequence[str], find: Find) -> frozenset[int]:
    """Places of texts in which something may stand."""
    return frozenset(index for index, text in enumerate(texts) if find(text))


def hashed(text: str) -> str:
    """What stands for an id or a file name that holds personal data."""
    return f"redacted-{hash64(text):016x}"
