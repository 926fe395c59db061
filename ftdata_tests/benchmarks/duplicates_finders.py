"""Ways to find the near-duplicate pairs of a JSONL file, each to be run in its own process.

    python -m ftdata_tests.benchmarks.duplicates_finders NAME FILE FOUND

NAME is `ours`, `ours_drops`, `loop`, `loop_legacy` or `rensa`. FOUND (.npy) gets the pairs as n x 2
rows; those of `ours_drops`, which runs `find_duplicates`, are each dropped row and its canonical
one. All read the file themselves and compare the words that `ftdata.text` finds.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import orjson

from ftdata.text import words
from ftdata_tests.benchmarks.duplicates_truth import with_equals

# What a way needs is imported by it alone: it counts as its start-up, and no other's.
if TYPE_CHECKING:
    from ftdata.cleaning.dedup.fingerprints import Fingerprints

THRESHOLD = 0.85
PERMUTATIONS = 128
_BLOCK = 20_000  # texts in memory at a time

Ints = npt.NDArray[np.int64]


def find_ours(path: Path) -> Ints:
    """Every pair that ftdata finds and verifies, with its default settings.

    Texts that are the same are found first and stand as one in its pairs: here each pair becomes
    the pairs of all that have these texts.
    """
    from ftdata.cleaning.dedup.duplicates import find_pairs, first_of_text
    from ftdata.settings_dedup import Dedup

    options = Dedup()
    prints = _fingerprints(path)
    pairs = find_pairs(prints, options)
    first = np.where(prints.sets.sizes >= options.min_words, first_of_text(prints), -1)
    return with_equals(first, pairs.left, pairs.right, pairs.similarity).pairs


def find_ours_drops(path: Path) -> Ints:
    """Every row that ftdata drops, and its canonical row."""
    from ftdata.cleaning.dedup.duplicates import find_duplicates
    from ftdata.settings_dedup import Dedup

    found = find_duplicates(_fingerprints(path), Dedup())
    dropped = np.flatnonzero(~found.kept)
    return np.stack([dropped, found.canonical[dropped]], axis=1)


def find_by_loop(path: Path, scheme: str | None = None) -> Ints:
    """The loop everyone writes first: datasketch, a word at a time, one query and one insert."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs: list[tuple[int, int]] = []
    with path.open(encoding="utf-8") as file:
        for row, line in enumerate(file):
            signature = MinHash(num_perm=PERMUTATIONS, scheme=scheme)
            for word in words(json.loads(line)["prompt"]):
                signature.update(word.encode())
            pairs += ((other, row) for other in index.query(signature))
            index.insert(row, signature)
    return _array(pairs)


def find_by_legacy_loop(path: Path) -> Ints:
    """The same with the permutations of datasketch 1, which take longer to make."""
    return find_by_loop(path, "legacy")


def find_by_rensa(path: Path) -> Ints:
    """Rensa by its bulk calls: candidates from 16 bands whose estimate is at the threshold.

    Its own deduplicator keeps no row that repeats one, and so names fewer pairs; the number of
    bands it would choose, 8, finds three pairs of four.
    """
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=16)
    sketches: list[RMinHash] = []
    for texts in _blocks(path):
        tokens = [words(text) for text in texts]
        made = RMinHash.from_token_sets(tokens, num_perm=PERMUTATIONS, seed=42)
        index.insert_many(made, start_key=len(sketches))
        sketches += made
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(sketches), _BLOCK):
        block = sketches[start : start + _BLOCK]
        for row, others in enumerate(index.query_all(block), start):
            mine = sketches[row]
            near = (at for at in others if at < row and mine.jaccard(sketches[at]) >= THRESHOLD)
            pairs += ((at, row) for at in near)
    return _array(pairs)


FINDERS = {
    "ours": find_ours,
    "ours_drops": find_ours_drops,
    "loop": find_by_loop,
    "loop_legacy": find_by_legacy_loop,
    "rensa": find_by_rensa,
}


def _fingerprints(path: Path) -> Fingerprints:
    from ftdata.cleaning.dedup.fingerprints import Fingerprints, fingerprint
    from ftdata.settings_dedup import Dedup

    return Fingerprints.concat([fingerprint(texts, Dedup()) for texts in _blocks(path)])


def _blocks(path: Path) -> Iterator[list[str]]:
    texts: list[str] = []
    with path.open("rb") as file:
        for line in file:
            texts.append(orjson.loads(line)["prompt"])
            if len(texts) == _BLOCK:
                yield texts
                texts = []
    yield texts


def _array(pairs: list[tuple[int, int]]) -> Ints:
    return np.array(pairs, np.int64).reshape(-1, 2)


def main() -> None:
    """Find the pairs of one file in one way."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", choices=sorted(FINDERS))
    parser.add_argument("file", type=Path)
    parser.add_argument("found", type=Path)
    options = parser.parse_args()
    np.save(options.found, FINDERS[options.name](options.file))


if __name__ == "__main__":
    main()
