"""What is counted over the kept examples while they stream by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.tables import SPLITS

# Counted beside the category, and shown with their shares.
SHOWN_TAGS = ("instruction_kind", "task_type", "domain", "complexity", "tone", "language")


class Tally:
    """Counts by split; memory is some bytes per example.

    Preference pairs are counted by themselves and by provenance, and nowhere else.
    """

    def __init__(self) -> None:
        """Start at nothing."""
        self.sources: Counter[tuple[str, str]] = Counter()  # (source, split)
        self.categories: Counter[tuple[str, str]] = Counter()  # (tag `category`, split)
        self.provenance: Counter[tuple[str, str]] = Counter()  # (provenance, split)
        self.pairs: Counter[tuple[str, str]] = Counter()  # (tag `pair`, split)
        self.tags: dict[str, Counter[str]] = {name: Counter() for name in SHOWN_TAGS}
        self.tokenizers: Counter[str] = Counter()
        self.dates: tuple[str, str] | None = None  # first and last
        self._tokens: dict[str, list[npt.NDArray[np.int64]]] = defaultdict(list)
        self._pair_tokens: dict[str, list[npt.NDArray[np.int64]]] = defaultdict(list)
        self._trained: Counter[str] = Counter()
        self._groups: dict[str, list[pa.Array]] = defaultdict(list)

    def add(self, table: pa.Table) -> None:
        """Count a table with the columns of `examples_schema`."""
        if not table.num_rows:
            return
        dates = pc.min_max(table.column("date")).as_py()
        first, last = self.dates or (dates["min"], dates["max"])
        self.dates = (min(first, dates["min"]), max(last, dates["max"]))
        split = table.column("split").to_pylist()
        self.provenance.update(zip(table.column("provenance").to_pylist(), split, strict=True))
        is_pair = table.column("rejected").is_valid()
        self._add_pairs(table.filter(is_pair))
        self._add_examples(table.filter(pc.invert(is_pair)))

    def _add_pairs(self, table: pa.Table) -> None:
        kinds = pc.map_lookup(table.column("tags"), "pair", "first").to_pylist()
        split = table.column("split").to_pylist()
        self.pairs.update(zip([kind or "" for kind in kinds], split, strict=True))
        for name in SPLITS:
            of_split = table.filter(pc.equal(table.column("split"), name)).column("tokens")
            self._pair_tokens[name].append(of_split.to_numpy().astype(np.int64))

    def _add_examples(self, table: pa.Table) -> None:
        split = table.column("split").to_pylist()
        category = pc.map_lookup(table.column("tags"), "category", "first").to_pylist()
        self.sources.update(zip(table.column("source").to_pylist(), split, strict=True))
        self.categories.update(zip([value or "" for value in category], split, strict=True))
        for name, counts in self.tags.items():
            values = pc.map_lookup(table.column("tags"), name, "first").to_pylist()
            counts.update(filter(None, values))
        self.tokenizers.update(table.column("tokenizer").to_pylist())
        counted = table.select(["tokens", "trained_tokens", "group_id"])
        for name in SPLITS:
            self._add_split(name, counted.filter(pc.equal(table.column("split"), name)))

    def _add_split(self, name: str, table: pa.Table) -> None:
        self._tokens[name].append(table.column("tokens").to_numpy().astype(np.int64))
        self._trained[name] += int(table.column("trained_tokens").to_numpy().sum(dtype=np.int64))
        self._groups[name].append(pc.unique(table.column("group_id")))

    def splits(self) -> dict[str, dict[str, int]]:
        """Examples, their tokens, trained tokens and groups, and pairs of each split."""
        return {name: self._split(name) for name in SPLITS}

    def tokens(self, split: str, pairs: bool = False) -> npt.NDArray[np.int64]:
        """Tokens of each example of a split, or of each of its pairs, in the order of reading."""
        parts = (self._pair_tokens if pairs else self._tokens)[split]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def lengths(self) -> dict[str, int] | None:
        """Median, 95th percentile and maximum of the tokens of an example; None without any."""
        parts = [part for of_split in self._tokens.values() for part in of_split]
        if not parts:
            return None
        tokens = np.concatenate(parts)
        middle, high, most = np.quantile(tokens, [0.5, 0.95, 1], method="higher")
        return {"median": int(middle), "p95": int(high), "longest": int(most)}

    def _split(self, name: str) -> dict[str, int]:
        tokens = self._tokens[name]
        groups = pa.chunked_array(self._groups[name], pa.string())
        return {
            "examples": sum(part.size for part in tokens),
            "tokens": sum(int(part.sum()) for part in tokens),
            "trained_tokens": self._trained[name],
            "groups": int(pc.count_distinct(groups).as_py()),
            "pairs": sum(count for (_, split), count in self.pairs.items() if split == name),
        }


def by_split(counter: Counter[tuple[str, str]]) -> list[tuple[str, dict[str, Any]]]:
    """Each value with its count per split, the most frequent first, then by name."""
    table: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(SPLITS, 0))
    for (value, split), count in counter.items():
        table[value][split] += count
    return sorted(table.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))


def most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Counts, the largest first, then by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
