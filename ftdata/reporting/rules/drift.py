"""New data is like the rest, and this version like the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ftdata.reporting.rules.rule import Found, Judged, Rule
from ftdata.reporting.statistics import Comparison, Drift, DriftKind, Shift
from ftdata.settings_report import Report

_KINDS: set[DriftKind] = {"length", "category", "language", "vocabulary"}
_SAMPLES = 5


def judge_drifts(
    comparisons: Iterable[Comparison], options: Report, kinds: Collection[DriftKind]
) -> Found:
    """The drift that is furthest from what is let pass, of all drifts of these kinds.

    What chance alone may bring about is let pass whatever the settings say: see `drift.py`.
    """
    found = [
        (comparison, drift)
        for comparison in comparisons
        for drift in comparison.drifts
        if drift.kind in kinds
    ]
    if not found:
        limit = options.max_divergence if "vocabulary" in kinds else options.max_psi
        return Found(True, None, limit)
    comparison, worst = max(found, key=lambda pair: _measured(pair[1], options)[2])
    observed, limit, ratio = _measured(worst, options)
    told = [f"{worst.what} of {comparison.new} against {comparison.reference}"]
    told += [f"{_label(worst, s)}: {s.before:.1%} → {s.after:.1%}" for s in worst.shifts]
    return Found(ratio <= 1, observed, round(limit, 6), tuple(told[: _SAMPLES + 1]))


def _label(drift: Drift, shift: Shift) -> str:
    if drift.kind == "length":
        return f"from {shift.value} words"
    return shift.value or "(others)"


def _measured(drift: Drift, options: Report) -> tuple[float, float, float]:
    """How far it is, how far it may be, and the ratio of both."""
    if drift.kind == "vocabulary":
        observed, limit = drift.divergence, max(options.max_divergence, drift.divergence_noise)
    else:
        observed, limit = drift.psi, max(options.max_psi, drift.psi_noise)
    return observed, limit, observed / limit


def _newest(kind: DriftKind, name: str, words: str, measure: str) -> Rule:
    def judge(judged: Judged) -> Found:
        partitions = [one for one in judged.statistics.comparisons if one.kind == "partition"]
        return judge_drifts(partitions, judged.options, {kind})

    return Rule(
        name,
        f"The newest partition of each source has {words} like its older ones ({measure}).",
        "Look at what changed in that source. Where the change will last, collect more of it and"
        " retire old data (`extraction.start`); where it is a fault, mend the raw files.",
        judge,
    )


def _version(judged: Judged) -> Found:
    compared = [judged.since_previous] if judged.since_previous is not None else []
    return judge_drifts(compared, judged.options, _KINDS)


_PSI = "PSI up to `report.max_psi`"
NEWEST_PARTITION_IS_USUAL = (
    _newest("length", "newest_lengths_are_usual", "lengths", _PSI),
    _newest("category", "newest_categories_are_usual", "categories", _PSI),
    _newest("language", "newest_languages_are_usual", "languages", _PSI),
    _newest(
        "vocabulary", "newest_words_are_usual", "words",
        "Jensen–Shannon divergence up to `report.max_divergence`",
    ),
)  # fmt: skip
LIKE_THE_PREVIOUS_VERSION = Rule(
    "like_the_previous_version",
    "Lengths, categories, languages and words are like those of the version before"
    " (`report.max_psi`, `report.max_divergence`).",
    "Compare both versions' statistics. Where the change is meant, evaluate the trained model"
    " anew; else look at the settings and sources that changed.",
    _version,
)
