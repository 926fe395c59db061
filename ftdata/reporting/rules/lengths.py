"""Texts are neither too long nor all of one length, and fit the target."""

from __future__ import annotations

from ftdata.reporting.rules.rule import MIN_JUDGED, Found, Judged, Rule, at_most
from ftdata.reporting.statistics import Measure

_MIN_WORDS = 5  # labels, names and numbers are short by nature


def _are_not_long(judged: Judged, measure: Measure, most: int) -> Found:
    found = judged.statistics.parts["all"].lengths[measure]
    return at_most(found.p95, most, f"median {found.median:,.0f}, longest {found.max:,}")


def _fit(judged: Judged) -> Found:
    parts = judged.statistics.parts
    longest = {split: parts[split].lengths["whole_tokens"].max for split in parts if split != "all"}
    limit = judged.options.target_tokens
    samples = [f"{split}: {most:,} tokens" for split, most in longest.items() if most > limit]
    return at_most(max(longest.values()), limit, *samples)


def _vary(judged: Judged) -> Found:
    part, most = judged.statistics.parts["all"], judged.options.max_length_cluster
    measured: tuple[Measure, ...] = ("prompt_words", "completion_words")
    found = {what: part.lengths[what] for what in measured}
    texts = {what: own for what, own in found.items() if own.median >= _MIN_WORDS}
    if part.examples < MIN_JUDGED or not texts:
        return at_most(None, most)
    what = max(texts, key=lambda name: texts[name].clustered)
    worst = texts[what]
    told = f"{what}: 5 % {worst.p5:,.0f}, median {worst.median:,.0f}, 95 % {worst.p95:,.0f}"
    return at_most(worst.clustered, most, told)


PROMPTS_ARE_NOT_LONG = Rule(
    "prompts_are_not_long",
    "19 of 20 prompts have at most `report.max_prompt_tokens` tokens.",
    "Shorten the system prompt and the context, or drop long records"
    " (`extraction.max_prompt_chars`): long inputs cost most and teach little.",
    lambda judged: _are_not_long(judged, "prompt_tokens", judged.options.max_prompt_tokens),
)
COMPLETIONS_ARE_NOT_LONG = Rule(
    "completions_are_not_long",
    "19 of 20 completions have at most `report.max_completion_tokens` tokens.",
    "Drop long replies (`extraction.max_response_chars`), or rewrite them: a model learns to be as"
    " long as what it is shown.",
    lambda judged: _are_not_long(judged, "completion_tokens", judged.options.max_completion_tokens),
)
EXAMPLES_FIT_THE_TARGET = Rule(
    "examples_fit_the_target",
    "No example has more tokens than `report.target_tokens`.",
    "Lower `formatting.max_tokens` to what the target takes: it cuts off or refuses longer ones.",
    _fit,
)
LENGTHS_VARY = Rule(
    "lengths_vary",
    "No more than `report.max_length_cluster` of the prompts, or of the completions, have lengths"
    " within a fifth of each other; texts of less than five words in the median are not judged.",
    "Add shorter and longer ones: the model learns the length along with the rest.",
    _vary,
)
