"""What is known of each text of a batch: its words, whether it is another's twin, how it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ftdata.reporting.folding import Strings, fold_texts
from ftdata.text import same_key

Hashes = npt.NDArray[np.uint64]

_OPENING = 3  # words
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, eq=False)
class TextFacts:
    """One value for each text."""

    words: npt.NDArray[np.int64]
    keys: Hashes  # equal for texts whose words are the same
    openings: npt.NDArray[np.int32]  # which of `names` it begins with
    names: tuple[str, ...]  # "" for texts without words


def text_facts(texts: pa.Array) -> TextFacts:
    """Number of words, key and opening of each text of a column without nulls."""
    folded = fold_texts(texts)
    keys, bare = folded.texts.copy(), folded.words == 0
    keys[bare] = [same_key(text) for text in texts.filter(pa.array(bare)).to_pylist()]
    names: dict[str, int] = {}
    openings = [
        names.setdefault(" ".join(text.split(" ", _OPENING)[:_OPENING]), len(names))
        for text in folded.texts.tolist()
    ]
    return TextFacts(
        words=folded.words,
        keys=hashes_of(keys),
        openings=np.array(openings, dtype=np.int32),
        names=tuple(names),
    )


def hashes_of(texts: Sequence[str] | Strings) -> Hashes:
    """64 bits of SipHash for each text, the same ones on every machine."""
    from pandas.util import hash_array

    hashes: Hashes = hash_array(np.array(texts, dtype=object), categorize=False)
    return hashes


def joined_keys(keys: Hashes, starts: npt.NDArray[np.int64]) -> Hashes:
    """One key for each run of keys: the run that begins at `starts[i]` ends before the next.

    Equal for equal runs: the sum of the keys, each times an odd number that tells its place.
    """
    if not starts.size:
        return np.zeros(0, dtype=np.uint64)
    lengths = np.diff(np.append(starts, keys.size))
    place = (np.arange(keys.size) - np.repeat(starts, lengths)).astype(np.uint64)
    sums: Hashes = np.add.reduceat(keys * ((2 * place + 1) * _GOLDEN), starts)
    return sums


def count_distinct(numbers: Hashes | npt.NDArray[np.int64]) -> int:
    """How many of the numbers differ. Some numpy count by a hash table, which takes far longer."""
    return int(np.count_nonzero(np.diff(np.sort(numbers)))) + bool(numbers.size)
