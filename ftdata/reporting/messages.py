"""The messages of a batch of examples, and what they come to for each example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.reporting.coded import Rows
from ftdata.reporting.lengths import Ints
from ftdata.reporting.texts import Hashes, TextFacts, hashes_of, joined_keys, text_facts

NAMED = ("prompts", "completions")
_NAMES = 100  # openings of a batch whose texts are kept


@dataclass(frozen=True, eq=False)
class Messages:
    """Messages of `size` examples, one after the other: each array has a value for each message."""

    size: int
    row: npt.NDArray[np.int64]  # of the example
    is_of: Mapping[str, Rows]  # "prompts", "completions"
    texts: pa.Array  # the distinct ones
    text: npt.NDArray[np.int64]  # which of them
    facts: TextFacts  # of each of `texts`

    def lengths(self) -> dict[str, Ints]:
        """For each example `turns`, and characters and words of prompt, completion and whole."""
        characters = pc.utf8_length(self.texts).to_numpy(zero_copy_only=False)
        units = {"characters": characters, "words": self.facts.words}
        masks = {
            "prompt": self.is_of["prompts"],
            "completion": self.is_of["completions"],
            "whole": np.ones(self.row.size, dtype=bool),
        }
        sums = {
            f"{what}_{unit}": self._sum(values[self.text[mask]], self.row[mask])
            for unit, values in units.items()
            for what, mask in masks.items()
        }
        users = self.row[self.is_of["prompts"]]
        return {"turns": self._sum(np.ones(users.size), users), **sums}

    def keys(self, what: str) -> Hashes:
        """For each example a key of its prompt or completion; 0 where it has none."""
        keys = np.zeros(self.size, dtype=np.uint64)
        chosen = self.is_of[what]
        starts = self._starts(chosen)
        keys[self.row[chosen][starts]] = joined_keys(self.facts.keys[self.text[chosen]], starts)
        return keys

    def openings(self, what: str) -> tuple[Hashes, dict[int, str]]:
        """For each example a hash of how its prompt or completion begins, 0 where it has no word.

        With them the texts of the most frequent ones, by hash.
        """
        chosen = self.is_of[what]
        starts = self._starts(chosen)
        codes = self.facts.openings[self.text[chosen][starts]]
        names = self.facts.names
        hashes = hashes_of(names)
        if "" in names:
            hashes[names.index("")] = 0
        found = np.zeros(self.size, dtype=np.uint64)
        found[self.row[chosen][starts]] = hashes[codes]
        counts = np.bincount(codes, minlength=len(names))
        frequent = np.argsort(-counts, kind="stable")[:_NAMES]
        named = {int(hashes[code]): names[code] for code in frequent if counts[code]}
        return found, named

    def texts_of(self, what: str, rows: Rows) -> dict[int, list[str]]:
        """The texts of the prompts or completions of the chosen examples, by row."""
        chosen = self.is_of[what] & rows[self.row]
        texts = self.texts.take(pa.array(self.text[chosen])).to_pylist()
        found: dict[int, list[str]] = {}
        for row, text in zip(self.row[chosen].tolist(), texts, strict=True):
            found.setdefault(row, []).append(text)
        return found

    def _sum(self, values: npt.NDArray[np.generic], rows: npt.NDArray[np.int64]) -> Ints:
        return np.bincount(rows, weights=values, minlength=self.size).astype(np.int32)

    def _starts(self, chosen: Rows) -> npt.NDArray[np.int64]:
        """Where among the chosen messages those of another example begin."""
        return np.flatnonzero(np.diff(self.row[chosen], prepend=-1))


def read_messages(lists: pa.ListArray) -> Messages:
    """The messages in the column `messages` of a batch.

    Prompts are those of the user, completions those of the assistant whose weight is not 0.
    """
    flat = lists.flatten()
    role, content, weight = (pc.struct_field(flat, name) for name in ("role", "content", "weight"))
    is_trained = pc.and_(pc.equal(role, "assistant"), pc.not_equal(pc.fill_null(weight, 1), 0))
    encoded = pc.fill_null(content, "").dictionary_encode()
    ends = lists.offsets.to_numpy()
    return Messages(
        size=len(lists),
        row=np.repeat(np.arange(len(lists)), np.diff(ends)),
        is_of={
            "prompts": pc.equal(role, "user").to_numpy(zero_copy_only=False),
            "completions": is_trained.to_numpy(zero_copy_only=False),
        },
        texts=encoded.dictionary,
        text=encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64),
        facts=text_facts(encoded.dictionary),
    )
