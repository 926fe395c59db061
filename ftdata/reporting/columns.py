"""The examples of a version as columns of numbers: some hundred bytes an example, read in batches.

Texts go by: of each example its lengths, keys and codes stay, of a sample the texts as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from upath import UPath

from ftdata.errors import StorageError
from ftdata.reporting.coded import Coded, Coder, Rows
from ftdata.reporting.lengths import Ints
from ftdata.reporting.messages import NAMED, Messages, read_messages
from ftdata.reporting.sampling import Sample, Sampler
from ftdata.reporting.statistics import MEASURES, Measure
from ftdata.reporting.tags import TagReader
from ftdata.reporting.texts import Hashes

EXAMPLES = "examples.parquet"
_BATCH_ROWS = 5_000  # some megabytes of texts, which the processor keeps near itself
_CODED = ("split", "source", "date", "provenance")
_COLUMNS = (
    "id", "split", "source", "date", "parent_id", "provenance", "tags", "tokens",
    "trained_tokens", "messages", "rejected",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Openings:
    """The first words of each example's prompt or completion, by their hash; 0: it has none.

    `names` holds the texts of those that were frequent in a batch, and so of all frequent ones.
    """

    hashes: Hashes
    names: Mapping[int, str]


@dataclass(frozen=True, eq=False)
class Columns:
    """One value an example in each array; preference pairs are counted in `pairs` alone."""

    coded: Mapping[str, Coded]  # split, source, date, provenance
    is_derived: Rows
    lengths: Mapping[Measure, Ints]
    turns: Ints
    trained_tokens: int
    keys: Mapping[str, Hashes]  # of "prompts" and "completions"
    openings: Mapping[str, Openings]  # likewise
    tags: Mapping[str, Coded]
    pairs: Mapping[str, int]  # by split
    sample: Sample

    @property
    def size(self) -> int:
        """Number of examples."""
        return int(self.turns.size)

    def of_split(self, split: str) -> Rows:
        """The rows of a split."""
        return self.coded["split"].at(split)


def read_columns(path: UPath, sample: int) -> Columns:
    """The columns of an `examples.parquet`, with the texts of `sample` examples.

    Raises StorageError where the file cannot be read.
    """
    reader = _Reader(sample)
    try:
        with path.open("rb") as file:
            examples = pq.ParquetFile(file)
            reader.add(_empty_batch(examples.schema_arrow))
            for batch in examples.iter_batches(_BATCH_ROWS, columns=list(_COLUMNS)):
                reader.add(batch)
    except (OSError, KeyError, pa.ArrowException) as error:
        raise StorageError(f"{path}: cannot be read ({error}): build the dataset again") from error
    return reader.columns()


class _Reader:
    """Takes in batches; what stays of them are arrays, joined at the end."""

    def __init__(self, sample: int) -> None:
        self._parts: dict[str, list[npt.NDArray[Any]]] = defaultdict(list)
        self._coders = {name: Coder() for name in _CODED}
        self._tags = TagReader()
        self._sampler = Sampler(sample)
        self._pairs: Counter[str] = Counter()
        self._names: dict[str, dict[int, str]] = {what: {} for what in NAMED}

    def add(self, batch: pa.RecordBatch) -> None:
        """Take in a batch."""
        is_pair = batch.column("rejected").is_valid()
        if is_pair.true_count:
            self._pairs.update(batch.column("split").filter(is_pair).to_pylist())
            batch = batch.filter(pc.invert(is_pair))
        for name, coder in self._coders.items():
            self._parts[name].append(coder.codes(batch.column(name)))
        is_derived = batch.column("parent_id").is_valid().to_numpy(zero_copy_only=False)
        self._parts["is_derived"].append(is_derived)
        self._tags.add(batch.column("tags"))
        messages = read_messages(batch.column("messages"))
        self._add_lengths(batch, messages)
        for what in NAMED:
            self._parts[f"{what}_keys"].append(messages.keys(what))
            hashes, names = messages.openings(what)
            self._parts[f"{what}_openings"].append(hashes)
            self._names[what].update(names)
        self._sampler.add(batch.column("id").to_pylist(), messages)

    def _add_lengths(self, batch: pa.RecordBatch, messages: Messages) -> None:
        tokens, trained = (
            batch.column(name).to_numpy().astype(np.int32) for name in ("tokens", "trained_tokens")
        )
        counted = {"prompt": tokens - trained, "completion": trained, "whole": tokens}
        for what, values in counted.items():
            self._parts[f"{what}_tokens"].append(values)
        for name, array in messages.lengths().items():
            self._parts[name].append(array)

    def columns(self) -> Columns:
        """What all batches came to."""
        joined = {name: np.concatenate(parts) for name, parts in self._parts.items()}
        return Columns(
            coded={name: Coded(joined[name], coder.values) for name, coder in self._coders.items()},
            is_derived=joined["is_derived"],
            lengths={measure: joined[measure] for measure in MEASURES},
            turns=joined["turns"],
            trained_tokens=int(joined["completion_tokens"].sum(dtype=np.int64)),
            keys={what: joined[f"{what}_keys"] for what in NAMED},
            openings={
                what: Openings(joined[f"{what}_openings"], self._names[what]) for what in NAMED
            },
            tags=self._tags.columns(),
            pairs=dict(self._pairs),
            sample=self._sampler.sample(),
        )


def _empty_batch(schema: pa.Schema) -> pa.RecordBatch:
    """So that every column is there where there are no examples."""
    wanted = pa.schema([schema.field(name) for name in _COLUMNS])
    return pa.RecordBatch.from_pylist([], schema=wanted)
