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


class Model(NamedTuple):
    """An automaton over bytes that finds features, and what each says for c languages."""

    next_states: Sequence[int]  # by row offset of a state plus byte
    row_offsets: Sequence[int]  # by state
    features: Sequence[int]  # by state, negative for none
    weights: npt.NDArray[np.float32]  # features by c
    prior: Array  # c
    codes: Sequence[str]  # c


@cache
def load_model(candidates: tuple[str, ...]) -> Model:
    """The model for some languages, loaded once (about 0.5 s)."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(candidates)
    return Model(
        identifier.tk_nextmove,
        [row << 8 for row in identifier.tk_row],
        identifier.tk_output,
        np.ascontiguousarray(identifier.nb_ptc, dtype=np.float32),
        np.asarray(identifier.nb_pc, dtype=np.float64),
        identifier.nb_classes,
    )


def classify_texts(texts: Sequence[str], candidates: tuple[str, ...]) -> list[tuple[str, float]]:
    """For each text the likeliest of the languages and how likely it is (0 to 1).

    As `LanguageIdentifier.classify`: naive Bayes over the logarithms of the features' counts, the
    scores divided by the root of the text's bytes before they become shares. Texts are in NFC.
    """
    if not texts:
        return []
    model = load_model(candidates)
    data = [
        (text.lower() if text.isupper() else text).encode(errors="surrogatepass") for text in texts
    ]
    scores = _scores(model, [_features(model, piece) for piece in data])
    scores /= np.sqrt(np.maximum([len(piece) for piece in data], 1))[:, None]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    best = shares.argmax(axis=1)
    sure = shares[np.arange(len(texts)), best]
    return [(model.codes[code], share) for code, share in zip(best, sure.tolist(), strict=True)]


def _features(model: Model, data: bytes) -> list[int]:
    next_states, row_offsets, features, _, _, _ = model
    state, found = 0, []
    for byte in data:
        state = next_states[row_offsets[state] + byte]
        feature = features[state]
        if feature >= 0:
            found.append(feature)
    return found


def _scores(model: Model, found: Sequence[Sequence[int]]) -> Array:
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
