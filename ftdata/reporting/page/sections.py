"""Which figures stand in the page, in which order, under which heading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from ftdata.reporting.page.bars import MOST, counted
from ftdata.reporting.page.drift import days_plot, drift_plot, shifts_plot
from ftdata.reporting.page.figure import Figure
from ftdata.reporting.page.funnel import (
    costs_plot,
    drops_plot,
    funnel_plot,
    redactions_plot,
    rules_table,
)
from ftdata.reporting.page.groups import groups_plot
from ftdata.reporting.page.lengths import lengths_plot, uniqueness_plot
from ftdata.reporting.page.map import map_plot
from ftdata.reporting.page.material import PageMaterial
from ftdata.reporting.page.shown import brief
from ftdata.reporting.page.splits import by_split_plot
from ftdata.reporting.page.time import OTHERS, Span, lined, spans_of, stacked
from ftdata.reporting.statistics import Comparison, Counts, Part, Period, Report
from ftdata.reporting.structures import is_telling

_BY_SPLIT = "category"
_FIRST = ("language", "complexity", "tone", "instruction_kind", "flags")
_MOST_TAGS = 9


class Section(NamedTuple):
    """A heading and what stands below it."""

    key: str
    title: str
    figures: tuple[Figure, ...]


def sections_of(
    report: Report, manifest: Mapping[str, Any], material: PageMaterial
) -> list[Section]:
    """Every section that has a figure."""
    whole = report.statistics.parts["all"]
    found: dict[tuple[str, str], list[Figure | None]] = {
        ("made", "How it was made"): _made(report, manifest),
        ("lengths", "How long it is"): [
            lengths_plot(report.statistics, "prompt_tokens", "Tokens of prompts"),
            lengths_plot(report.statistics, "completion_tokens", "Tokens of completions"),
            lengths_plot(report.statistics, "whole_tokens", "Tokens of examples"),
        ],
        ("content", "What is in it"): [
            map_plot(material),
            by_split_plot(report.statistics, _BY_SPLIT),
            *_tags(whole),
        ],
        ("variety", "How much it varies"): _variety(report, material),
        ("time", "Over time"): _time(report),
        ("previous", "Against the version before"): _previous(report.since_previous),
    }
    sections = []
    for (key, title), figures in found.items():
        there = tuple(figure for figure in figures if figure is not None)
        if there:
            sections.append(Section(key, title, there))
    return sections


def _made(report: Report, manifest: Mapping[str, Any]) -> list[Figure | None]:
    statistics = report.statistics
    content = manifest["content"]
    return [
        funnel_plot(content),
        drops_plot(statistics),
        rules_table(content.get("selection", [])),
        counted("provenance", "Where examples come from", statistics.parts["all"].provenance),
        counted("sources", "Sources", statistics.parts["all"].sources),
        redactions_plot(statistics),
        costs_plot(manifest.get("environment", {}).get("paid", [])),
    ]


def _tags(whole: Part) -> list[Figure | None]:
    """Those asked for and others that say something; beside each other those that are as high."""
    there = {name: counts for name, counts in whole.tags.items() if name != _BY_SPLIT}
    names = [name for name in _FIRST if name in there]
    names += [name for name, counts in there.items() if name not in names and _is_told(counts)]
    names = sorted(names[:_MOST_TAGS], key=lambda name: -min(there[name].distinct, MOST))
    return [
        counted(f"tag_{at}", name.replace("_", " ").capitalize(), there[name])
        for at, name in enumerate(names)
    ]


def _is_told(counts: Counts) -> bool:
    """Whether the values are few enough to say something by how often they come."""
    return 2 <= counts.distinct <= counts.total / 2


def _variety(report: Report, material: PageMaterial) -> list[Figure | None]:
    whole = report.statistics.parts["all"]
    openings = {"prompts": "First words of prompts", "completions": "First words of completions"}
    return [
        uniqueness_plot(report.statistics),
        groups_plot(material.group_sizes),
        _turns(whole.turns),
        *(
            counted(f"{what}_openings", title, whole.openings[what], "first words", quotes=True)
            for what, title in openings.items()
        ),
        _structures(whole.structures),
        counted("words", "Most frequent words", whole.vocabulary.top, "word", "times", quotes=True),
    ]


def _turns(found: Counts) -> Figure | None:
    by_number = replace(found, top=tuple(sorted(found.top, key=lambda one: int(one.value))))
    return counted("turns", "User messages an example has", by_number, "messages")


def _structures(found: Counts) -> Figure | None:
    """But for those of labels, names and numbers, which are no template."""
    telling = replace(found, top=tuple(one for one in found.top if is_telling(one.value)))
    title = "First sentences of completions"
    return counted("structures", title, telling, "structure", quotes=True)


def _time(report: Report) -> list[Figure | None]:
    statistics = report.statistics
    spans = spans_of(statistics.periods)
    if not spans:
        return []
    compared = [one for one in statistics.comparisons if one.kind == "partition"]
    splits = [one for one in statistics.comparisons if one.kind == "splits"]
    return [
        stacked("by_source", "Examples by date and source", spans, lambda one: one.sources),
        stacked("by_category", "Examples by date and category", spans, _categories),
        _dropped(spans),
        _words(spans),
        days_plot(spans),
        drift_plot("drift_splits", "Validation against train", splits),
        drift_plot("drift", "Newest partitions against older ones", compared),
    ]


def _previous(since: Comparison | None) -> list[Figure | None]:
    if since is None:
        return []
    return [
        drift_plot("since_previous", "Distance to the version before", [since]),
        shifts_plot(since),
    ]


def _categories(period: Period) -> dict[str, int]:
    """The day's frequent categories and what else it has; nothing where there is no category."""
    if not period.categories:
        return {}
    rest = sum(period.splits.values()) - sum(period.categories.values())
    return {**period.categories, OTHERS: period.categories.get(OTHERS, 0) + rest}


def _dropped(spans: list[Span]) -> Figure | None:
    points = []
    for span in spans:
        dropped = sum(one.dropped for one in span.periods)
        given = dropped + sum(sum(one.splits.values()) for one in span.periods)
        points.append((span, dropped / given if given else None))
    note = "Dropped, of dropped rows and examples together."
    return lined("dropped", "Share dropped, by date", note, points)


def _words(spans: list[Span]) -> Figure | None:
    points = []
    for span in spans:
        counts = [(sum(one.splits.values()), one.tokens) for one in span.periods]
        examples = sum(number for number, _ in counts)
        tokens = sum(number for _, number in counts)
        points.append((span, tokens / examples if examples else None))
    return lined("tokens", "Tokens an example, by date", "Means.", points, brief)
