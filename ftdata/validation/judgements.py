"""What is wrong with a judge's answers as they are stored; shares nothing with the judge's code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

_SCALE = range(1, 6)
_NOTHING: dict[str, Any] = {"scores": {}, "rationale": "nobody judged"}  # nothing is wrong with it


def judgement_columns(judgements: Sequence[str | None]) -> dict[str, list[str | None]]:
    """`off_scale`: the first score of each row that is no whole number from 1 to 5, by name.

    `unreasoned`: the first part of the judgement that has no reason. Both are None where nothing
    is wrong, and where nobody judged.
    """
    found = [_NOTHING if text is None else orjson.loads(text) for text in judgements]
    return {
        "off_scale": [next(_off_scale(told), None) for told in found],
        "unreasoned": [next(_unreasoned(told), None) for told in found],
    }


def _off_scale(told: dict[str, Any]) -> Iterator[str]:
    for name, score in told.get("scores", {}).items():
        if type(score) is not int or score not in _SCALE:
            yield f"{name} {score}"


def _unreasoned(told: dict[str, Any]) -> Iterator[str]:
    if "scores" in told and not (told.get("rationale") or "").strip():
        yield "scores"
    pair = told.get("pair")
    if pair is not None:
        reasons = pair.get("rationales") or ()
        if len(reasons) != 2 or not all(reason.strip() for reason in reasons):
            yield "pair"
    if "scores" not in told and pair is None:
        yield "neither scores nor pair"
