"""The caps on what requests may cost: for a run, and for a calendar month."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from ftdata.chat import Usage
from ftdata.errors import BudgetError
from ftdata.llm.batch_book import expected_under_way
from ftdata.llm.ledger import Spender, Total, cost_of, cost_of_totals, this_month, totals
from ftdata.settings_llm import Llm


@dataclass
class Budget:
    """What is left of the caps; what is under way, batches too, counts as expected."""

    options: Llm
    spender: Spender
    _run: float = 0.0
    _month: float = 0.0

    @property
    def is_capped(self) -> bool:
        """Whether there is anything to keep under."""
        caps = (self.options.max_cost_per_run, self.options.max_cost_per_month)
        return self.options.price is not None and caps != (None, None)

    def look(self, db: sqlite3.Connection) -> None:
        """Read what is spent, by other processes too."""
        if self.is_capped:
            run, month = self.spender.run, this_month()
            self._run = self._cost(totals(db, run=run), expected_under_way(db, run=run))
            self._month = self._cost(totals(db, month=month), expected_under_way(db, month=month))

    def check(
        self, under_way: Sequence[Usage], wanted: Usage, left: int, *, is_batch: bool = False
    ) -> None:
        """Raise BudgetError where `wanted` would pass a cap; `left` requests wait besides it."""
        price = self.options.price
        if price is None or not self.is_capped:
            return
        more = sum(cost_of(one, price, is_batch=is_batch) for one in (*under_way, wanted))
        for name, cap, spent in (
            ("max_cost_per_run", self.options.max_cost_per_run, self._run),
            ("max_cost_per_month", self.options.max_cost_per_month, self._month),
        ):
            if cap is not None and spent + more > cap:
                raise BudgetError(self._told(name, cap, spent, left))

    def _told(self, name: str, cap: float, spent: float, left: int) -> str:
        one = self.spender
        where = f"{one.stage} of {one.date}|{one.source}" if one.stage else "chat"
        later = "start another run" if name == "max_cost_per_run" else "wait for the next month"
        return (
            f"{where}: the next request would pass llm.{name} {cap:g}, {spent:.4g} is spent."
            f" {left + 1:,} requests are not answered yet; all answers are kept, and none is paid"
            f" for again. Raise llm.{name} and build again, or {later}; `ftdata estimate` tells"
            " what is missing"
        )

    def _cost(self, found: list[Total], under_way: list[tuple[str, Usage]]) -> float:
        """Of models that have a price: the caps hold what is asked here. Batches are to be paid."""
        prices = self.options.prices
        priced = [one for one in found if one.model in prices]
        batches = [
            cost_of(usage, prices[model], is_batch=True)
            for model, usage in under_way
            if model in prices
        ]
        return (cost_of_totals(priced, self.options) or 0.0) + sum(batches)
