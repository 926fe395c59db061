"""What a judge said of one example: its scores, its reasons, and the reply of a pair it prefers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import orjson

from ftdata import jsonl
from ftdata.chat import Answer, Refused
from ftdata.judging.asking import HIGHEST, Preference, rating_form
from ftdata.settings_judge import Calibration, Judge

Redact = Callable[[str], str]
# `undecided`: better where it stands first, or where it stands second, or neither is better.
Preferred = Literal["chosen", "rejected", "undecided"]
_FAVOURS: Mapping[tuple[str, str], Preferred] = {
    ("first", "second"): "chosen",
    ("second", "first"): "rejected",
}


@dataclass(frozen=True)
class Rating:
    """Scores from 1 to 5 by criterion, and why."""

    rationale: str
    scores: Mapping[str, int]
    calibration: Calibration

    @property
    def raw_mean(self) -> float:
        """Of the scores as the judge gave them."""
        return sum(self.scores.values()) / len(self.scores)

    @property
    def mean(self) -> float:
        """What people would have given instead: the same where nothing is calibrated."""
        return self.calibration.apply(self.raw_mean)

    @property
    def share(self) -> float:
        """The mean as a share of the highest score, to stand among the other scores of a row."""
        return round(self.mean / HIGHEST, 3)


@dataclass(frozen=True)
class PairVerdict:
    """What a judge that read both orders prefers, and its reasons: chosen first, chosen second."""

    preferred: Preferred
    rationales: tuple[str, str]


@dataclass(frozen=True)
class Verdict:
    """All that was said of one example; what was not asked or not answered is None.

    `failure` is why the model gave no answer that can be used, else empty.
    """

    rating: Rating | None = None
    pair: PairVerdict | None = None
    failure: str = ""

    def text(self, model: str) -> str | None:
        """The column `judgement`: JSON, null where nothing was said.

        {"model": …, "scores": {"clarity": 4, …}, "mean": 4.2, "calibrated": 3.9, "rationale": …,
         "pair": {"preferred": "chosen", "rationales": […, …]}}
        """
        if self.rating is None and self.pair is None:
            return None
        told: dict[str, object] = {"model": model}
        if self.rating is not None:
            told |= {"scores": dict(self.rating.scores), "mean": round(self.rating.raw_mean, 3)}
            if self.rating.mean != self.rating.raw_mean:
                told["calibrated"] = round(self.rating.mean, 3)
            told["rationale"] = self.rating.rationale
        if self.pair is not None:
            told["pair"] = asdict(self.pair)
        return jsonl.dumps(told).decode()


def read_rating(text: str, options: Judge, redact: Redact) -> Rating:
    """The scores of a filled form; its reason is redacted, for it may quote or invent."""
    filled = rating_form(options.criteria).model_validate_json(text).model_dump()
    return Rating(redact(filled.pop("rationale")), filled, options.calibration)


def read_pair(texts: tuple[str, str], redact: Redact) -> PairVerdict:
    """What both answers together say: a reply is preferred if it is in both positions."""
    one, other = (Preference.model_validate_json(text) for text in texts)
    preferred = _FAVOURS.get((one.better, other.better), "undecided")
    return PairVerdict(preferred, (redact(one.rationale), redact(other.rationale)))


def failure_of(outcomes: Sequence[Answer | Refused]) -> str:
    """Why the first of them that is no answer is none; empty where all are answers."""
    return next((one.reason for one in outcomes if isinstance(one, Refused)), "")


def mean_of(judgement: str | None) -> float | None:
    """The mean score as the judge gave it in a text of the column; None where it holds none."""
    if judgement is None:
        return None
    mean = orjson.loads(judgement).get("mean")
    return None if mean is None else float(mean)
