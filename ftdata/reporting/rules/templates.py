"""Texts are not all made after one template."""

from __future__ import annotations

from ftdata.reporting.rules.rule import MIN_JUDGED, Found, Judged, Rule, at_most
from ftdata.reporting.statistics import Count
from ftdata.reporting.structures import is_telling

_OPENING_WORDS = 3
_SAMPLES = 3


def _structures(judged: Judged) -> Found:
    counts = judged.statistics.parts["all"].structures
    telling = [one for one in counts.top if is_telling(one.value)]
    return _most(counts.total, telling, judged.options.max_structure_share)


def _openings(judged: Judged) -> Found:
    openings = judged.statistics.parts["all"].openings.values()
    whole = [
        one
        for counts in openings
        for one in counts.top
        if one.value.count(" ") == _OPENING_WORDS - 1
    ]
    whole.sort(key=lambda one: (-one.share, one.value))
    total = max(counts.total for counts in openings)
    return _most(total, whole, judged.options.max_opening_share)


def _most(total: int, found: list[Count], most: float) -> Found:
    if total < MIN_JUDGED:
        return at_most(None, most)
    told = [f"{one.value} ({one.count:,})" for one in found[:_SAMPLES]]
    return at_most(found[0].share if found else 0.0, most, *told)


SENTENCE_STRUCTURES_VARY = Rule(
    "sentence_structures_vary",
    "No more than `report.max_structure_share` of the completions begin with a sentence of one"
    " structure: the same stop words and marks, whatever stands between.",
    "Rewrite or drop what one template made: the model learns the template, not the task.",
    _structures,
)
OPENINGS_VARY = Rule(
    "openings_vary",
    "No more than `report.max_opening_share` of the prompts, or of the completions, begin with the"
    " same three words.",
    "Vary how they begin (paraphrase, more authors, several instructions for one task): the model"
    " overfits to a fixed opening.",
    _openings,
)
