"""py3langid's model, asked of many texts at once: its scores are made in columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

# It ships no types.
from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

Array = npt.NDArray[np.float64]


class _Model(NamedTuple):
    """An automaton over bytes that finds features, and what each says for c columns."""

    next_states: Sequence[int]  # by row offset of a state plus byte
    row_offsets: Sequence[int]  # by state
    features: Sequence[int]  # by state, negative for none
    weights: npt.NDArray[np.float16]  # features by c
    prior: Array  # c
    codes: Sequence[str]  # c
    twins: Sequence[tuple[int, int]]  # the two columns of a language in two scripts


@cache
def _whole_model() -> _Model:
    """The model for every language, loaded once (about 0.5 s and 80 MB)."""
    known = LanguageIdentifier.from_model_file(MODEL_FILE)
    offsets = [row << 8 for row in known.tk_row]
    prior = np.asarray(known.nb_pc, dtype=np.float64)
    return _Model(
        known.tk_nextmove, offsets, known.tk_output, known.nb_ptc, prior, known.nb_classes, ()
    )


@cache
def _model_for(candidates: tuple[str, ...]) -> _Model:
    """The model for some languages; it shares all but their columns."""
    whole = _whole_model()
    columns = [column for column, code in enumerate(whole.codes) if code in candidates]
    codes = [whole.codes[column] for column in columns]
    first = [codes.index(code) for code in codes]
    return whole._replace(
        weights=np.ascontiguousarray(whole.weights[:, columns]),
        prior=whole.prior[columns],
        codes=codes,
        twins=[(column, at) for at, column in enumerate(first) if column < at],
    )


def known_languages() -> tuple[str, ...]:
    """Codes of the languages that the model knows: of ISO 639-1, else of 639-3."""
    return tuple(dict.fromkeys(_whole_model().codes))


def classify_texts(texts: Sequence[str], candidates: tuple[str, ...]) -> list[tuple[str, float]]:
    """For each text the likeliest of the languages and how likely it is (0 to 1).

    As `LanguageIdentifier.classify`: naive Bayes over the logarithms of the features' counts, the
    scores divided by the root of the text's bytes before they become shares, which a language in
    two scripts has together. Texts are in NFC.
    """
    if not texts:
        return []
    model = _model_for(candidates)
    data = [
        (text.lower() if text.isupper() else text).encode(errors="surrogatepass") for text in texts
    ]
    scores = _scores(model, [_features(model, piece) for piece in data])
    scores /= np.sqrt(np.maximum([len(piece) for piece in data], 1))[:, None]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    for first, second in model.twins:
        shares[:, first] += shares[:, second]
        shares[:, second] = 0
    best = shares.argmax(axis=1)
    sure = shares[np.arange(len(texts)), best]
    return [(model.codes[code], share) for code, share in zip(best, sure.tolist(), strict=True)]


def _features(model: _Model, data: bytes) -> list[int]:
    next_states, row_offsets, features = model[:3]
    state, found = 0, []
    for byte in data:
        state = next_states[row_offsets[state] + byte]
        feature = features[state]
        if feature >= 0:
            found.append(feature)
    return found


def _scores(model: _Model, found: Sequence[Sequence[int]]) -> Array:
    """n by c: the prior and the weights of a text's features; zeros for a text without any."""
    scores = np.zeros((len(found), len(model.codes)))
    width = len(model.weights)
    owners = np.repeat(np.arange(len(found)), [len(features) for features in found])
    flat = np.fromiter(chain.from_iterable(found), np.int64, sum(map(len, found)))
    keys, counts = np.unique(owners * width + flat, return_counts=True)
    if len(keys):
        text_of, feature_of = np.divmod(keys, width)
        terms = model.weights[feature_of] * np.log1p(counts)[:, None]
        starts = np.flatnonzero(np.diff(text_of, prepend=-1))
        scores[text_of[starts]] = np.add.reduceat(terms, starts, axis=0) + model.prior
    return scores
