"""Not too much is derived, and some examples decline."""

from __future__ import annotations

from ftdata.reporting.rules.rule import MIN_JUDGED, Found, Judged, Rule, at_least, at_most

_SAMPLES = 3


def _derived(judged: Judged) -> Found:
    train = judged.statistics.parts["train"]
    if train.examples < MIN_JUDGED:
        return at_most(None, judged.options.max_derived_share)
    told = [f"{one.value}: {one.count:,}" for one in train.provenance.top[:_SAMPLES]]
    return at_most(train.derived.share, judged.options.max_derived_share, *told)


def _negatives(judged: Judged) -> Found:
    train = judged.statistics.parts["train"]
    if train.examples < MIN_JUDGED:
        return at_least(None, judged.options.min_negative_share)
    told = f"{train.negatives.count:,} of {train.examples:,} in train"
    return at_least(train.negatives.share, judged.options.min_negative_share, told)


DERIVED_SHARE_IS_MODERATE = Rule(
    "derived_share_is_moderate",
    "No more than `report.max_derived_share` of train is derived from other examples.",
    "Lower `augmentation.max_share`, or add originals: a model trained on variants of a few"
    " examples repeats them.",
    _derived,
)
SOME_EXAMPLES_DECLINE = Rule(
    "some_examples_decline",
    "At least `report.min_negative_share` of train refuses, or declines what is out of scope or"
    " cannot be answered.",
    "Add `negatives` to `augmentation.augmenters`, raise `generation.out_of_scope_share`, or write"
    " some: a model that never saw a refusal answers everything.",
    _negatives,
)
