"""What must hold of `validated_splits`: leak-free within a partition, near the ratios."""

from __future__ import annotations

from ftdata.settings import Settings
from ftdata.tables import SPLITS
from ftdata.validation.rules.rule import Rule, absent, one_of, within

_HELD_IN = Rule(
    "variants_stay_in_train",
    "No derived variant stands in validation or test.",
    absent("held_out_variant"),
)
_JUDGED = (
    Rule(
        "judgements_are_on_the_scale",
        "Every score that a judge gave is a whole number from 1 to 5.",
        absent("off_scale"),
    ),
    Rule(
        "judgements_have_a_reason",
        "Every judgement says why: of an example, and of both positions of a pair.",
        absent("unreasoned"),
    ),
)


def validated_splits_rules(settings: Settings) -> tuple[Rule, ...]:
    """The stage's own rules; `rules_for` puts those of every stage before them."""
    is_dealt = settings.splits.by == "groups"
    ratios: dict[str, float] = settings.splits.ratios.model_dump() if is_dealt else {}
    gap = settings.checks.max_ratio_gap
    return (
        Rule(
            "splits_are_known",
            "Every example is in one of the splits.",
            one_of("split", SPLITS),
        ),
        Rule(
            "groups_stand_on_one_side",
            "All examples of a group in a partition have the same split.",
            one_of("group_sides", [1]),
        ),
        *([] if settings.splits.derived_in_validation else [_HELD_IN]),
        *(_JUDGED if settings.judge.enabled else ()),
        *(_near_ratio(split, ratio, gap) for split, ratio in ratios.items()),
    )


def _near_ratio(split: str, ratio: float, gap: float) -> Rule:
    return Rule(
        f"{split}_is_near_its_ratio",
        f"The share of {split} among a partition's originals, where it has 30 groups or more.",
        within(f"{split}_share", max(0.0, ratio - gap), min(1.0, ratio + gap)),
        over="partitions",
        severity="warning",
    )
