"""Which examples contain which evaluation items, and what share of the item they cover.

A word of an item is covered by the heaviest of its grams that the example holds; the coverage is
the covered weight over the weight of all the item's words (`evaluation_index`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, repeat
from typing import cast

import numpy as np
import pyarrow as pa

from ftdata.validation.evaluation_index import SLACK, EvaluationIndex, split_words
from ftdata.validation.grams import Floats, Ints, Runs, cover

_ROWS = 4_096  # examples read at once
_PAIRS = 4_096  # pairs of example and item compared at once
_ESCAPES = re.compile(r"\\+[nrtbf]")  # in the JSON of tool calls: `\nword` is no word `nword`


@dataclass(frozen=True, eq=False)
class Contamination:
    """n hits in the order of examples, then of items."""

    rows: Ints  # the example's row
    items: Ints  # the item's index
    coverage: Floats  # share of the item that the example covers, at most 1

    def __len__(self) -> int:
        """Number of hits."""
        return len(self.rows)


def find_contamination(
    messages: pa.ChunkedArray | pa.ListArray, index: EvaluationIndex
) -> Contamination:
    """The items that examples contain to `min_coverage` or more.

    `messages` is a column of lists of `tables.MESSAGE`. All of an example's messages but system
    messages count, one after another, with their tool calls. Memory is that of some thousand
    examples.
    """
    found = [
        (rows + first, items, coverage)
        for first, batch in _batches(messages)
        for rows, items, coverage in [_find(batch, index)]
    ]
    empty = np.empty(0, np.int64)
    found.append((empty, empty, np.empty(0)))
    rows, items, coverage = (np.concatenate(column) for column in zip(*found, strict=True))
    return Contamination(rows, items, coverage)


@dataclass(frozen=True)
class _Batch:
    """The words of m examples, one after another, each example with a 0 behind it."""

    words: Ints  # numbers; 0 where no item has the word
    starts: Ints  # m + 1
    message_starts: Ints
    message_lengths: Ints


def _batches(messages: pa.ChunkedArray | pa.ListArray) -> Iterator[tuple[int, pa.ListArray]]:
    """Some thousand rows at a time, with the number of the first."""
    first = 0
    for batch in pa.table({"messages": messages}).to_batches(max_chunksize=_ROWS):
        yield first, batch.column("messages")
        first += batch.num_rows


def _read_batch(messages: pa.ListArray, numbers: dict[str, int]) -> _Batch:
    flat = messages.flatten()
    columns = [flat.field(name).to_pylist() for name in ("role", "content", "tool_calls")]
    spoken = zip(*columns, strict=True)
    found: list[str] = []
    ends = [0]
    said: list[tuple[int, int]] = []
    for length in messages.value_lengths().to_pylist():
        for role, content, calls in islice(spoken, length or 0):
            if role != "system":
                before = len(found)
                found += split_words(content or "")
                if calls:
                    found += split_words(_ESCAPES.sub(" ", calls))
                said.append((before, len(found) - before))
        found.append("")
        ends.append(len(found))
    starts, lengths = np.array(said, np.int64).reshape(-1, 2).T
    known = np.fromiter(map(numbers.get, found, repeat(0)), np.int64, len(found))
    return _Batch(known, np.array(ends), starts, lengths)


def _find(messages: pa.ListArray, index: EvaluationIndex) -> tuple[Ints, Ints, Floats]:
    """Rows, items and coverage of one batch."""
    batch = _read_batch(messages, index.numbers)
    held = _held_grams(batch, index)
    kinds = max(index.weights.size, 1)
    grams = held % kinds
    rows = np.repeat(held // kinds, index.anchors.sizes(grams))
    texts = index.anchors.values[index.anchors.places(grams)]
    pairs = np.unique(rows * max(len(index.items), 1) + texts)
    rows, texts = np.divmod(pairs, max(len(index.items), 1))
    coverage = np.concatenate(
        [
            np.empty(0),
            *(
                _cover_texts(rows[i : i + _PAIRS], texts[i : i + _PAIRS], held, index)
                for i in range(0, pairs.size, _PAIRS)
            ),
        ]
    )
    enough = coverage >= index.min_coverage - SLACK
    rows, texts, coverage = rows[enough], texts[enough], coverage[enough]
    copies = index.items.sizes(texts)
    items = index.items.values[index.items.places(texts)]
    rows, coverage = np.repeat(rows, copies), np.repeat(coverage, copies)
    order = np.lexsort((items, rows))
    return rows[order], items[order], coverage[order]


def _held_grams(batch: _Batch, index: EvaluationIndex) -> Ints:
    """Sorted distinct row x number of grams + gram, for the grams that each example holds."""
    runs = Runs(index.hashes[batch.words])
    strange = np.concatenate(([0], np.cumsum(batch.words == 0)))
    held = []
    for table in index.tables:
        if table.is_whole:
            at = batch.message_starts[batch.message_lengths == table.length]
        else:
            at = np.arange(max(batch.words.size - table.length + 1, 0))
        at = at[strange[at + table.length] == strange[at]]
        known, grams = table.find(runs.hash(at, table.length))
        rows = np.searchsorted(batch.starts, at[known], side="right") - 1
        held.append(rows * index.weights.size + grams)
    return cast("Ints", np.unique(np.concatenate([np.empty(0, np.int64), *held])))


def _cover_texts(rows: Ints, texts: Ints, held: Ints, index: EvaluationIndex) -> Floats:
    """The coverage of each text by the example of the same place."""
    places = index.grams.places(texts)
    pair = np.repeat(np.arange(texts.size), index.grams.sizes(texts))
    grams = index.grams.values[places]
    wanted = rows[pair] * index.weights.size + grams
    place = np.minimum(np.searchsorted(held, wanted), held.size - 1)
    weights = np.where(held[place] == wanted, index.weights[grams], 0)
    sizes = index.sizes[texts]
    at = index.starts[places] + (np.cumsum(sizes) - sizes)[pair]
    covered = cover(weights, at, index.lengths[places], int(sizes.sum()))
    owners = np.repeat(np.arange(texts.size), sizes)
    return np.minimum(np.bincount(owners, covered, texts.size) / index.totals[texts], 1)
