"""A sample of the examples with their texts: those whose ids have the least hashes.

Which they are depends on the ids alone, not on the order of the examples nor on their number: a
larger dataset's sample holds of a smaller one's what is still among the least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from ftdata.reporting.messages import Messages
from ftdata.reporting.texts import hashes_of

Texts = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Sample:
    """Some examples: `rows[i]` is the place of the one with `prompts[i]` and `completions[i]`."""

    rows: npt.NDArray[np.int64]  # ascending
    prompts: tuple[Texts, ...]  # the user messages of each
    completions: tuple[Texts, ...]  # the trained assistant messages of each


class Sampler:
    """Takes in batches; holds at most twice the size of the sample."""

    def __init__(self, size: int) -> None:
        """`size` is the number of examples wanted."""
        self._size = size
        self._limit = 1 << 64  # what is hashed to it or above is not among the least
        self._rows = 0
        self._held: list[tuple[int, int, Texts, Texts]] = []  # hash, row, prompts, completions

    def add(self, ids: Sequence[str], messages: Messages) -> None:
        """Take in the examples of a batch."""
        hashes = hashes_of(ids)
        chosen = hashes <= np.uint64(self._limit - 1)
        prompts = messages.texts_of("prompts", chosen)
        completions = messages.texts_of("completions", chosen)
        for row in np.flatnonzero(chosen).tolist():
            said = tuple(prompts.get(row, ())), tuple(completions.get(row, ()))
            self._held.append((int(hashes[row]), self._rows + row, *said))
        self._rows += len(ids)
        if len(self._held) > 2 * self._size:
            self._prune()

    def sample(self) -> Sample:
        """The examples with the least hashes, in the order of the rows."""
        self._prune()
        held = sorted(self._held, key=itemgetter(1))
        return Sample(
            rows=np.array([row for _, row, _, _ in held], dtype=np.int64),
            prompts=tuple(prompts for _, _, prompts, _ in held),
            completions=tuple(completions for _, _, _, completions in held),
        )

    def _prune(self) -> None:
        self._held = sorted(self._held, key=itemgetter(0, 1))[: self._size]
        if len(self._held) == self._size:
            self._limit = self._held[-1][0] + 1
