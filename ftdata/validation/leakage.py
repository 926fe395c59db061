"""Finds leakage: tied examples that stand in different splits.

This holds the splits to account, so it shares nothing with the code that made them but the rule of
what a word is: it reads the final examples' text, walks a tree of all conversations for prefixes,
numbers words instead of hashing them, and finds similar prompts by an inverted index of whole
prompts, one split against the others.
"""

from __future__ import annotations

import hashlib
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ftdata.text import same_key, words

KINDS = ("conversation", "derived", "prompt", "turn", "prefix")

_PROMPT_WORDS = 4
_TURN_WORDS = 8
_BATCH = 10_000  # examples in memory as Python strings
_SLACK = 1e-9

Pair = tuple[int, int, float | None]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Leak:
    """Two tied examples in different splits."""

    left: str  # id of the one that comes first in the table
    right: str
    kind: str  # one of KINDS
    similarity: float | None  # word-set Jaccard, where the kind is `prompt`

    def __str__(self) -> str:
        """Such as `prompt 0.82: log_1, log_7`."""
        degree = "" if self.similarity is None else f" {self.similarity:.2f}"
        return f"{self.kind}{degree}: {self.left}, {self.right}"


@dataclass(frozen=True)
class Leaks:
    """What was found. A pair tied in two ways counts under both."""

    counts: Mapping[str, int]  # pairs by kind; of `turn`, once for each turn they share
    samples: tuple[Leak, ...]

    @property
    def total(self) -> int:
        """Sum of the counts: 0 where nothing leaks."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class _Found:
    """Leaks of one kind, by row."""

    count: int
    samples: list[Pair]


class _Message(NamedTuple):
    role: str
    content: str | None
    tool_calls: str | None


@dataclass(frozen=True, eq=False)
class _Texts:
    """What is compared of all examples."""

    prompts: list[array[int]]  # distinct words as numbers; empty where there are fewer than four
    turns: dict[bytes, list[int]]  # long user turn → the examples that have it
    paths: list[array[int]]  # the nodes of the tree of all conversations, message by message


def find_leaks(examples: pa.Table, threshold: float, limit: int) -> Leaks:
    """Count the tied pairs that stand in different splits; name up to `limit` of them.

    `examples` needs id, source, conversation_id, parent_id, split and messages. Tied are examples
    (a) of one conversation in one source, (b) of which one derives from the other, (c) whose
    prompts (all user turns, four distinct words or more) have a word-set Jaccard of `threshold` or
    more, (d) with a user turn of eight words or more in common, (e) of which the messages of one,
    system messages aside, are the beginning of the other's.
    """
    ids = examples.column("id").to_pylist()
    splits = examples.column("split").to_pylist()
    texts = _read_texts(examples.column("messages"))
    found = {
        "conversation": _shared(_conversations(examples), splits, limit),
        "derived": _derived(ids, examples.column("parent_id").to_pylist(), splits, limit),
        "prompt": _similar(texts.prompts, splits, threshold, limit),
        "turn": _shared(texts.turns.values(), splits, limit),
        "prefix": _begun(texts.paths, splits, limit),
    }
    by_kind = [
        [Leak(ids[min(a, b)], ids[max(a, b)], kind, degree) for a, b, degree in of_kind.samples]
        for kind, of_kind in found.items()
    ]
    in_turn = [leak for row in zip_longest(*by_kind) for leak in row if leak is not None]
    return Leaks(
        counts={kind: of_kind.count for kind, of_kind in found.items()},
        samples=tuple(in_turn[:limit]),
    )


def _conversations(examples: pa.Table) -> Iterable[list[int]]:
    members: dict[tuple[str, str], list[int]] = {}
    columns = (examples.column(name).to_pylist() for name in ("source", "conversation_id"))
    for row, name in enumerate(zip(*columns, strict=True)):
        members.setdefault(name, []).append(row)
    return members.values()


def _read_texts(messages: pa.ChunkedArray) -> _Texts:
    texts = _Texts(prompts=[], turns={}, paths=[])
    numbers: dict[str, int] = {}
    tree: dict[tuple[int, bytes], int] = {}
    for row, conversation in enumerate(_conversations_of(messages)):
        asked = [m.content or "" for m in conversation if m.role == "user"]
        found = sorted(set(words("\n".join(asked))))
        compared = found if len(found) >= _PROMPT_WORDS else []
        texts.prompts.append(array("q", [numbers.setdefault(w, len(numbers)) for w in compared]))
        long = (_digest(same_key(text)) for text in asked if len(words(text)) >= _TURN_WORDS)
        for turn in dict.fromkeys(long):
            texts.turns.setdefault(turn, []).append(row)
        path = array("q", [0])
        for message in conversation:
            if message.role != "system":
                step = (path[-1], _said(message))
                path.append(tree.setdefault(step, len(tree) + 1))
        texts.paths.append(path[1:])
    return texts


def _conversations_of(messages: pa.ChunkedArray) -> Iterator[list[_Message]]:
    for batch in pa.table({"messages": messages}).to_batches(max_chunksize=_BATCH):
        lists = batch.column("messages")
        values = lists.flatten()
        columns = (values.field(name).to_pylist() for name in _Message._fields)
        stream = map(_Message._make, zip(*columns, strict=True))
        for length in lists.value_lengths().to_pylist():
            yield list(islice(stream, length or 0))


def _said(message: _Message) -> bytes:
    parts = (message.role, same_key(message.content or ""), message.tool_calls or "")
    return _digest("\n".join(parts))


def _digest(text: str) -> bytes:
    """128 bits: what is kept of a text does not grow with it."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _shared(sharing: Iterable[Sequence[int]], splits: Sequence[str], limit: int) -> _Found:
    """Pairs in different splits among examples that share something."""
    count = 0
    samples: list[Pair] = []
    for rows in sharing:
        sides = Counter(splits[row] for row in rows)
        if len(sides) > 1:
            count += (len(rows) ** 2 - sum(size**2 for size in sides.values())) // 2
            if len(samples) < limit:
                other = next(row for row in rows if splits[row] != splits[rows[0]])
                samples.append((rows[0], other, None))
    return _Found(count, samples)


def _derived(
    ids: Sequence[str], parents: Sequence[str | None], splits: Sequence[str], limit: int
) -> _Found:
    rows = {name: row for row, name in enumerate(ids)}
    pairs: list[Pair] = [
        (rows[parent], row, None)
        for row, parent in enumerate(parents)
        if parent is not None and parent in rows and splits[rows[parent]] != splits[row]
    ]
    return _Found(len(pairs), pairs[:limit])


def _begun(paths: Sequence[array[int]], splits: Sequence[str], limit: int) -> _Found:
    """Conversations that end where another in a different split ends or goes on."""
    ending: dict[int, list[int]] = {}
    for row, path in enumerate(paths):
        if path:
            ending.setdefault(path[-1], []).append(row)
    equal = _shared(ending.values(), splits, limit)
    sides = {node: Counter(splits[row] for row in rows) for node, rows in ending.items()}
    count, samples = equal.count, equal.samples
    for row, path in enumerate(paths):
        for node in path[:-1]:
            if node not in ending:
                continue
            other = len(ending[node]) - sides[node][splits[row]]
            count += other
            if other and len(samples) < limit:
                first = next(r for r in ending[node] if splits[r] != splits[row])
                samples.append((first, row, None))
    return _Found(count, samples)


def _similar(
    prompts: Sequence[array[int]], splits: Sequence[str], threshold: float, limit: int
) -> _Found:
    """Pairs of similar prompts in different splits: each split against all larger ones."""
    sizes = Counter(split for split, prompt in zip(splits, prompts, strict=True) if prompt)
    count = 0
    samples: list[Pair] = []
    earlier: list[int] = []
    for split, _ in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0])):
        rows = [row for row, own in enumerate(splits) if own == split and prompts[row]]
        index = _Index(prompts, earlier)
        for row in rows if earlier else ():
            for other, degree in index.similar(prompts[row], threshold):
                count += 1
                if len(samples) < limit:
                    samples.append((other, row, degree))
        earlier = sorted(earlier + rows)
    return _Found(count, samples)


class _Index:
    """For each word the prompts that have it."""

    def __init__(self, prompts: Sequence[array[int]], rows: Sequence[int]) -> None:
        self._prompts = prompts
        lengths = np.array([len(prompts[row]) for row in rows], np.int64)
        flat = np.concatenate([np.empty(0, np.int64), *(np.asarray(prompts[r]) for r in rows)])
        order = np.argsort(flat, kind="stable")
        self._rows: Ints = np.repeat(np.array(rows, np.int64), lengths)[order]
        self._starts = np.searchsorted(flat[order], np.arange(flat.max(initial=-1) + 2))

    def similar(self, prompt: array[int], threshold: float) -> Iterator[tuple[int, float]]:
        """The prompts of Jaccard ≥ `threshold` with this one, and the Jaccard.

        A prompt that similar has at least T = ⌈t·n⌉ of the n words. However the T - 1 most frequent
        of them are left out of the count, it has one of the others.
        """
        size = len(prompt)
        least = math.ceil((threshold - _SLACK) * size)
        lists = sorted((self._having(word) for word in prompt), key=len)
        wanted = set(prompt)
        for row in np.unique(np.concatenate(lists[: size - least + 1])).tolist():
            other = self._prompts[row]
            if not least <= len(other) <= size / (threshold - _SLACK):
                continue
            common = len(wanted.intersection(other))
            degree = common / (size + len(other) - common)
            if degree >= threshold:
                yield row, degree

    def _having(self, word: int) -> Ints:
        if word + 1 >= self._starts.size:
            return self._rows[:0]
        return self._rows[self._starts[word] : self._starts[word + 1]]
