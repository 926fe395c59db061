"""Where texts lie on a plane, so that near ones share words, and which clusters they form.

1. TF-IDF over words and pairs of neighbours, hashed to 4,096 buckets (Weinberger et al., Feature
   Hashing for Large Scale Multitask Learning, 2009), rows of length one.
2. The first dimensions by randomised SVD with power iterations (Halko, Martinsson, Tropp, Finding
   Structure with Randomness, 2011), from a fixed seed.
3. The plane: neighbours attract, others repel, as in UMAP (McInnes, Healy, Melville, 2018), from
   the first two dimensions on. Distances between far points tell little.
4. k-means on the plane, begun with points far from each other; k by the number of texts.

Same texts in the same order give the same places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ftdata.stop_words import STOP_WORDS
from ftdata.text import hash64, words

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Places = npt.NDArray[np.float64]

_STOPS = frozenset().union(*STOP_WORDS.values())
_BUCKETS = 4_096
_DIMENSIONS = 24
_SEED = 20_250_301
_NEIGHBOURS = 12
_ROUNDS = 220
_REPELLED = 6  # others a round and point
_GRAVITY = 0.02
_TEXTS_A_CLUSTER = 40
_LEAST, _MOST = 6, 12  # clusters
_MEANS = 30  # rounds
_TERMS = 4
_MIN_TERM = 3  # characters


@dataclass(frozen=True, eq=False)
class Layout:
    """`places` (n, 2) from 0 to 1; `clusters` (n,); `terms` of each, the most telling first."""

    places: Floats
    clusters: Ints
    terms: tuple[tuple[str, ...], ...]


def lay_out(texts: Sequence[str]) -> Layout:
    """The layout of some texts; few texts are few clusters, and none are none."""
    spoken = [_words(text) for text in texts]
    weights = _tf_idf(spoken)
    vectors = _reduced(weights)
    wanted = min(max(len(texts) // _TEXTS_A_CLUSTER, _LEAST), _MOST)
    places = _plane(vectors)
    clusters = _clustered(places, wanted)
    return Layout(places, clusters, _terms(spoken, clusters))


def _words(text: str) -> list[str]:
    return [w for w in words(text) if len(w) >= _MIN_TERM and w not in _STOPS and not w.isdigit()]


def _tf_idf(spoken: Sequence[list[str]]) -> Floats:
    """(n, buckets); a row without a word is 0."""
    known: dict[str, int] = {}
    counts = np.zeros((len(spoken), _BUCKETS), dtype=np.float32)
    for row, own in enumerate(spoken):
        pairs = [f"{a} {b}" for a, b in pairwise(own)]
        for term in own + pairs:
            if term not in known:
                known[term] = hash64(term) % _BUCKETS
            counts[row, known[term]] += 1
    standing = np.count_nonzero(counts, axis=0)
    weighted = np.log1p(counts) * np.log((1 + len(spoken)) / (1 + standing))
    return _unit(weighted.astype(np.float32))


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return scaled


def _reduced(weights: Floats) -> Floats:
    """(n, dimensions): the first left singular vectors times their values, signs fixed."""
    rows = weights.shape[0]
    if rows < 3:
        return np.zeros((rows, 2), dtype=np.float32)
    centred = weights - weights.mean(axis=0)
    size = min(_DIMENSIONS + 8, rows)
    random = np.random.default_rng(_SEED).standard_normal((_BUCKETS, size)).astype(np.float32)
    basis, _ = np.linalg.qr(centred @ random)
    for _ in range(3):
        basis, _ = np.linalg.qr(centred @ (centred.T @ basis))
    small = basis.T @ centred
    values, left = np.linalg.eigh(small @ small.T)  # of the squares, the least first
    scaled = basis @ left * np.sqrt(np.maximum(values, 0))
    vectors = scaled[:, ::-1][:, :_DIMENSIONS]
    signs = np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(vectors.shape[1])])
    reduced: Floats = (vectors * np.where(signs == 0, 1, signs)).astype(np.float32)
    return reduced


def _clustered(places: Floats, wanted: int) -> Ints:
    """The cluster of each, the largest cluster first; fewer where fewer places differ."""
    own: Ints = np.zeros(len(places), dtype=np.int64)
    if not len(places):
        return own
    centres = _far_apart(places, wanted)
    for _ in range(_MEANS):
        there, own = np.unique(_distances(places, centres).argmin(axis=1), return_inverse=True)
        centres = np.stack([places[own == one].mean(axis=0) for one in range(there.size)])
    rank: Ints = np.argsort(np.argsort(-np.bincount(own), kind="stable"), kind="stable")
    return np.asarray(rank[own])


def _far_apart(places: Floats, wanted: int) -> Floats:
    """Begin nearest to the middle, then take what is far from all taken, but for outliers."""
    taken = [int(_distances(places, places.mean(axis=0)[None])[:, 0].argmin())]
    while len(taken) < wanted:
        nearest = _distances(places, places[taken]).min(axis=1)
        order = np.argsort(-nearest, kind="stable")
        far = int(order[len(order) // 50])
        if nearest[far] < 1e-6:
            break
        taken.append(far)
    return places[taken]


def _distances(places: Floats, centres: Floats) -> Floats:
    """(n, centres), squared."""
    squared: Floats = ((places[:, None] - centres[None]) ** 2).sum(axis=2)
    return squared


def _plane(vectors: Floats) -> Floats:
    """(n, 2) from 0 to 1."""
    rows = len(vectors)
    if rows < 3:
        return np.full((rows, 2), 0.5, dtype=np.float32)
    random = np.random.default_rng(_SEED)
    jitter = random.standard_normal((rows, 2))
    spread = vectors[:, :2].astype(np.float64)
    places = spread / (spread.std(axis=0) + 1e-9) * 4 + jitter * 0.3
    near = _neighbours(_unit(vectors))
    ends = np.repeat(np.arange(rows), near.shape[1]), near.ravel()
    for at in range(_ROUNDS):
        # The last part keeps what has no neighbours elsewhere from flying off.
        push = _attraction(places, *ends) + _repulsion(places, random) - _GRAVITY * places
        places += np.clip(push, -4, 4) * (1 - at / _ROUNDS)
    low, high = np.quantile(places, [0.005, 0.995], axis=0)
    scaled: Floats = np.clip((places - low) / np.maximum(high - low, 1e-9), 0, 1).astype(np.float32)
    return scaled


def _neighbours(unit: Floats) -> Ints:
    likeness = unit @ unit.T
    np.fill_diagonal(likeness, -2)
    most = min(_NEIGHBOURS, len(unit) - 1)
    found: Ints = np.argsort(-likeness, axis=1, kind="stable")[:, :most]
    return found


def _attraction(places: Places, one: Ints, other: Ints) -> Places:
    """The mean pull of a point's neighbours, and of those whose neighbour it is."""
    between = places[other] - places[one]
    pull = between * (1 / (1 + (between**2).sum(axis=1, keepdims=True)))
    rows = len(places)
    degree = np.bincount(one, minlength=rows) + np.bincount(other, minlength=rows)
    summed = [
        np.bincount(one, pull[:, d], rows) - np.bincount(other, pull[:, d], rows) for d in (0, 1)
    ]
    pulled: Places = np.stack(summed, axis=1) / degree[:, None] * 2
    return pulled


def _repulsion(places: Places, random: np.random.Generator) -> Places:
    """The mean push of some others, drawn anew each round."""
    rows = len(places)
    others = random.integers(0, rows, size=(_REPELLED, rows))
    between = places[None] - places[others]
    far = (between**2).sum(axis=2, keepdims=True)
    pushed: Places = (between / ((0.05 + far) * (1 + far))).mean(axis=0) * 4
    return pushed


def _terms(spoken: Sequence[list[str]], clusters: Ints) -> tuple[tuple[str, ...], ...]:
    """Of each cluster the words that stand in more of its texts than elsewhere."""
    number = int(clusters.max()) + 1 if clusters.size else 0
    inside: list[dict[str, int]] = [{} for _ in range(number)]
    whole: dict[str, int] = {}
    for own, cluster in zip(spoken, clusters.tolist(), strict=True):
        for word in sorted(set(own)):
            inside[cluster][word] = inside[cluster].get(word, 0) + 1
            whole[word] = whole.get(word, 0) + 1
    sizes = np.bincount(clusters, minlength=number).tolist()
    named = []
    for found, size in zip(inside, sizes, strict=True):
        rest = max(len(spoken) - size, 1)
        gain = {w: n / size - (whole[w] - n) / rest for w, n in found.items()}
        best = [w for _, w in sorted((-round(own, 6), word) for word, own in gain.items())]
        named.append(tuple(word for word in best[:_TERMS] if gain[word] > 0))
    return tuple(named)
