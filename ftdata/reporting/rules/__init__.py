"""The rules in the order of the README's table: a new one is a module and a line here."""

from ftdata.reporting.rules.age import NEWEST_PARTITION_IS_RECENT
from ftdata.reporting.rules.balance import CLASSES_ARE_BALANCED, VALIDATION_IS_LIKE_TRAIN
from ftdata.reporting.rules.drift import LIKE_THE_PREVIOUS_VERSION, NEWEST_PARTITION_IS_USUAL
from ftdata.reporting.rules.lengths import (
    COMPLETIONS_ARE_NOT_LONG,
    EXAMPLES_FIT_THE_TARGET,
    LENGTHS_VARY,
    PROMPTS_ARE_NOT_LONG,
)
from ftdata.reporting.rules.making import DERIVED_SHARE_IS_MODERATE, SOME_EXAMPLES_DECLINE
from ftdata.reporting.rules.rule import Rule
from ftdata.reporting.rules.size import ENOUGH_FOR_THE_GOAL, NO_MORE_THAN_THE_GOAL_NEEDS
from ftdata.reporting.rules.templates import OPENINGS_VARY, SENTENCE_STRUCTURES_VARY
from ftdata.reporting.rules.uniqueness import COMPLETIONS_ARE_DISTINCT, PROMPTS_ARE_DISTINCT

RULES: tuple[Rule, ...] = (
    ENOUGH_FOR_THE_GOAL,
    NO_MORE_THAN_THE_GOAL_NEEDS,
    PROMPTS_ARE_DISTINCT,
    COMPLETIONS_ARE_DISTINCT,
    PROMPTS_ARE_NOT_LONG,
    COMPLETIONS_ARE_NOT_LONG,
    EXAMPLES_FIT_THE_TARGET,
    LENGTHS_VARY,
    SENTENCE_STRUCTURES_VARY,
    OPENINGS_VARY,
    CLASSES_ARE_BALANCED,
    VALIDATION_IS_LIKE_TRAIN,
    DERIVED_SHARE_IS_MODERATE,
    SOME_EXAMPLES_DECLINE,
    *NEWEST_PARTITION_IS_USUAL,
    LIKE_THE_PREVIOUS_VERSION,
    NEWEST_PARTITION_IS_RECENT,
)
