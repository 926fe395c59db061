"""Sections as rows of the table `documents`, made column by column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

import pyarrow as pa

from ftdata.sections import Block, Section
from ftdata.tables import BLOCK, DOCUMENTS

SCHEMA = pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in DOCUMENTS])
_OWN = ("id", "document", "title", "language", "heading_path", "order", "start", "end", "line")


class Placed(NamedTuple):
    """A section, the file that it came from, and the hash of that file."""

    section: Section
    file: str  # relative to the data folder
    sha256: str


def sections_table(source: str, date: str, placed: Sequence[Placed]) -> pa.Table:
    """The rows of n sections, in their order; `position` counts from 0."""
    sections = [row.section for row in placed]
    count = len(placed)
    columns: dict[str, Any] = {
        name: [getattr(section, name) for section in sections] for name in _OWN
    }
    columns |= {
        "source": [source] * count,
        "date": [date] * count,
        "position": range(count),
        "file": [row.file for row in placed],
        "sha256": [row.sha256 for row in placed],
    }
    blocks = _blocks([block for section in sections for block in section.blocks])
    lists = pa.ListArray.from_arrays(_offsets([section.blocks for section in sections]), blocks)
    arrays = [
        lists if column.name == "blocks" else pa.array(columns[column.name], column.type)
        for column in DOCUMENTS
    ]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _blocks(blocks: Sequence[Block]) -> Any:  # noqa: ANN401 - pyarrow has no types
    columns = {
        "kind": pa.array([block.kind for block in blocks], pa.string()),
        "text": pa.array([block.text for block in blocks], pa.string()),
        "spans": _ranges(BLOCK.field("spans").type, [block.spans for block in blocks]),
        "line": pa.array([block.line for block in blocks], pa.int32()),
        "items": _ranges(BLOCK.field("items").type, [block.items for block in blocks]),
        "label": pa.array([block.label for block in blocks], pa.string()),
    }
    return pa.StructArray.from_arrays([columns[field.name] for field in BLOCK], fields=list(BLOCK))


def _ranges(of: Any, lists: Sequence[Sequence[tuple[int, ...]]]) -> Any:  # noqa: ANN401
    """Lists of tuples of numbers as an array of the list type `of` of structs of numbers."""
    struct = of.value_type
    flat = list(chain.from_iterable(lists))
    numbers = list(zip(*flat, strict=True)) if flat else [()] * struct.num_fields
    fields = [pa.array(column, field.type) for column, field in zip(numbers, struct, strict=True)]
    values = pa.StructArray.from_arrays(fields, fields=list(struct))
    return pa.ListArray.from_arrays(_offsets(lists), values)


def _offsets(lists: Sequence[Sequence[Any]]) -> Any:  # noqa: ANN401
    """Where each list begins among the values of all, and where the last ends."""
    ends = [0]
    for values in lists:
        ends.append(ends[-1] + len(values))
    return pa.array(ends, pa.int32())
