"""Drafts as rows of GENERATED_EXAMPLES, built in columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from ftdata.generation.drafts import Draft
from ftdata.generation.taxonomy import tags_of
from ftdata.jsonl import canonical
from ftdata.sections import Section
from ftdata.tables import GENERATED_EXAMPLES, MESSAGE

SCHEMA = pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in GENERATED_EXAMPLES])


class Place(NamedTuple):
    """Where a section's row stands: its partition and its file, relative to the data folder."""

    source: str
    date: str
    file: str


class Made(NamedTuple):
    """An example and what its row is made of."""

    id: str
    place: Place
    section: Section
    draft: Draft
    category: str


def made_table(made: Sequence[Made], first: int = 0) -> pa.Table:
    """The rows in the given order; `position` counts them from `first`."""
    count = len(made)
    ids = [one.id for one in made]
    columns: dict[str, Any] = {
        "id": ids,
        "source": [one.place.source for one in made],
        "date": [one.place.date for one in made],
        "position": np.arange(first, first + count),
        "conversation_id": [one.section.id for one in made],
        "record_ids": _singles(ids),
        "origins": _singles([f"{one.place.file}:{one.section.line}" for one in made]),
        "messages": _messages(made),
        "ratings": _lists(pa.array([None] * count, pa.float64()), range(count + 1)),
        "turn_records": _lists(pa.array(np.zeros(2 * count, np.int32)), range(0, 2 * count + 1, 2)),
        "category": [one.category for one in made],
        "metadata": [_metadata(one.section, one.draft.generator) for one in made],
        "kind": [one.draft.kind for one in made],
        "spans": _spans(made),
        "provenance": [f"generated/{one.draft.generator}" for one in made],
        "tags": [tags_of(one.draft) for one in made],
    }
    arrays = [_array(columns.get(field.name), field.type, count) for field in SCHEMA]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _array(values: Any, kind: Any, count: int) -> Any:  # noqa: ANN401 - pyarrow has no types
    if values is None:
        return pa.nulls(count, kind)
    return values.cast(kind) if isinstance(values, pa.Array) else pa.array(values, kind)


def _singles(values: Sequence[str]) -> Any:  # noqa: ANN401
    """A list of one value for each row."""
    return _lists(pa.array(values, pa.string()), range(len(values) + 1))


def _lists(values: Any, offsets: Sequence[int]) -> Any:  # noqa: ANN401
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)


def _messages(made: Sequence[Made]) -> Any:  # noqa: ANN401
    count = 2 * len(made)
    texts = [text for one in made for text in (one.draft.prompt, one.draft.answer)]
    given = {"role": ["user", "assistant"] * len(made), "content": texts}
    arrays = [_array(given.get(field.name), field.type, count) for field in MESSAGE]
    return _lists(pa.StructArray.from_arrays(arrays, fields=list(MESSAGE)), range(0, count + 1, 2))


def _spans(made: Sequence[Made]) -> Any:  # noqa: ANN401
    """The answers' spans; a decline has none, and an empty list."""
    spans = chain.from_iterable(one.draft.spans for one in made)
    values = np.fromiter(chain.from_iterable(spans), np.int32).reshape(-1, 3)
    struct = SCHEMA.field("spans").type.value_type
    arrays = [pa.array(values[:, column]) for column in range(3)]
    offsets = [0, *accumulate(len(one.draft.spans) for one in made)]
    return _lists(pa.StructArray.from_arrays(arrays, fields=list(struct)), offsets)


def _metadata(section: Section, generator: str) -> str:
    """JSON of where the example comes from, and what wrote it."""
    return canonical(
        {
            "document": section.document,
            "heading_path": section.heading_path,
            "section": section.id,
            "generator": generator,
        }
    ).decode()
