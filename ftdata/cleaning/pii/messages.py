"""Redaction of whole columns: the messages of conversations, their metadata and tools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from ftdata.cleaning.conversations import message_bounds, one_array, with_message_fields
from ftdata.cleaning.pii.json_text import redact_json
from ftdata.cleaning.pii.redact import Redacted, redact_text

_FIELDS = {"content": redact_text, "tool_calls": redact_json, "name": redact_text}
Redact = Callable[[str, Sequence[str]], Redacted]


@dataclass(frozen=True)
class RedactedColumn:
    """A column of n rows after redaction, and what was put into it: row → entity → count."""

    column: pa.Array
    counts: dict[int, Counter[str]] = field(default_factory=dict)


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
            rows = bounds.searchsorted(list(found), side="right") - 1
            for row, counted in zip(rows.tolist(), found.values(), strict=True):
                counts.setdefault(row, Counter()).update(counted)
    return RedactedColumn(with_message_fields(array, fields) if fields else array, counts)


def redact_json_column(
    column: pa.ChunkedArray | pa.StringArray, entities: Sequence[str]
) -> RedactedColumn:
    """A column of JSON texts, redacted inside; null stays null."""
    array = one_array(column)
    texts, found = _redact_each(array, entities, redact_json)
    return RedactedColumn(pa.array(texts, pa.string()) if found else array, found)


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
