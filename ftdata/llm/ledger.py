"""What requests have cost: tokens by month, run, stage and partition, kept beside the answers."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ftdata.chat import Usage
from ftdata.settings_llm import Llm, Price

SPENT_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS spent (month TEXT, run TEXT, stage TEXT, source TEXT, date TEXT,"
    " model TEXT, prompt_version TEXT, is_batch INTEGER, requests INTEGER, prompt INTEGER,"
    " cached INTEGER, completion INTEGER, reasoning INTEGER, uncounted INTEGER,"
    " expected_prompt INTEGER, expected_completion INTEGER,"
    " PRIMARY KEY (month, run, stage, source, date, model, prompt_version, is_batch))"
)
_INSERT = "INSERT INTO spent VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MILLION = 1_000_000

SpentRow = tuple[str | int, ...]


@dataclass(frozen=True)
class Spender:
    """Who asks: a run, and the stage and partition it builds."""

    run: str = ""
    stage: str = ""
    source: str = ""
    date: str = ""


@dataclass(frozen=True)
class Spent:
    """Tokens of some requests; `uncounted` are those whose provider counts none."""

    requests: int
    usage: Usage  # as counted, or as expected where nothing is counted
    uncounted: int
    expected: Usage

    def __add__(self, other: Spent) -> Spent:
        """Both together."""
        return Spent(
            self.requests + other.requests,
            self.usage + other.usage,
            self.uncounted + other.uncounted,
            self.expected + other.expected,
        )


@dataclass(frozen=True)
class Spending:
    """What a commit adds, by the version of the prompt."""

    spender: Spender
    model: str
    is_batch: bool
    by_prompt: dict[str, Spent]


def add_spending(db: sqlite3.Connection, spending: Spending) -> None:
    """Add to what was spent in this month (UTC)."""
    one, month = spending.spender, this_month()
    for prompt, spent in sorted(spending.by_prompt.items()):
        usage, expected = spent.usage, spent.expected
        db.execute(
            f"{_INSERT} ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,"
            " prompt = prompt + excluded.prompt, cached = cached + excluded.cached,"
            " completion = completion + excluded.completion,"
            " reasoning = reasoning + excluded.reasoning,"
            " uncounted = uncounted + excluded.uncounted,"
            " expected_prompt = expected_prompt + excluded.expected_prompt,"
            " expected_completion = expected_completion + excluded.expected_completion",
            (
                month, one.run, one.stage, one.source, one.date, spending.model, prompt,
                spending.is_batch, spent.requests, usage.prompt, usage.cached, usage.completion,
                usage.reasoning, spent.uncounted, expected.prompt, expected.completion,
            ),
        )  # fmt: skip


def spent_rows(db: sqlite3.Connection) -> Iterator[SpentRow]:
    """All that was spent, for `put_back`."""
    yield from db.execute("SELECT * FROM spent")


def put_back(db: sqlite3.Connection, rows: Iterable[SpentRow]) -> None:
    """Note what was spent by the rows of another file."""
    db.executemany(_INSERT, rows)


@dataclass(frozen=True)
class Total:
    """What was spent by some stage on some partition, on one model."""

    stage: str
    source: str
    date: str
    model: str
    is_batch: bool
    requests: int
    usage: Usage
    uncounted: int


def totals(
    db: sqlite3.Connection, *, run: str | None = None, month: str | None = None
) -> list[Total]:
    """Sums by stage, partition and model, in that order; of one run or month where it is given."""
    rows = db.execute(
        "SELECT stage, source, date, model, is_batch, sum(requests), sum(prompt), sum(cached),"
        " sum(completion), sum(reasoning), sum(uncounted) FROM spent"
        " WHERE (?1 IS NULL OR run = ?1) AND (?2 IS NULL OR month = ?2)"
        " GROUP BY stage, source, date, model, is_batch"
        " ORDER BY stage, source, date, model, is_batch",
        (run, month),
    )
    return [_total(*row) for row in rows]


def ratios(db: sqlite3.Connection, model: str) -> Iterator[tuple[str, int, float, float]]:
    """Of each prompt: requests, and prompt and completion tokens counted for one expected."""
    rows = db.execute(
        "SELECT prompt_version, sum(requests), sum(prompt), sum(expected_prompt), sum(completion),"
        " sum(expected_completion) FROM spent WHERE model = ? AND uncounted = 0"
        " GROUP BY prompt_version ORDER BY prompt_version",
        (model,),
    )
    for prompt, requests, asked, expected, said, expected_said in rows:
        if expected and expected_said:
            yield prompt, requests, asked / expected, said / expected_said


def cost_of(usage: Usage, price: Price, *, is_batch: bool) -> float:
    """In the currency of the price list."""
    cached = price.input if price.cached_input is None else price.cached_input
    whole = (
        (usage.prompt - usage.cached) * price.input
        + usage.cached * cached
        + usage.completion * price.output
    )
    return whole / _MILLION * (price.batch_share if is_batch else 1)


def cost_of_totals(found: list[Total], options: Llm) -> float | None:
    """Cost of them all; None where a model among them has no price."""
    cost = 0.0
    for one in found:
        price = options.prices.get(one.model)
        if price is None:
            return None
        cost += cost_of(one.usage, price, is_batch=one.is_batch)
    return cost


def this_month() -> str:
    """`2025-03`, in UTC."""
    return f"{dt.datetime.now(dt.UTC):%Y-%m}"


def _total(stage: str, source: str, date: str, model: str, is_batch: int, *counts: int) -> Total:
    requests, prompt, cached, completion, reasoning, uncounted = counts
    usage = Usage(prompt, cached, completion, reasoning)
    return Total(stage, source, date, model, bool(is_batch), requests, usage, uncounted)
