"""Near-duplicates against neardup/: revisions of pages, and rows that others dropped.

A pair of revisions of one page is `dup` where half of its 5-word shingles are shared, which is how
the labels were made; what counts is how many pairs of different pages are merged on the way
(`not_dup_boilerplate`: command pages made from one template). The reference compares word sets, at
the threshold that finds as many of the `dup` pairs. Pairs labelled `ambiguous` are left out.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ftdata.cleaning.dedup.duplicates import find_duplicates
from ftdata.cleaning.dedup.fingerprints import Fingerprints, fingerprint
from ftdata.cleaning.dedup.pairs import verify
from ftdata.settings_dedup import Dedup
from ftdata_tests.benchmarks.duplicates_figures import Figure, at_most, stated

PART = "neardup"
SHINGLE_WORDS = 3  # of 1 to 13, what merges fewest templates at equal recall
THRESHOLDS = (0.5, 0.6, 0.7)  # from finding every revision to keeping templates apart
KEPT_AT = ("0.9", "0.8", "0.7", "0.6")

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Revisions:
    """One set: n texts with the page of each, and m labelled pairs of rows."""

    name: str
    texts: list[str]
    pages: list[str]
    left: Ints
    right: Ints
    labels: npt.NDArray[np.str_]

    def share(self, merged: Bools, label: str) -> float:
        """The share of the pairs with this label that are merged; 0 where there is none."""
        chosen = merged[self.labels == label]
        return float(chosen.mean()) if chosen.size else 0.0


def measure(data: Path) -> list[Figure]:
    """Every figure of the folder's sets."""
    folder = data / "neardup"
    found: list[Figure] = []
    for docs in sorted(folder.glob("*_revisions.docs.jsonl.gz")):
        revisions = read_revisions(docs)
        for threshold in THRESHOLDS:
            found += _compare(revisions, threshold)
    for path in sorted(folder.glob("*_thresholds.jsonl.gz")):
        found += _agreement(path)
    return found


def adjusted_rand_index(first: Sequence[Any], second: Sequence[Any]) -> float:
    """How well two clusterings of the same rows agree: 1 if they are the same, 0 as by chance.

    Hubert and Arabie 1985: (pairs together in both - expected) / (mean of the two - expected).
    """
    a, b = (np.unique(np.asarray(labels), return_inverse=True)[1] for labels in (first, second))
    together = _pairs(np.unique(np.stack([a, b]), axis=1, return_counts=True)[1])
    in_first, in_second = _pairs(np.bincount(a)), _pairs(np.bincount(b))
    expected = in_first * in_second / max(_pairs(np.array([a.size])), 1)
    most = (in_first + in_second) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def equal_recall_threshold(similarity: npt.NDArray[np.float64], found: int) -> float:
    """The highest threshold at which `found` of these similarities, or more, reach it."""
    return float(np.sort(similarity)[::-1][max(found, 1) - 1])


def read_revisions(docs: Path) -> Revisions:
    """A set and its pairs, from `X.docs.jsonl.gz` and `X.pairs.jsonl.gz`."""
    rows = _read(docs)
    pairs = _read(docs.with_name(docs.name.replace(".docs.", ".pairs.")))
    place = {row["id"]: at for at, row in enumerate(rows)}
    return Revisions(
        name=docs.name.removesuffix("_revisions.docs.jsonl.gz"),
        texts=[row["text"] for row in rows],
        pages=[row["page"] for row in rows],
        left=np.array([place[pair["a"]] for pair in pairs], np.int64),
        right=np.array([place[pair["b"]] for pair in pairs], np.int64),
        labels=np.array([pair["label"] for pair in pairs]),
    )


def _compare(revisions: Revisions, threshold: float) -> Iterator[Figure]:
    """Ours with shingles of some words, and the reference at equal recall."""
    name = f"{revisions.name}, {SHINGLE_WORDS} words at {threshold:g}"
    options = Dedup(shingle="word", shingle_size=SHINGLE_WORDS, threshold=threshold)
    prints = fingerprint(revisions.texts, options)
    ours = _similarity(prints, revisions) >= threshold
    word_sets = fingerprint(revisions.texts, Dedup(threshold=threshold))
    similarity = _similarity(word_sets, revisions)
    is_dup = revisions.labels == "dup"
    least = equal_recall_threshold(similarity[is_dup], int(ours[is_dup].sum()))
    theirs = similarity >= least
    yield from _pair_scores(revisions, ours, name)
    yield stated(PART, f"{name}: word sets, threshold of equal recall", least)
    for label in ("not_dup", "not_dup_boilerplate"):
        if (revisions.labels == label).any():
            bound = revisions.share(theirs, label)
            yield at_most(PART, f"{name}: {label} merged", revisions.share(ours, label), bound)
    yield from _cluster_scores(revisions, prints, options, name)
    # A threshold under 0.5 is no setting: the reference is then a little stricter than that.
    other = Dedup(threshold=max(least, 0.5))
    yield from _cluster_scores(revisions, word_sets, other, f"{name}: word sets")


def _similarity(prints: Fingerprints, revisions: Revisions) -> npt.NDArray[np.float64]:
    """The exact Jaccard of each labelled pair."""
    count = len(prints)
    none = np.zeros(revisions.left.size)
    pairs = verify(prints.sets, revisions.left, revisions.right, none)
    known = dict(zip((pairs.left * count + pairs.right).tolist(), pairs.similarity, strict=True))
    keys = (revisions.left * count + revisions.right).tolist()
    return np.array([known.get(key, 0.0) for key in keys])


def _pair_scores(revisions: Revisions, merged: Bools, name: str) -> Iterator[Figure]:
    recall = revisions.share(merged, "dup")
    hits = int(merged[revisions.labels == "dup"].sum())
    wrong = int(merged[revisions.labels == "not_dup"].sum())
    precision = hits / max(hits + wrong, 1)
    yield stated(PART, f"{name}: pair recall", recall)
    yield stated(PART, f"{name}: pair precision", precision)
    yield stated(PART, f"{name}: pair F1", _f1(precision, recall))


def _cluster_scores(
    revisions: Revisions, prints: Fingerprints, options: Dedup, name: str
) -> Iterator[Figure]:
    """Of the clusters that `find_duplicates` makes: each row with its canonical one."""
    clusters = find_duplicates(prints, options).canonical
    merged = clusters[revisions.left] == clusters[revisions.right]
    yield stated(PART, f"{name}: clusters, ARI", adjusted_rand_index(clusters, revisions.pages))
    yield stated(PART, f"{name}: clusters, pair recall", revisions.share(merged, "dup"))
    for label in ("not_dup", "not_dup_boilerplate"):
        if (revisions.labels == label).any():
            yield stated(PART, f"{name}: clusters, {label}", revisions.share(merged, label))


def _agreement(path: Path) -> Iterator[Figure]:
    """F1 of the rows we drop by their completions with the rows that others did not keep."""
    rows = _read(path)
    prints = fingerprint([row["response"] for row in rows], Dedup())
    for threshold in KEPT_AT:
        gone = ~find_duplicates(prints, Dedup(threshold=float(threshold))).kept
        wanted = np.array([threshold not in row["kept_at"] for row in rows])
        both = int((gone & wanted).sum())
        precision, recall = both / max(int(gone.sum()), 1), both / max(int(wanted.sum()), 1)
        name = path.name.removesuffix(".jsonl.gz")
        yield stated(PART, f"{name} {threshold}: agreement F1", _f1(precision, recall))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _pairs(sizes: Ints) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]
