"""Classes are about equally frequent, and alike in train and validation."""

from __future__ import annotations

from ftdata.reporting.rules.drift import judge_drifts
from ftdata.reporting.rules.rule import Found, Judged, Rule, at_most
from ftdata.reporting.statistics import Counts


def _balanced(judged: Judged) -> Found:
    tags = judged.statistics.parts["all"].tags
    named = {name: tags[name] for name in judged.options.classes if name in tags}
    ratios = {name: ratio for name, counts in named.items() if (ratio := _ratio(counts))}
    most = judged.options.max_imbalance
    if not ratios:
        return at_most(None, most)
    worst = max(ratios, key=lambda name: ratios[name])
    ends = named[worst].top[0], named[worst].rarest
    told = [f"{worst} {one.value}: {one.count:,}" for one in ends if one is not None]
    return at_most(round(ratios[worst], 4), most, *told)


def _ratio(counts: Counts) -> float | None:
    """How many times as frequent as the rarest the most frequent is; None of less than two."""
    if counts.rarest is None or counts.distinct < 2:
        return None
    return counts.top[0].count / counts.rarest.count


def _alike(judged: Judged) -> Found:
    compared = [one for one in judged.statistics.comparisons if one.kind == "splits"]
    return judge_drifts(compared, judged.options, {"category"})


CLASSES_ARE_BALANCED = Rule(
    "classes_are_balanced",
    "No value of a tag in `report.classes` is more than `report.max_imbalance` times as frequent"
    " as another.",
    "Add examples of the rare classes, derive more of them (`augmentation.aim: even`), or drop some"
    " of the frequent ones.",
    _balanced,
)
VALIDATION_IS_LIKE_TRAIN = Rule(
    "validation_is_like_train",
    "Categories are about as frequent in validation as in train (PSI up to `report.max_psi`).",
    "Stratify by them (`splits.strata`), and see whether large groups of tied examples"
    " (`no_group_dominates`) stand on one side.",
    _alike,
)
