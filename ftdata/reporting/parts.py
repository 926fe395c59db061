"""The statistics of all examples, and of each split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import compress

import numpy as np

from ftdata.reporting.coded import Rows, counts_of, one_by_one, share_of
from ftdata.reporting.columns import Columns, Openings
from ftdata.reporting.lengths import lengths_of
from ftdata.reporting.messages import NAMED
from ftdata.reporting.statistics import (
    MEASURES,
    Count,
    Counts,
    Distinct,
    Part,
    UniqueWhat,
)
from ftdata.reporting.structures import structure_of
from ftdata.reporting.texts import Hashes, count_distinct
from ftdata.reporting.vocabulary import SampleWords, sample_words
from ftdata.tables import SPLITS

_LISTS = {"flags"}  # tags that hold several values, joined by commas
_OUT_OF_SCOPE = "out_of_scope"  # the instruction kind of questions that a document cannot answer


@dataclass(frozen=True, eq=False)
class Material:
    """What the statistics are made of."""

    columns: Columns
    words: SampleWords  # of the columns' sample
    structures: tuple[str, ...]  # of each completion in the sample, "" where it has no word


def material_of(columns: Columns) -> Material:
    """The columns, and what is computed on their sample alone."""
    completions = columns.sample.completions
    structures = tuple(structure_of(texts[0]) if texts else "" for texts in completions)
    return Material(columns, sample_words(columns.sample), structures)


def parts_of(material: Material) -> dict[str, Part]:
    """Of all examples, under "all", and of each split."""
    columns = material.columns
    everything = np.ones(columns.size, dtype=bool)
    pairs = columns.pairs
    parts = {"all": _part(material, everything, sum(pairs.values()))}
    for split in SPLITS:
        parts[split] = _part(material, columns.of_split(split), pairs.get(split, 0))
    return parts


def _part(material: Material, rows: Rows, pairs: int) -> Part:
    columns, examples = material.columns, int(rows.sum())
    sampled = rows[columns.sample.rows]
    lengths = {measure: columns.lengths[measure][rows] for measure in MEASURES}
    structures = Counter(compress(material.structures, sampled))
    del structures[""]
    return Part(
        examples=examples,
        pairs=pairs,
        tokens=int(lengths["whole_tokens"].sum(dtype=np.int64)),
        trained_tokens=int(lengths["completion_tokens"].sum(dtype=np.int64)),
        lengths={measure: lengths_of(values) for measure, values in lengths.items()},
        turns=_turns(columns, rows),
        uniqueness=_uniqueness(columns, rows),
        vocabulary=material.words.vocabulary(sampled, examples),
        openings={what: _openings(columns.openings[what], rows) for what in NAMED},
        structures=counts_of(structures),
        tags=_tags(columns, rows),
        sources=counts_of(columns.coded["source"].counted(rows)),
        provenance=counts_of(columns.coded["provenance"].counted(rows)),
        derived=share_of("derived", int(columns.is_derived[rows].sum()), examples),
        negatives=_negatives(columns, rows, examples),
    )


def _turns(columns: Columns, rows: Rows) -> Counts:
    turns, counts = np.unique(columns.turns[rows], return_counts=True)
    return counts_of(zip(map(str, turns.tolist()), counts.tolist(), strict=True))


def _uniqueness(columns: Columns, rows: Rows) -> Mapping[UniqueWhat, Distinct]:
    openings = columns.openings
    return {
        "prompts": _distinct(columns.keys["prompts"][rows]),
        "completions": _distinct(columns.keys["completions"][rows]),
        "prompt_openings": _distinct(openings["prompts"].hashes[rows]),
        "completion_openings": _distinct(openings["completions"].hashes[rows]),
    }


def _distinct(hashes: Hashes) -> Distinct:
    """Of those that are there: 0 stands where a text is missing."""
    there = hashes[hashes != 0]
    distinct = count_distinct(there)
    return Distinct(there.size, distinct, round(distinct / there.size, 6) if there.size else 1.0)


def _openings(openings: Openings, rows: Rows) -> Counts:
    hashes = openings.hashes[rows]
    found, counts = np.unique(hashes[hashes != 0], return_counts=True)
    total, names = int(counts.sum()), openings.names
    counted = dict(zip(found.tolist(), counts.tolist(), strict=True))
    named = counts_of((names[one], counted[one]) for one in counted.keys() & names.keys())
    top = tuple(share_of(one.value, one.count, total) for one in named.top)
    return Counts(total, found.size, top, None)


def _tags(columns: Columns, rows: Rows) -> dict[str, Counts]:
    counted = {name: tag.counted(rows) for name, tag in columns.tags.items()}
    return {
        name: counts_of(one_by_one(counts) if name in _LISTS else counts)
        for name, counts in counted.items()
        if counts
    }


def _negatives(columns: Columns, rows: Rows, examples: int) -> Count:
    is_negative = np.zeros(columns.size, dtype=bool)
    for name in ("refusal", "negative"):
        if name in columns.tags:
            is_negative |= columns.tags[name].codes >= 0
    if "instruction_kind" in columns.tags:
        is_negative |= columns.tags["instruction_kind"].at(_OUT_OF_SCOPE)
    return share_of("negative", int((is_negative & rows).sum()), examples)
