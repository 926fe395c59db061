"""Redaction of whole columns: every one that goes on from here and holds what people wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import pyarrow as pa

from ftdata.cleaning.conversations import Bounds, message_bounds, one_array, with_message_fields
from ftdata.cleaning.pii.ids import redact_id, redact_origin
from ftdata.cleaning.pii.json_text import redact_json
from ftdata.cleaning.pii.redact import Redacted, redact_text

_FIELDS = {"content": redact_text, "tool_calls": redact_json, "name": redact_text}
Redact = Callable[[str, Sequence[str]], Redacted]


@dataclass(frozen=True)
class RedactedColumn:
    """A column of n rows after redaction, and what was put into it: row → entity → count."""

    column: pa.Array
    counts: dict[int, Counter[str]] = field(default_factory=dict)


RedactColumn = Callable[[pa.ChunkedArray, Sequence[str]], RedactedColumn]


def redact_messages(
    messages: pa.ChunkedArray | pa.ListArray, entities: Sequence[str]
) -> RedactedColumn:
    """A `messages` column with content, tool calls (as JSON) and names redacted."""
    array = one_array(messages)
    flat = array.flatten()
    bounds = message_bounds(array)
    fields: dict[str, list[str | None]] = {}
    counts: dict[int, Counter[str]] = {}
    for name, redact in _FIELDS.items():
        texts, found = _redact_each(flat.field(name), entities, redact)
        if found:
            fields[name] = texts
            for row, counted in _by_row(found, bounds).items():
                counts.setdefault(row, Counter()).update(counted)
    return RedactedColumn(with_message_fields(array, fields) if fields else array, counts)


def redact_texts(
    column: pa.ChunkedArray | pa.StringArray, entities: Sequence[str], redact: Redact
) -> RedactedColumn:
    """A column of texts, each redacted by `redact`; null stays null."""
    array = one_array(column)
    texts, found = _redact_each(array, entities, redact)
    return RedactedColumn(pa.array(texts, pa.string()) if found else array, found)


def redact_lists(
    column: pa.ChunkedArray | pa.ListArray, entities: Sequence[str], redact: Redact
) -> RedactedColumn:
    """A column of lists of texts, each text redacted by `redact`."""
    array = one_array(column)
    texts, found = _redact_each(array.flatten(), entities, redact)
    if not found:
        return RedactedColumn(array)
    bounds = message_bounds(array)
    redacted = pa.ListArray.from_arrays(pa.array(bounds, pa.int32()), pa.array(texts, pa.string()))
    return RedactedColumn(redacted, _by_row(found, bounds))


# Column → how it is redacted. `id` is a hash and `user_id` goes no further than raw_logs.
REDACTED_COLUMNS: dict[str, RedactColumn] = {
    "messages": redact_messages,
    "metadata": partial(redact_texts, redact=redact_json),
    "tools": partial(redact_texts, redact=redact_json),
    "category": partial(redact_texts, redact=redact_text),
    "model": partial(redact_texts, redact=redact_text),
    "conversation_id": partial(redact_texts, redact=redact_id),
    "record_ids": partial(redact_lists, redact=redact_id),
    "origins": partial(redact_lists, redact=redact_origin),
}


def _by_row(found: dict[int, Counter[str]], bounds: Bounds) -> dict[int, Counter[str]]:
    """The counts of flat values, joined by the row that holds them."""
    rows = bounds.searchsorted(list(found), side="right") - 1
    counts: dict[int, Counter[str]] = {}
    for row, counted in zip(rows.tolist(), found.values(), strict=True):
        counts.setdefault(row, Counter()).update(counted)
    return counts


def _redact_each(
    column: pa.StringArray, entities: Sequence[str], redact: Redact
) -> tuple[list[str | None], dict[int, Counter[str]]]:
    """The texts, redacted, and what was found in those that changed."""
    texts: list[str | None] = column.to_pylist()
    found: dict[int, Counter[str]] = {}
    known: dict[str, Redacted] = {}  # greetings, menus and tools repeat: each is searched once
    for index, text in enumerate(texts):
        if not text:
            continue
        redacted = known.get(text)
        if redacted is None:
            redacted = known[text] = redact(text, entities)
        if redacted.counts:
            texts[index] = redacted.text
            found[index] = redacted.counts
    return texts, found
