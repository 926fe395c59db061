"""Rows that repeat an earlier row of the same file, exactly or nearly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ftdata import jsonl
from ftdata.checking.findings import Finding
from ftdata.cleaning.dedup.duplicates import (
    EXACT,
    Duplicates,
    find_duplicates,
    first_of_text,
)
from ftdata.cleaning.dedup.fingerprints import Fingerprints, fingerprint
from ftdata.cleaning.dedup.pairs import Rows
from ftdata.cleaning.dedup.shingles import Hashes
from ftdata.release.exports.exporter import Reading
from ftdata.settings_dedup import Dedup

NEAR_ROWS = 100_000
"""Rows up to which near-duplicates are looked for: it takes about two kilobytes for each."""


def row_prints(readings: Sequence[Reading], options: Dedup) -> Fingerprints:
    """Fingerprints of what user and assistant say in each row, tool calls included."""
    return fingerprint([_text(reading) for reading in readings], options)


def _text(reading: Reading) -> str:
    said = [
        part
        for role, content, _, calls, _, _ in reading.messages
        if role in ("user", "assistant")
        for part in (content, jsonl.dumps(calls).decode() if calls else None)
        if part
    ]
    return "\n".join([*said, reading.rejected] if reading.rejected else said)


class RepeatFinder:
    """Takes fingerprints part by part; what it holds of a row is 8 bytes beyond `near_rows` rows.

    Beyond them near-duplicates are not looked for, and `has_near` is False.
    """

    def __init__(self, options: Dedup, near_rows: int) -> None:
        """A `near_rows` of 0 leaves exact duplicates alone to be looked for."""
        self._options = options
        self._most = near_rows
        self._parts: list[Fingerprints] = []
        self._texts: list[Hashes] = []
        self._lines: list[Rows] = []
        self._rows = 0
        self.has_near = near_rows > 0

    def add(self, prints: Fingerprints, lines: Rows) -> None:
        """Take the fingerprints of rows that stand in these lines."""
        self._rows += len(prints)
        self._texts.append(prints.texts)
        self._lines.append(lines.astype(np.uint32))
        if self._rows > self._most:
            self._parts, self.has_near = [], False
        if self.has_near:
            self._parts.append(prints)

    def findings(self) -> Iterator[Finding]:
        """Each row that repeats an earlier one, in order."""
        if not self._rows:
            return
        lines = np.concatenate(self._lines)
        found = self._near() if self.has_near else self._exact()
        for row in np.flatnonzero(~found.kept).tolist():
            first = int(lines[found.canonical[row]])
            if found.kind[row] == EXACT:
                rule, message = "exact_duplicate", f"says the same as line {first}: take one out"
            else:
                rule = "near_duplicate"
                degree = found.similarity[row]
                message = f"has {degree:.0%} of its words in common with line {first}: compare them"
            yield Finding(int(lines[row]), rule, "warning", "", message)

    def _near(self) -> Duplicates:
        return find_duplicates(Fingerprints.concat(self._parts), self._options)

    def _exact(self) -> Duplicates:
        texts = np.concatenate(self._texts)
        empty = np.empty(0, np.uint64)
        offsets = np.zeros(texts.size + 1, np.int64)
        canonical = first_of_text(Fingerprints(empty, offsets, texts))
        kind = np.where(canonical == np.arange(texts.size), 0, EXACT).astype(np.int8)
        return Duplicates(canonical, np.ones(texts.size), kind)
