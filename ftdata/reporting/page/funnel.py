"""From raw files to splits, what was dropped on the way, what was paid, which rules chose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ftdata.reporting.page.bars import MOST, Bar, lying
from ftdata.reporting.page.figure import Figure
from ftdata.reporting.page.shown import count, money, percent, shown
from ftdata.reporting.statistics import Statistics
from ftdata.tables import NO_EXAMPLE, SPLITS, STAGES

_UNITS = {"documents": "sections", "raw_logs": "records", "cleaned": "conversations"}


def funnel_plot(content: Mapping[str, Any]) -> Figure | None:
    """How many each stage let through, and how many went into the splits."""
    stages = content.get("stages", {}).get("totals", {})
    splits = content.get("dataset", {}).get("splits")
    if not splits or not all("rows_out" in counts for counts in stages.values()):
        return None
    bars, rows = [], []
    built = [(name, stages[name]) for name in STAGES if name in stages]
    for name, counts in [*built, ("dataset", content["dataset"])]:
        unit = _UNITS.get(name, "examples")
        no_example = counts["reasons"].get(NO_EXAMPLE, 0)  # no examples, though they are drops
        lost = counts["rows_dropped"] + counts.get("rows_quarantined", 0) - no_example
        told = f"{counts['rows_out']:,} {unit}" + (f" · −{lost:,}" if lost else "")
        bars.append(Bar(name.replace("_", " "), counts["rows_out"], told))
        rows.append((shown(name), count(counts["rows_in"]), count(counts["rows_out"]), count(lost)))
    for name in SPLITS:
        examples = splits[name]["examples"]
        bars.append(Bar(name, examples, f"{examples:,} examples", name))
        rows.append((name, "", count(examples), ""))
    return Figure(
        key="funnel",
        title="From raw files to splits",
        note="What each stage let through; − is what it dropped.",
        svg=lying("From raw files to splits", bars),
        columns=("stage", "in", "out", "dropped"),
        rows=tuple(rows),
    )


def drops_plot(statistics: Statistics) -> Figure | None:
    """Drops by reason and stage, the most first."""
    drops = sorted(statistics.drops, key=lambda one: -one.rows)
    if not drops:
        return None
    bars = [
        Bar(
            drop.reason.replace("_", " "),
            drop.rows,
            f"{drop.stage.replace('_', ' ')} · {drop.rows:,}",
        )
        for drop in drops[:MOST]
    ]
    left = len(drops) - len(bars)
    return Figure(
        key="drops",
        title="Dropped, by reason and stage",
        note=f"{left} more in the table." if left > 0 else "",
        svg=lying("Dropped, by reason and stage", bars),
        columns=("stage", "reason", "dropped", "of what came in"),
        rows=tuple(
            (shown(o.stage), shown(o.reason), count(o.rows), percent(o.share)) for o in drops
        ),
    )


def redactions_plot(statistics: Statistics) -> Figure | None:
    """How often each entity was redacted."""
    found = sorted(statistics.redactions.items(), key=lambda one: (-one[1], one[0]))
    found = [(name, times) for name, times in found if times]
    if not found:
        return None
    return Figure(
        key="redactions",
        title="Redacted, by entity",
        note="Times in what the stage cleaned kept.",
        svg=lying("Redacted, by entity", [Bar(n, t, f"{t:,}") for n, t in found[:MOST]]),
        columns=("entity", "times"),
        rows=tuple((shown(name), count(times)) for name, times in found),
    )


def costs_plot(paid: list[Mapping[str, Any]]) -> Figure | None:
    """What the model was asked and paid, by stage; sources and models in the table."""
    if not paid:
        return None
    tokens: Counter[str] = Counter()
    costs: dict[str, float | None] = {}
    for one in paid:
        tokens[one["stage"]] += one["prompt_tokens"] + one["completion_tokens"]
        cost, before = one["cost"], costs.get(one["stage"], 0.0)
        is_known = before is not None and not isinstance(cost, str)
        costs[one["stage"]] = before + cost if is_known and before is not None else None
    bars = [
        Bar(stage.replace("_", " "), number, f"{number:,} tokens · {_price(costs[stage])}")
        for stage, number in tokens.most_common()
    ]
    told = [cost for cost in costs.values() if cost is not None]
    all_told = f"{money(sum(told))} in all" if len(told) == len(costs) else "prices not all known"
    rows = tuple(
        (
            *(shown(str(one[name])) for name in ("stage", "source", "model")),
            *(count(one[name]) for name in ("requests", "prompt_tokens", "completion_tokens")),
            "unknown" if isinstance(one["cost"], str) else money(one["cost"]),
        )
        for one in paid
    )
    return Figure(
        key="costs",
        title="What models cost",
        note=f"{sum(tokens.values()):,} tokens, {all_told}; what was ever paid for this project.",
        svg=lying("What models cost", bars),
        columns=(
            "stage",
            "source",
            "model",
            "requests",
            "prompt tokens",
            "completion tokens",
            "cost",
        ),
        rows=rows,
    )


def rules_table(selection: list[Mapping[str, Any]]) -> Figure | None:
    """What each rule of balance and selection left of train."""
    if not selection:
        return None
    bars = [
        Bar(
            str(one["rule"]).replace("_", " "), one["after"],
            f"{one['before']:,} → {one['after']:,}",
        )
        for one in selection
    ]  # fmt: skip
    widest = max(one["before"] for one in selection)
    rows = tuple(
        (shown(str(o["rule"])), count(o["before"]), count(o["after"]), shown(_by(o)))
        for o in selection
    )
    return Figure(
        key="selection",
        title="Balance and selection of train",
        note="Examples that each rule left; variants go with their parent.",
        svg=lying("Balance and selection of train", bars, widest),
        columns=("rule", "before", "after", "where"),
        rows=rows,
    )


def _by(rule: Mapping[str, Any]) -> str:
    changed = [f"{name} {before:,} → {after:,}" for name, (before, after) in rule["by"].items()]
    return "; ".join([*changed, *([rule["note"]] if rule["note"] else [])])


def _price(cost: float | None) -> str:
    return "price unknown" if cost is None else money(cost)
