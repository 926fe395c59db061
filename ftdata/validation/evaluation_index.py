r"""Evaluation items as hashed n-grams: what they are cut into, and what each gram weighs.

An item is a list of pieces: its question and, where that is shorter than an n-gram, the choices
offered with it. A piece's grams are its runs of n words; a shorter piece is one gram as a whole. A
gram that k items hold weighs 1/k: an instruction that stands before every question says little
about any of them. Each word of an item weighs as much as the heaviest gram it stands in.

Words are those of `text.words`, but that each Chinese and Japanese character is one: they are
written without spaces, so that a sentence would be one word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from ftdata.text import hash64, words
from ftdata.validation.grams import Floats, GramTable, Ints, Lists, Runs, Words, cover

MIN_PIECE = 5  # words of a piece that counts wherever it stands
MIN_WHOLE = 3  # words of an item that counts only where it is a whole message
SLACK = 1e-9  # a share this much smaller than another is equal to it
_COMMON = 16  # items over which a gram brings no candidates where it cannot decide
_UNSPACED = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, eq=False)
class EvaluationIndex:
    """Evaluation items, hashed. Items of the same words are one text."""

    numbers: dict[str, int]  # word → 1 and up; 0 is a word that no item has
    hashes: Words  # by number
    tables: tuple[GramTable, ...]
    weights: Floats  # by gram
    grams: Lists  # of each text, in order
    starts: Ints  # where each of those grams begins, in words of the text
    lengths: Ints  # words of each of those grams
    sizes: Ints  # words of each text
    totals: Floats  # weight of all words of each text
    anchors: Lists  # of each gram: the texts that it makes candidates
    items: Lists  # of each text
    min_coverage: float
    too_short: Ints  # items that are compared with nothing


@dataclass(frozen=True)
class _Pieces:
    """The pieces of all texts, one after another."""

    words: Ints  # numbers of the words
    starts: Ints  # of each piece
    lengths: Ints
    texts: Ints  # the text of each piece
    is_whole: Ints  # 1 where the piece counts only as a whole message


def index_evaluations(
    items: Sequence[Sequence[str]], ngram: int, min_coverage: float
) -> EvaluationIndex:
    """The index of items, each its question and then its choices.

    Compared with nothing, and listed in `too_short`, are items of fewer than `MIN_WHOLE` words;
    those of fewer than `MIN_PIECE` are found where they are a whole message.
    """
    numbers: dict[str, int] = {}
    texts: dict[tuple[tuple[int, ...], ...], int] = {}
    pairs = []
    for item, parts in enumerate(items):
        pieces = _choose_pieces([split_words(part) for part in parts], ngram)
        if pieces:
            key = tuple(tuple(numbers.setdefault(w, len(numbers) + 1) for w in p) for p in pieces)
            pairs.append((texts.setdefault(key, len(texts)), item))
    of_text, of_item = np.array(pairs, np.int64).reshape(-1, 2).T
    hashes = np.array([0, *map(hash64, numbers)], np.uint64)
    too_short = np.setdiff1d(np.arange(len(items)), of_item)
    listed = Lists.by_owner(of_text, of_item, len(texts))
    return _index(_flatten(list(texts)), hashes, numbers, listed, ngram, min_coverage, too_short)


def split_words(text: str) -> list[str]:
    """The words that are compared, in order."""
    return words(text if text.isascii() else _UNSPACED.sub(r" \g<0> ", text))


def _choose_pieces(parts: list[list[str]], ngram: int) -> list[list[str]]:
    """The pieces to compare: the question alone, or a short one with its longer choices.

    Choices are pieces of their own, so that neither their order nor the letters before them count.
    """
    question = parts[0]
    told = [piece for piece in parts if len(piece) >= MIN_PIECE]
    if len(question) < ngram and len(parts) > 1 and sum(map(len, told)) >= ngram:
        return told
    return [question] if len(question) >= MIN_WHOLE else []


def _flatten(texts: list[tuple[tuple[int, ...], ...]]) -> _Pieces:
    pieces = [piece for text in texts for piece in text]
    lengths = np.array([len(piece) for piece in pieces], np.int64)
    counts = np.array([len(text) for text in texts], np.int64)
    return _Pieces(
        words=np.array([number for piece in pieces for number in piece], np.int64),
        starts=np.cumsum(lengths) - lengths,
        lengths=lengths,
        texts=np.repeat(np.arange(len(texts)), counts),
        is_whole=(lengths < MIN_PIECE).astype(np.int64),
    )


def _index(
    pieces: _Pieces,
    hashes: Words,
    numbers: dict[str, int],
    items: Lists,
    ngram: int,
    min_coverage: float,
    too_short: Ints,
) -> EvaluationIndex:
    texts = len(items)
    piece, at, lengths = _cut(pieces, ngram)
    owners = pieces.texts[piece]
    runs = Runs(hashes[pieces.words]).hash(at, lengths)
    tables, grams = _tabulate(runs, lengths, pieces.is_whole[piece])
    holding = np.unique(grams * texts + owners)
    weights = 1 / np.bincount(holding // max(texts, 1))
    sizes = np.bincount(pieces.texts, pieces.lengths, texts).astype(np.int64)
    word_texts = np.repeat(np.arange(texts), sizes)

    def weigh(values: Floats) -> Floats:
        covered = cover(values, at, lengths, word_texts.size)
        return cast("Floats", np.bincount(word_texts, covered, texts))

    totals = weigh(weights[grams])
    is_common = weights < 1 / _COMMON
    # A text that its common grams alone cannot cover enough is found by the others.
    common = weigh(np.where(is_common[grams], weights[grams], 0))
    is_told = common < (min_coverage - SLACK) * totals
    anchoring = holding[~(is_common[holding // texts] & is_told[holding % texts])]
    return EvaluationIndex(
        numbers, hashes, tables, weights,
        grams=Lists.by_owner(owners, grams, texts),
        starts=at - (np.cumsum(sizes) - sizes)[owners], lengths=lengths,
        sizes=sizes, totals=totals,
        anchors=Lists.by_owner(anchoring // texts, anchoring % texts, weights.size),
        items=items, min_coverage=min_coverage, too_short=too_short,
    )  # fmt: skip


def _cut(pieces: _Pieces, ngram: int) -> tuple[Ints, Ints, Ints]:
    """Every gram of every piece, in order: its piece, where it begins, and its words."""
    spans = np.where(pieces.is_whole, pieces.lengths, np.minimum(pieces.lengths, ngram))
    counts = pieces.lengths - spans + 1
    piece = np.repeat(np.arange(counts.size), counts)
    within = np.arange(piece.size) - np.repeat(np.cumsum(counts) - counts, counts)
    return piece, pieces.starts[piece] + within, spans[piece]


def _tabulate(runs: Words, lengths: Ints, is_whole: Ints) -> tuple[tuple[GramTable, ...], Ints]:
    """A table for each kind of gram, and the gram that each run is."""
    tables: list[GramTable] = []
    grams = np.zeros(runs.size, np.int64)
    first = 0
    for kind in np.unique(lengths * 2 + is_whole).tolist():
        chosen = lengths * 2 + is_whole == kind
        distinct, grams_here = np.unique(runs[chosen], return_inverse=True)
        grams[chosen] = grams_here + first
        tables.append(GramTable.of_hashes(kind // 2, bool(kind % 2), first, distinct))
        first += distinct.size
    return tuple(tables), grams
