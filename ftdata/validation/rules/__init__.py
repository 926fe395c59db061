"""The rules of every stage, in the order in which their checks are shown.

To add a rule: one entry in its stage's file; its column, where it needs a new one, in `columns.py`
(over rows) or `profile.py` (over partitions); and in the tests a frame that fails it.
"""

from __future__ import annotations

from collections.abc import Callable

from ftdata.settings import Settings
from ftdata.tables import Stage
from ftdata.validation.rules.augmented import augmented_rules
from ftdata.validation.rules.cleaned import cleaned_rules
from ftdata.validation.rules.documents import documents_rules
from ftdata.validation.rules.formatted import formatted_rules
from ftdata.validation.rules.generated_examples import generated_examples_rules
from ftdata.validation.rules.raw_logs import raw_logs_rules
from ftdata.validation.rules.rule import Rule, equal
from ftdata.validation.rules.validated_splits import validated_splits_rules

__all__ = ["Rule", "rules_for"]

_STAGES: dict[Stage, Callable[[Settings], tuple[Rule, ...]]] = {
    "documents": documents_rules,
    "generated_examples": generated_examples_rules,
    "raw_logs": raw_logs_rules,
    "cleaned": cleaned_rules,
    "formatted": formatted_rules,
    "augmented": augmented_rules,
    "validated_splits": validated_splits_rules,
}
_EVERYWHERE = (
    Rule(
        "every_row_accounted_for",
        "What the stage read is what its tables hold: rows kept, dropped and quarantined.",
        equal("rows_in", "accounted"),
        over="partitions",
    ),
)


def rules_for(stage: Stage, settings: Settings) -> tuple[Rule, ...]:
    """The rules of a stage under these settings; their names are unique within the stage."""
    return (*_EVERYWHERE, *_STAGES[stage](settings))
