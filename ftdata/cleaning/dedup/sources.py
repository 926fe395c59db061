"""Duplicates among the rows of several sources, each with its own options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from ftdata.cleaning.dedup.duplicates import Duplicates, Meanings, RowRules, find_duplicates
from ftdata.cleaning.dedup.fingerprints import (
    Fingerprints,
    completion_hashes,
    dedup_texts,
    fingerprint,
)
from ftdata.cleaning.dedup.pairs import Rows
from ftdata.cleaning.dedup.semantic import Vectors, vectors_of_column
from ftdata.cleaning.dedup.shingles import Hashes
from ftdata.settings import Settings, dedup_of
from ftdata.settings_dedup import Dedup

Embed = Callable[[Sequence[str]], Vectors]


class Compared(NamedTuple):
    """What is compared of n rows."""

    fingerprints: Fingerprints
    completions: Hashes  # read where they count
    vectors: Vectors | None  # n x d, where meanings are compared


def find_duplicates_across(
    compared: Compared, sources: pa.ChunkedArray, settings: Settings
) -> Duplicates:
    """The duplicates among n rows in canonical order, each of the source named in `sources`.

    Rows are compared where their sources compare the same text in the same shingles; the later
    row's options say what is too similar.
    """
    fingerprints, completions, vectors = compared
    count = len(fingerprints)
    found = Duplicates(np.arange(count), np.ones(count), np.zeros(count, np.int8))
    options, owners = _options(sources, settings)
    for comparable in _comparable(options):
        rows = np.flatnonzero(np.isin(owners, comparable))
        rules = RowRules.of(options, owners[rows])
        part = find_duplicates(
            fingerprints.take(rows),
            rules,
            completions=completions[rows],
            meanings=_meanings(vectors, rows, settings),
        )
        found.canonical[rows] = rows[part.canonical]
        found.similarity[rows] = part.similarity
        found.kind[rows] = part.kind
    return found


def compared_of_columns(table: pa.Table) -> Compared:
    """What is compared, from the columns of a `validated_splits` table.

    Raises ValueError where the vectors are of several models.
    """
    column = table.column("dedup_vector")
    return Compared(
        Fingerprints.of_columns(table.column("dedup_words"), table.column("dedup_text")),
        np.asarray(table.column("dedup_completion").fill_null(0), np.uint64),
        vectors_of_column(column) if column.null_count < len(column) else None,
    )


def compared_of_messages(
    messages: pa.ChunkedArray, sources: pa.ChunkedArray, settings: Settings, embed: Embed | None
) -> Compared:
    """What is compared of n rows, each read as its source's options say."""
    options, owners = _options(sources, settings)
    prints, rows = [Fingerprints.concat([])], [np.empty(0, np.int64)]
    completions = np.zeros(len(owners), np.uint64)
    texts = [""] * len(owners)
    for owner, chosen in enumerate(options):
        rows.append(np.flatnonzero(owners == owner))
        own = messages.take(pa.array(rows[-1]))
        read = dedup_texts(own, chosen.key)
        prints.append(fingerprint(read, chosen))
        for row, text in zip(rows[-1].tolist(), read, strict=True):
            texts[row] = text
        hashes = completion_hashes(own, chosen)
        if hashes is not None:
            completions[rows[-1]] = hashes
    order = np.argsort(np.concatenate(rows))
    vectors = embed(texts) if embed else None
    return Compared(Fingerprints.concat(prints).take(order), completions, vectors)


def _meanings(vectors: Vectors | None, rows: Rows, settings: Settings) -> Meanings | None:
    if vectors is None:
        return None
    return Meanings(lambda part: vectors[rows[part]], settings.cleaning.dedup.semantic_threshold)


def _options(sources: pa.ChunkedArray, settings: Settings) -> tuple[list[Dedup], Rows]:
    """The options of every source, and for each row which of them are its own."""
    encoded = sources.combine_chunks().dictionary_encode()
    options = [dedup_of(settings, name) for name in encoded.dictionary.to_pylist()]
    return options, np.asarray(encoded.indices, np.int64)


def _comparable(options: Sequence[Dedup]) -> list[list[int]]:
    """Sources whose rows can be compared with one another."""
    together: dict[tuple[str, str, int], list[int]] = {}
    for owner, chosen in enumerate(options):
        if chosen.enabled:
            alike = chosen.key, chosen.shingle, chosen.shingle_size
            together.setdefault(alike, []).append(owner)
    return list(together.values())
