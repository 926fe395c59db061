"""What `ftdata estimate` and `ftdata cache` answer, for a person and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from ftdata.console import print_table, say, warn
from ftdata.show import Answer, Place

if TYPE_CHECKING:
    from ftdata.defs.estimate import Estimate


def counted_answer(name: str, count: int, told: str) -> Answer:
    """A number of answers, and the sentence that says what was done with them."""
    return Answer({name: count}, lambda: say(told))


def estimate_answer(place: Place, found: Estimate) -> Answer:
    """Requests, tokens and cost by stage and source, and how they stand to the caps."""

    def show() -> None:
        if not found.lines:
            say("Nothing to pay for: what is not built asks no model, as the settings stand.")
            return
        columns = ("stage", "source", "days", "requests", "cached", "prompt", "completion", "cost")
        rows = [
            (
                line.stage, line.source, line.partitions, line.requests, line.cached,
                line.expected.prompt, line.expected.completion, _money(line.cost),
            )
            for line in found.lines
        ]  # fmt: skip
        print_table(columns, rows)
        say("prompt and completion in tokens; cached requests were answered before and are free.")
        say(f"Model {found.model or 'not named'}; about {_money(found.cost)} in all.")
        say(f"Spent this month: {_money(found.spent_this_month)}.")
        for warning in _warnings(found):
            warn(warning)
        say(f"Next: {place.command('build')}")

    values = {
        **asdict(found),
        "lines": [asdict(line) for line in found.lines],
        "cost": found.cost,
        "warnings": list(_warnings(found)),
    }
    return Answer(values, show)


def _warnings(found: Estimate) -> list[str]:
    """What would stop the build, or cannot be told."""
    told = []
    if found.model is None:
        return ["llm.model names no model: the build will ask for one"]
    if found.cost is None:
        told.append(
            f"the price of {found.model} is unknown: add it under llm.prices, per million tokens"
        )
        return told
    run, month = found.max_cost_per_run, found.max_cost_per_month
    if run is not None and found.cost > run:
        told.append(f"llm.max_cost_per_run {run:g} will stop the build before it is done")
    if month is not None and found.cost + (found.spent_this_month or 0) > month:
        told.append(f"llm.max_cost_per_month {month:g} will stop the build before it is done")
    return told


def _money(cost: float | None) -> str:
    return "unknown" if cost is None else f"{cost:,.4f}"
