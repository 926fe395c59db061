"""The words of a sample: how many there are, which are frequent, how much of a text is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.reporting.coded import Rows, counts_of
from ftdata.reporting.folding import fold_texts
from ftdata.reporting.sampling import Sample
from ftdata.reporting.statistics import Vocabulary
from ftdata.reporting.texts import count_distinct
from ftdata.stop_words import STOP_WORDS

Ids = npt.NDArray[np.int64]

_STOPS = frozenset().union(*STOP_WORDS.values())
_MIN_TERM = 3  # characters
_LONGER_RUNS = (2, 3)  # words


@dataclass(frozen=True, eq=False)
class SampleWords:
    """Every word of a sample, by number, one message after the other.

    `word`, `message` and `example` have one value a word: which of `types` it is, and which
    message and which example of the sample it stands in.
    """

    types: tuple[str, ...]
    word: Ids
    message: Ids
    example: Ids
    pairs: Ids  # example × number of types + word, each once

    def vocabulary(self, examples: Rows, of: int) -> Vocabulary:
        """The words of the chosen examples, out of a part that has `of` of them."""
        chosen = examples[self.example]
        word, message = self.word[chosen], self.message[chosen]
        counts = np.bincount(word, minlength=len(self.types))
        found = np.flatnonzero(counts)
        terms = [(self.types[i], int(counts[i])) for i in found if _is_term(self.types[i])]
        ratio = _ratio(found.size, word.size)
        longer = {str(n): self._distinct(word, message, n) for n in _LONGER_RUNS}
        return Vocabulary(
            examples=int(examples.sum()),
            of=of,
            words=word.size,
            types=found.size,
            type_token_ratio=ratio,
            top=counts_of(terms),
            distinct_n={"1": ratio, **longer},
        )

    def standing_in(self, examples: Rows) -> npt.NDArray[np.int64]:
        """For each of `types` in how many of the chosen examples it stands."""
        example, word = np.divmod(self.pairs, max(len(self.types), 1))
        return np.bincount(word[examples[example]], minlength=len(self.types))

    def _distinct(self, word: Ids, message: Ids, n: int) -> float:
        """Share of distinct runs of n words; a run ends with its message."""
        run = word[: word.size - n + 1]
        for step in range(1, n):
            run = run * len(self.types) + word[step : word.size - n + 1 + step]
        whole = message[: run.size] == message[n - 1 :][: run.size]
        return _ratio(count_distinct(run[whole]), int(whole.sum()))


def sample_words(sample: Sample) -> SampleWords:
    """The words of the sample's prompts and completions."""
    both = zip(sample.prompts, sample.completions, strict=True)
    per_example = [prompts + completions for prompts, completions in both]
    texts = pa.array([text for own in per_example for text in own], pa.string())
    folded = fold_texts(texts)
    spoken = folded.words > 0  # splitting "" would give a word
    split = pc.split_pattern(pa.array(folded.texts[spoken], pa.string()), " ").flatten()
    found = split.dictionary_encode()
    word = found.indices.to_numpy().astype(np.int64)
    message = np.repeat(np.arange(len(texts)), folded.words)
    example = np.repeat(np.arange(len(per_example)), [len(own) for own in per_example])[message]
    pairs = np.sort(example * len(found.dictionary) + word)
    return SampleWords(
        types=tuple(found.dictionary.to_pylist()),
        word=word,
        message=message,
        example=example,
        pairs=pairs[np.diff(pairs, prepend=-1) != 0],
    )


def most_frequent(types: Sequence[str], counts: Ids, most: int) -> Mapping[str, int]:
    """The most frequent words with their counts, and the others together under the empty string."""
    present = np.flatnonzero(counts)
    order = sorted(present.tolist(), key=lambda i: (-int(counts[i]), types[i]))
    top = {types[i]: int(counts[i]) for i in order[:most]}
    return {**top, "": int(counts.sum()) - sum(top.values())}


def _is_term(word: str) -> bool:
    return len(word) >= _MIN_TERM and not word.isdigit() and word not in _STOPS


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 1.0
