"""Duplicates by meaning against what people judged: pairs of forum answers rated from 0 to 5."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ftdata.cleaning.dedup.semantic import find_semantic
from ftdata.llm.embeddings import quantise
from ftdata.llm.minilm import MiniLM, missing_parts
from ftdata.settings_dedup import Dedup

DUPLICATE, DIFFERENT = 4.5, 2.0  # rated so or more, so or less


def measure(data: Path) -> dict[str, float]:
    """Agreement of MiniLM at the default threshold with neardup/sts_answers.jsonl.

    `semantic_skipped` alone, 1, where the weights are not installed, and 2 where the file is not
    there. Precision and recall of a duplicate (rated 4.5 or more) against a different pair (2 or
    less); both are 0 where nothing is found. Speed is of both texts of every pair.
    """
    path = data / "neardup" / "sts_answers.jsonl"
    if missing_parts() or not path.exists():
        return {"semantic_skipped": 1.0 if missing_parts() else 2.0}
    pairs = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    ratings = np.array([pair["score"] for pair in pairs])
    model = MiniLM.load()
    started = time.process_time()
    texts = [pair[side] for pair in pairs for side in ("a", "b")]
    vectors = model.embed(texts)
    took = time.process_time() - started
    cosines = (vectors[0::2] * vectors[1::2]).sum(axis=1)
    threshold = Dedup().semantic_threshold
    whole = quantise(vectors)
    found = [
        bool(find_semantic(whole, np.array([2 * row, 2 * row + 1]), threshold))
        for row in range(len(pairs))
    ]
    return {
        "semantic_pairs": float(len(pairs)),
        "semantic_spearman": _spearman(cosines, ratings),
        "semantic_threshold": threshold,
        **_agreement(np.array(found), ratings),
        "semantic_texts_per_cpu_s": len(texts) / took,
    }


def _agreement(found: npt.NDArray[np.bool_], ratings: npt.NDArray[np.float64]) -> dict[str, float]:
    same, different = ratings >= DUPLICATE, ratings <= DIFFERENT
    hits, false = int((found & same).sum()), int((found & different).sum())
    return {
        "semantic_precision": hits / max(hits + false, 1),
        "semantic_recall": hits / max(int(same.sum()), 1),
    }


def _spearman(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> float:
    return float(np.corrcoef(_ranks(first), _ranks(second))[0, 1])


def _ranks(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Ranks from 0; those of equal values are their mean."""
    _, group, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    means: npt.NDArray[np.float64] = (ends - counts + ends - 1) / 2
    return means[group]
