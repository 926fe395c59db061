"""Which rows repeat an earlier one: exactly, or nearly by the shingles they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ftdata.cleaning.dedup.earliest import find_earliest, find_similar
from ftdata.cleaning.dedup.fingerprints import Fingerprints
from ftdata.cleaning.dedup.pairs import Pairs, Rows, order_of
from ftdata.cleaning.dedup.semantic import Vectors, find_semantic
from ftdata.cleaning.dedup.shingles import Hashes
from ftdata.settings_dedup import Dedup
from ftdata.text import hash64

KEPT, EXACT, NEAR, SEMANTIC = 0, 1, 2, 3
REASONS = {EXACT: "exact_duplicate", NEAR: "near_duplicate", SEMANTIC: "semantic_duplicate"}


@dataclass(frozen=True, eq=False)
class Duplicates:
    """What became of each of n rows, in their order."""

    canonical: Rows  # the row it repeats, itself where it is kept
    similarity: npt.NDArray[np.float64]  # Jaccard with that row; 1 where exact or kept
    kind: npt.NDArray[np.int8]  # KEPT, EXACT, NEAR or SEMANTIC

    @property
    def kept(self) -> npt.NDArray[np.bool_]:
        """True for the rows that stay."""
        return np.equal(self.kind, KEPT)


@dataclass(frozen=True, eq=False)
class Meanings:
    """Embeddings, for those rows that are still there when words are compared."""

    embed: Callable[[Rows], Vectors]  # a vector for each of some rows, zeros for none
    threshold: float  # cosine from which two texts mean the same


@dataclass(frozen=True, eq=False)
class RowRules:
    """What counts as a duplicate, row by row: sources may differ. Each array holds n values."""

    thresholds: npt.NDArray[np.float64]
    min_words: npt.NDArray[np.int64]
    stay: npt.NDArray[np.int64]  # distinct completions that stay of a cluster; 1: the canonical

    @classmethod
    def of(cls, options: Sequence[Dedup], owners: Rows) -> RowRules:
        """The rules of rows that each follow `options[owner]`."""
        several = [o.keep_completions if o.keep == "distinct_completions" else 1 for o in options]
        return cls(
            thresholds=np.array([o.threshold for o in options])[owners],
            min_words=np.array([o.min_words for o in options])[owners],
            stay=np.array(several)[owners],
        )


def find_duplicates(
    fingerprints: Fingerprints,
    options: Dedup | RowRules,
    precedence: Rows | None = None,
    completions: Hashes | None = None,
    meanings: Meanings | None = None,
) -> Duplicates:
    """The duplicates among rows: the first of each cluster stays, by `precedence` or their order.

    A row with the text of an earlier one (but for case, punctuation and white space) is an exact
    duplicate; an empty text repeats nothing. Of the others, those with `min_words` distinct
    shingles or more are near-duplicates where their Jaccard with an earlier row that stays is at
    least their `threshold`; the earliest such row is canonical. Comparing with rows that stay, and
    not with whole clusters, keeps a chain of small edits from merging texts that are far apart.

    With `meanings`, of what then stays a row is a semantic duplicate where it means the same as an
    earlier one. `precedence` lists all rows, the one to be preferred first. Where several
    completions may stay, the first rows of a cluster whose `completions` (n hashes) differ do.
    """
    count = len(fingerprints)
    if isinstance(options, Dedup):
        if not options.enabled:
            return Duplicates(np.arange(count), np.ones(count), np.zeros(count, np.int8))
        options = RowRules.of([options], np.zeros(count, np.int64))
    if precedence is None:
        return _find_in_order(fingerprints, options, np.arange(count), completions, meanings)
    rules, in_order = _take_rules(options, precedence), fingerprints.take(precedence)
    found = _find_in_order(in_order, rules, precedence, completions, meanings)
    placed = Duplicates(np.empty_like(precedence), np.empty(count), np.empty(count, np.int8))
    placed.canonical[precedence] = precedence[found.canonical]
    placed.similarity[precedence] = found.similarity
    placed.kind[precedence] = found.kind
    return placed


def find_pairs(fingerprints: Fingerprints, options: Dedup) -> Pairs:
    """All near-duplicate pairs among rows with different texts, but for those of large buckets."""
    rules = RowRules.of([options], np.zeros(len(fingerprints), np.int64))
    rows = _compared(fingerprints, rules, first_of_text(fingerprints))
    _, _, pairs = find_similar(fingerprints.sets.take(rows), rules.thresholds[rows])
    return Pairs(rows[pairs.left], rows[pairs.right], pairs.similarity)


def drop_details(duplicates: Duplicates, ids: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Reason and detail of each dropped row: `near_duplicate`, `of log_1, similarity 0.91`."""
    return {
        row: (
            REASONS[int(duplicates.kind[row])],
            f"of {ids[duplicates.canonical[row]]}, similarity {duplicates.similarity[row]:.2f}",
        )
        for row in np.flatnonzero(~duplicates.kept).tolist()
    }


def _find_in_order(
    fingerprints: Fingerprints,
    rules: RowRules,
    numbers: Rows,
    completions: Hashes | None,
    meanings: Meanings | None,
) -> Duplicates:
    """The duplicates among rows in order of preference; `numbers`: as which each was given."""
    found = _find_similar(fingerprints, rules)
    if meanings is not None:
        eligible = np.flatnonzero(found.kept & (fingerprints.sets.sizes >= rules.min_words))
        _add_semantic(found, eligible, meanings.embed(numbers[eligible]), meanings.threshold)
    if completions is not None:
        _let_stay(found, rules.stay.tolist(), completions[numbers].tolist())
    return found


def _find_similar(fingerprints: Fingerprints, rules: RowRules) -> Duplicates:
    canonical = first_of_text(fingerprints)
    exact = canonical != np.arange(len(fingerprints))
    kind = np.where(exact, EXACT, KEPT).astype(np.int8)
    similarity = np.ones(len(fingerprints))
    rows = _compared(fingerprints, rules, canonical)
    near = find_earliest(fingerprints.sets.take(rows), rules.thresholds[rows])
    places = rows[np.fromiter(near, np.int64, len(near))]
    matches = np.array(list(near.values()), np.float64).reshape(-1, 2)
    kind[places], similarity[places] = NEAR, matches[:, 1]
    canonical[places] = rows[matches[:, 0].astype(np.int64)]
    # What repeats a near-duplicate is one itself: its canonical row is the one that stays.
    repeats = np.flatnonzero(exact & (kind[canonical] == NEAR))
    kind[repeats], similarity[repeats] = NEAR, similarity[canonical[repeats]]
    canonical[repeats] = canonical[canonical[repeats]]
    return Duplicates(canonical, similarity, kind)


def _add_semantic(found: Duplicates, rows: Rows, vectors: Vectors, threshold: float) -> None:
    """Turn those of the rows that mean the same as an earlier one into its duplicates."""
    for place, (other, cosine) in find_semantic(vectors, np.arange(len(rows)), threshold).items():
        row = rows[place]
        found.canonical[row], found.similarity[row], found.kind[row] = rows[other], cosine, SEMANTIC
    # What repeats one of them: its canonical row is the one that stays.
    repeats = np.flatnonzero((found.kind != KEPT) & (found.kind[found.canonical] == SEMANTIC))
    found.similarity[repeats] = np.minimum(
        found.similarity[repeats], found.similarity[found.canonical[repeats]]
    )
    found.canonical[repeats] = found.canonical[found.canonical[repeats]]


def first_of_text(fingerprints: Fingerprints) -> Rows:
    """For each row the first with its text; itself where the text is empty."""
    texts = fingerprints.texts
    order = order_of(texts)
    starts = np.flatnonzero(np.diff(texts[order], prepend=~texts[order[:1]]))
    first = np.empty_like(order)
    first[order] = np.repeat(order[starts], np.diff(starts, append=order.size))
    return np.where(texts == np.uint64(hash64("")), np.arange(texts.size), first)


def _compared(fingerprints: Fingerprints, rules: RowRules, canonical: Rows) -> Rows:
    sizes = fingerprints.sets.sizes
    return np.flatnonzero((canonical == np.arange(sizes.size)) & (sizes >= rules.min_words))


def _take_rules(rules: RowRules, rows: Rows) -> RowRules:
    return RowRules(rules.thresholds[rows], rules.min_words[rows], rules.stay[rows])


def _let_stay(found: Duplicates, stay: list[int], completions: list[int]) -> None:
    """Keep the first repeats of each cluster that have a completion of their own."""
    staying: dict[int, set[int]] = {}
    for row in np.flatnonzero(~found.kept).tolist():
        leader = int(found.canonical[row])
        theirs = staying.setdefault(leader, {completions[leader]})
        if len(theirs) < stay[row] and completions[row] not in theirs:
            theirs.add(completions[row])
            found.canonical[row], found.similarity[row], found.kind[row] = row, 1, KEPT
