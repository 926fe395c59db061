"""The sections of a table `documents`, read column by column."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pyarrow as pa

from ftdata.sections import Block, Section, Span

_SECTION = ("id", "document", "title", "language", "order", "start", "end", "line", "heading_path")
_ROWS = 64  # that are objects at a time
_SPAN = partial(tuple.__new__, Span)  # past the frame of the named tuple's own constructor


def sections_of_table(documents: pa.Table) -> Iterator[Section]:
    """The rows as sections, in order; the nested lists are built for many rows at once."""
    # Not for all: the objects of a whole partition would cost the garbage collector its time.
    for start in range(0, documents.num_rows, _ROWS):
        yield from _sections(documents.slice(start, _ROWS))


def _sections(documents: pa.Table) -> Iterator[Section]:
    lists = documents.column("blocks").combine_chunks()
    blocks = _blocks(lists.flatten())
    ends = _offsets(lists)
    columns = [documents.column(name).to_pylist() for name in _SECTION]
    for row, (id_, document, title, language, order, start, end, line, path) in enumerate(
        zip(*columns, strict=True)
    ):
        yield Section(
            id=id_, document=document, title=title, language=language, heading_path=tuple(path),
            order=order, start=start, end=end, line=line,
            blocks=tuple(blocks[ends[row] : ends[row + 1]]),
        )  # fmt: skip


def _blocks(struct: Any) -> list[Block]:  # noqa: ANN401 - pyarrow has no types
    kinds, texts, lines, labels = (
        struct.field(name).to_pylist() for name in ("kind", "text", "line", "label")
    )
    spans = _structs(struct.field("spans"), ("start", "end", "at"))
    items = _structs(struct.field("items"), ("start", "end"))
    return [
        Block(kind, text, tuple(map(_SPAN, own)), line, tuple(parts), label)
        for kind, text, own, line, parts, label in zip(
            kinds, texts, spans, lines, items, labels, strict=True
        )
    ]


def _structs(lists: Any, names: tuple[str, ...]) -> list[list[tuple[int, ...]]]:  # noqa: ANN401
    flat = lists.flatten()
    tuples = list(zip(*(flat.field(name).to_pylist() for name in names), strict=True))
    ends = _offsets(lists)
    return [tuples[ends[row] : ends[row + 1]] for row in range(len(ends) - 1)]


def _offsets(lists: Any) -> list[int]:  # noqa: ANN401
    """Where each list begins in the flattened values; a sliced array begins at 0, too."""
    offsets = lists.offsets.to_pylist()
    return [offset - offsets[0] for offset in offsets] if offsets else [0]
