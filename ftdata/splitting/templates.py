"""Similar prompts, those of a template taken together.

Many prompts that differ in a slot ("where is my order 48213") are all similar to each other: to
list their pairs would cost the square. A word set is its frequent words C and its rare ones. Sets
with the same C and as many rare words, r, make a class. Two sets of classes (C, r) and (D, q) that
share no rare word have the Jaccard |C∩D| / (|C∪D| + r + q), which the classes alone decide; a rare
word in common only adds to it. So a class of many sets stands as one set, with r words that nobody
has; beyond that only sets that share a rare word are compared one by one. Nothing is lost by it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ftdata.splitting.pairs import Ints, equal_sets, similar_pairs, spread

_RARE = 32  # most sets that may have a word for it to be rare
_MANY = 16  # sets from which on a class stands as one
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)

Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class PromptTies:
    """Who is tied, said of nodes: equal sets, named by the first of them, and classes of sets.

    Rows of two nodes of a pair are tied, and rows of one node where it is among `selves`.
    """

    rows: Ints  # entries: each row stands in the node beside it
    nodes: Ints
    first: Ints  # first row of each node
    left: Ints
    right: Ints
    selves: Ints


@dataclass(frozen=True, eq=False)
class _Sets:
    """The d distinct sets: set i belongs to row `rows[i]`, its words are those owned by i."""

    rows: Ints
    sizes: Ints
    owner: Ints
    values: Hashes
    words: Ints  # the values, numbered in their order
    is_rare: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Classes:
    """Classes that stand as one set."""

    of: Ints  # class of each distinct set; -1 where it stands for itself
    members: Ints  # the first set of each
    are_tied: npt.NDArray[np.bool_]  # all sets of the class to each other


def tie_prompts(offsets: Ints, values: Hashes, threshold: float, min_words: int) -> PromptTies:
    """All ties of sets whose Jaccard is at or over `threshold`; sets as for `similar_pairs`."""
    first = equal_sets(offsets, values, min_words)
    sets = _number(offsets, values, np.flatnonzero(first == np.arange(first.size)))
    classes = _find_classes(sets, threshold)
    left, right = _tie_stand_ins(sets, classes, threshold, first.size)
    more_left, more_right = _tie_sharers(sets, classes, threshold)
    rows = np.flatnonzero(first >= 0)
    class_of = classes.of[np.searchsorted(sets.rows, first[rows])]
    classed = class_of >= 0
    tied = np.flatnonzero(classes.are_tied)
    return PromptTies(
        rows=np.concatenate([rows, rows[classed]]),
        nodes=np.concatenate([first[rows], first.size + class_of[classed]]),
        first=np.concatenate([np.arange(first.size), sets.rows[classes.members]]),
        left=np.concatenate([left, more_left]),
        right=np.concatenate([right, more_right]),
        selves=np.concatenate([sets.rows, first.size + tied]),
    )


def _number(offsets: Ints, values: Hashes, rows: Ints) -> _Sets:
    sizes = np.diff(offsets)[rows]
    flat = values[spread(offsets[rows], sizes)]
    _, words, counts = np.unique(flat, return_inverse=True, return_counts=True)
    owner = np.repeat(np.arange(rows.size), sizes)
    return _Sets(rows, sizes, owner, flat, words, (counts <= _RARE)[words])


def _find_classes(sets: _Sets, threshold: float) -> _Classes:
    rare = np.bincount(sets.owner[sets.is_rare], minlength=sets.rows.size)
    sums = np.zeros(sets.owner.size + 1, np.uint64)
    np.cumsum(np.where(sets.is_rare, np.uint64(0), sets.values), out=sums[1:])
    ends = np.cumsum(sets.sizes)
    frequent = sums[ends] - sums[ends - sets.sizes]
    keys = frequent + rare.astype(np.uint64) * _GOLDEN
    _, group, counts = np.unique(keys, return_inverse=True, return_counts=True)
    chosen = np.flatnonzero((counts[group] >= _MANY) & (rare > 0))
    _, members, numbers = np.unique(group[chosen], return_index=True, return_inverse=True)
    of = np.full(sets.rows.size, -1)
    of[chosen] = numbers
    members = chosen[members]
    shared = (sets.sizes - rare)[members]
    return _Classes(of, members, shared / (2 * sets.sizes[members] - shared) >= threshold)


def _tie_stand_ins(
    sets: _Sets, classes: _Classes, threshold: float, count: int
) -> tuple[Ints, Ints]:
    """Pairs of nodes: each class by one set, in which words that nobody has replace the rare."""
    alone = np.flatnonzero(classes.of < 0)
    chosen = np.concatenate([alone, classes.members])
    ends = np.cumsum(sets.sizes)
    at = spread((ends - sets.sizes)[chosen], sets.sizes[chosen])
    owner = np.repeat(np.arange(chosen.size), sets.sizes[chosen])
    values = sets.values[at]
    replaced = np.flatnonzero(sets.is_rare[at] & (owner >= alone.size))
    values[replaced] = ~np.arange(replaced.size, dtype=np.uint64)
    begin = int(sets.sizes[alone].sum())
    order = begin + np.lexsort((values[begin:], owner[begin:]))
    values[begin:] = values[order]
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(sets.sizes[chosen])])
    found = similar_pairs(offsets, values, threshold, 1)
    nodes = np.concatenate([sets.rows[alone], count + np.arange(classes.members.size)])
    return nodes[found.left], nodes[found.right]


def _tie_sharers(sets: _Sets, classes: _Classes, threshold: float) -> tuple[Ints, Ints]:
    """Pairs of similar sets, one of them of a class, that share a rare word."""
    classed = classes.of >= 0
    wanted = np.unique(sets.words[sets.is_rare & classed[sets.owner]])
    entries = np.flatnonzero(np.isin(sets.words, wanted))
    entries = entries[np.argsort(sets.words[entries], kind="stable")]
    words, owners = sets.words[entries], sets.owner[entries]
    found = [np.empty(0, np.int64)]
    for step in range(1, _RARE):
        met = np.flatnonzero(words[step:] == words[:-step])
        a, b = owners[met], owners[met + step]
        same = (classes.of[a] == classes.of[b]) & classed[a]
        known = same & np.append(classes.are_tied, False)[classes.of[a]]
        kept = (classed[a] | classed[b]) & ~known
        found.append(a[kept] * sets.rows.size + b[kept])
    pairs = np.unique(np.concatenate(found))
    a, b = np.divmod(pairs, max(sets.rows.size, 1))
    shared = _overlaps(sets, a, b)
    similar = shared / np.maximum(sets.sizes[a] + sets.sizes[b] - shared, 1) >= threshold
    return sets.rows[a[similar]], sets.rows[b[similar]]


def _overlaps(sets: _Sets, a: Ints, b: Ints) -> Ints:
    """Words that the sets of each pair share."""
    width = int(sets.words.max(initial=0)) + 1
    keys = sets.owner * width + sets.words
    ends = np.cumsum(sets.sizes)
    lengths = sets.sizes[a]
    words = sets.words[spread((ends - sets.sizes)[a], lengths)]
    wanted = np.repeat(b, lengths) * width + words
    at = np.searchsorted(keys, wanted).clip(max=max(keys.size - 1, 0))
    hits = np.repeat(np.arange(a.size), lengths)[keys[at] == wanted] if keys.size else a
    return np.bincount(hits, minlength=a.size)
