"""All pairs of a JSONL file whose word sets have a Jaccard of 0.85 or more, and scores by them.

    python -m ftdata_tests.benchmarks.duplicates_truth pairs FILE TRUTH     writes TRUTH (.npz)
    python -m ftdata_tests.benchmarks.duplicates_truth score TRUTH FOUND    FOUND: n x 2 rows (.npy)
    python -m ftdata_tests.benchmarks.duplicates_truth drops TRUTH FOUND

The pairs come from an exact set-similarity join (prefix filter), and the join is held against a
comparison of every pair of a sample by plain Python sets. Texts of fewer than five distinct words
are compared with nothing: pairs found among them count neither for nor against.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import orjson

from ftdata.splitting.pairs import similar_pairs, spread
from ftdata.text import WordHasher, words

THRESHOLD = 0.85
MIN_WORDS = 5
BANDS = (0.85, 0.87, 0.9, 0.95, 1.0)  # lower edges; the last is that of equal sets
SAMPLE = 3_000

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Truth:
    """The true pairs of n texts, by row: left < right, sorted by both."""

    pairs: Ints  # m x 2
    jaccard: npt.NDArray[np.float64]  # m
    compared: npt.NDArray[np.bool_]  # n: has MIN_WORDS distinct words or more

    def save(self, path: Path) -> None:
        """Write it."""
        np.savez(path, pairs=self.pairs, jaccard=self.jaccard, compared=self.compared)

    @classmethod
    def load(cls, path: Path) -> Truth:
        """Read what `save` wrote."""
        with np.load(path) as stored:
            return cls(stored["pairs"], stored["jaccard"], stored["compared"])


def read_word_sets(path: Path) -> Iterator[frozenset[str]]:
    """The word set of each record's prompt."""
    with path.open("rb") as file:
        for line in file:
            yield frozenset(words(orjson.loads(line)["prompt"]))


def true_pairs(sets: Sequence[frozenset[str]], threshold: float = THRESHOLD) -> Truth:
    """Every pair of sets of MIN_WORDS or more at or over the threshold, equal ones included."""
    hasher = WordHasher()
    lengths = np.array([len(found) for found in sets], np.int64)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    hashes = [value for found in sets for value in hasher.word_set(found)]
    similar = similar_pairs(offsets, np.array(hashes, np.uint64), threshold, MIN_WORDS)
    jaccard = [
        len(sets[a] & sets[b]) / len(sets[a] | sets[b])
        for a, b in zip(similar.left.tolist(), similar.right.tolist(), strict=True)
    ]
    return with_equals(similar.first, similar.left, similar.right, np.array(jaccard, np.float64))


def with_equals(first: Ints, left: Ints, right: Ints, jaccard: npt.NDArray[np.float64]) -> Truth:
    """Pairs of first equals become pairs of all their equals; equals of one another are added.

    `first` holds for each of n rows the first that is equal to it, or -1 for rows of no pair.
    """
    order = np.flatnonzero(first >= 0)
    order = order[np.argsort(first[order], kind="stable")]
    sizes = np.bincount(first[order], minlength=first.size)
    starts = np.cumsum(sizes) - sizes
    many = np.flatnonzero(sizes > 1)
    left, right = np.concatenate([left, many]), np.concatenate([right, many])
    jaccard = np.concatenate([jaccard, np.ones(many.size)])
    copies = sizes[left] * sizes[right]
    step = spread(np.zeros(copies.size, np.int64), copies)
    across = np.repeat(sizes[right], copies)
    a = order[np.repeat(starts[left], copies) + step // across]
    b = order[np.repeat(starts[right], copies) + step % across]
    kept = (a < b) | np.repeat(left != right, copies)
    pairs = np.sort(np.stack([a, b], axis=1)[kept], axis=1)
    sequence = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return Truth(pairs[sequence], np.repeat(jaccard, copies)[kept][sequence], first >= 0)


def brute_force(sets: Sequence[frozenset[str]], threshold: float = THRESHOLD) -> Ints:
    """The same pairs, every pair compared."""
    rows = [row for row, found in enumerate(sets) if len(found) >= MIN_WORDS]
    found = []
    for a, b in combinations(rows, 2):
        common = len(sets[a] & sets[b])
        if common / (len(sets[a]) + len(sets[b]) - common) >= threshold:
            found.append((a, b))
    return np.array(found, np.int64).reshape(-1, 2)


def sample_rows(truth: Truth) -> Ints:
    """Rows to compare by brute force: half of them from true pairs, half from anywhere."""
    count = truth.compared.size
    some = truth.pairs[:: max(1, 4 * len(truth.pairs) // SAMPLE)].ravel()
    return np.unique(np.concatenate([some, np.arange(0, count, max(1, 2 * count // SAMPLE))]))


def brute_force_differs(sets: Sequence[frozenset[str]], truth: Truth) -> int:
    """Pairs among sampled rows that one of the two ways finds and the other does not."""
    rows = sample_rows(truth)
    slow = rows[brute_force([sets[row] for row in rows])]
    inside = np.isin(truth.pairs, rows).all(axis=1)
    fast = {tuple(pair) for pair in truth.pairs[inside].tolist()}
    return len(fast ^ {tuple(pair) for pair in slow.tolist()})


def score(truth: Truth, found: Ints) -> dict[str, float]:
    """Recall and precision of pairs found (n x 2, any order, repeats allowed), recall by band."""
    count = truth.compared.size
    found = np.sort(found.reshape(-1, 2), axis=1)
    found = found[truth.compared[found].all(axis=1) & (found[:, 0] != found[:, 1])]
    keys = np.unique(found[:, 0] * count + found[:, 1])
    true_keys = truth.pairs[:, 0] * count + truth.pairs[:, 1]
    hit = np.isin(true_keys, keys, assume_unique=True)
    scores = {"recall": _share(hit), "precision": _share(np.isin(keys, true_keys))}
    for name, band in _bands(truth):
        scores[f"recall {name}"] = _share(hit[band])
    return scores | {"pairs": float(keys.size)}


def score_drops(truth: Truth, dropped: Ints) -> dict[str, float]:
    """Whether rows dropped (n x 2: the row and its canonical one) repeat it, and what is left.

    A true pair of which both rows stay is a duplicate left in the data.
    """
    count = truth.compared.size
    stays = np.ones(count, np.bool_)
    stays[dropped[:, 0]] = False
    judged = np.sort(dropped[truth.compared[dropped].all(axis=1)], axis=1)
    true_keys = truth.pairs[:, 0] * count + truth.pairs[:, 1]
    left = stays[truth.pairs].all(axis=1)
    return {
        "dropped": float(len(dropped)),
        "precision": _share(np.isin(judged[:, 0] * count + judged[:, 1], true_keys)),
        "pairs left": float(np.count_nonzero(left)),
        "rows left share": float(np.unique(truth.pairs[left, 1]).size / count),
    }


def describe(truth: Truth) -> dict[str, float]:
    """How many pairs there are in each band, and what share of the records is in one."""
    members = np.unique(truth.pairs).size
    sizes = {f"pairs {name}": float(np.count_nonzero(band)) for name, band in _bands(truth)}
    return {
        "pairs": float(len(truth.pairs)),
        **sizes,
        "share with a near copy": members / truth.compared.size,
        "share compared": float(truth.compared.mean()),
    }


def _bands(truth: Truth) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
    for low, high in zip(BANDS, (*BANDS[1:], np.inf), strict=True):
        name = f"{low:.2f}" if high > 1 else f"{low:.2f} to {high:.2f}"
        yield name, (truth.jaccard >= low) & (truth.jaccard < high)


def _share(hits: npt.NDArray[np.bool_]) -> float:
    return float(hits.mean()) if hits.size else 1.0


def main() -> None:
    """Write the true pairs of a file and describe them, or score pairs that were found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("step", choices=["pairs", "score", "drops"])
    parser.add_argument("source", type=Path)
    parser.add_argument("other", type=Path)
    options = parser.parse_args()
    if options.step == "pairs":
        sets = list(read_word_sets(options.source))
        truth = true_pairs(sets)
        truth.save(options.other)
        size = {"distinct words in the mean": sum(map(len, sets)) / max(len(sets), 1)}
        check = {"differences from brute force": brute_force_differs(sets, truth)}
        print(json.dumps({**size, **describe(truth), **check}))
    else:
        judge = score if options.step == "score" else score_drops
        print(json.dumps(judge(Truth.load(options.source), np.load(options.other))))


if __name__ == "__main__":
    main()
