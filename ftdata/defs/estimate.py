"""What a build would ask of the model, before anything is sent: requests, tokens and cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pyarrow as pa
from upath import UPath

from ftdata.chat import Usage
from ftdata.defs.models import asks_a_model
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import current_status, make_stage
from ftdata.ingest.inventory import RawFile
from ftdata.keys import PartitionKey
from ftdata.llm.cache_file import cache_folder
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.estimate import EstimatingChat, Sheet
from ftdata.llm.ledger import Spender, cost_of, cost_of_totals, this_month, totals
from ftdata.project import Project
from ftdata.settings_llm import Llm
from ftdata.tables import Stage
from ftdata.token_count import CountTexts


class Asker(NamedTuple):
    """A stage of a source."""

    stage: Stage
    source: str


@dataclass(frozen=True)
class Line:
    """What one stage would ask for one source; the cost is None where the price is unknown."""

    stage: Stage
    source: str
    partitions: int
    requests: int
    cached: int  # answered before: they cost nothing
    expected: Usage
    cost: float | None


@dataclass(frozen=True)
class Estimate:
    """The lines by stage and source, and what this month (UTC) has cost until now."""

    model: str | None
    lines: tuple[Line, ...]
    spent_this_month: float | None
    max_cost_per_run: float | None
    max_cost_per_month: float | None

    @property
    def cost(self) -> float | None:
        """Of all lines; None where it is unknown."""
        costs = [line.cost for line in self.lines]
        known = [cost for cost in costs if cost is not None]
        return sum(known) if len(known) == len(costs) else None


def estimate(
    project: Project,
    keys: Iterable[PartitionKey] | None = None,
    stages: Sequence[Stage] | None = None,
    say: Callable[[PartitionKey], None] = lambda _: None,
) -> Estimate:
    """What `ftdata build` would ask now; only of some partitions and stages where they are given.

    Stages before a model's that are not built are worked out here and not stored. What a model is
    yet to write counts, for the stages after it, as the rules would have written it; of synthetic
    sources nothing is known there. Raises as the stages do.
    """
    files = look_at_raw(project).partitions
    sheets: defaultdict[Asker, Sheet] = defaultdict(Sheet)
    partitions: defaultdict[Asker, int] = defaultdict(int)
    for key in sorted(files) if keys is None else keys:
        for stage, sheet in _of_partition(project, key, files[key], stages):
            asker = Asker(stage, key.source)
            partitions[asker] += 1
            sheets[asker] = _sum(sheets[asker], sheet)
        say(key)
    options = project.settings.llm
    return Estimate(
        model=options.model,
        lines=tuple(_line(one, partitions[one], sheets[one], options) for one in sorted(sheets)),
        spent_this_month=_spent(project),
        max_cost_per_run=options.max_cost_per_run,
        max_cost_per_month=options.max_cost_per_month,
    )


def _of_partition(
    project: Project,
    key: PartitionKey,
    files: Sequence[RawFile],
    stages: Sequence[Stage] | None,
) -> list[tuple[Stage, Sheet]]:
    """What each stage would ask, from the first that is not current to the last that asks."""
    status = current_status(project, key, files)
    chain = list(status.states)
    first = chain.index(status.first_stale) if status.first_stale else len(chain)
    if stages is not None:  # asked for by name: as if it were to be built again
        first = min([first, *(chain.index(one) for one in stages if one in chain)])
    asking = [at for at in range(first, len(chain)) if _asks(project, chain[at], key, stages)]
    table: pa.Table | None = None
    found = []
    for at in range(first, max(asking, default=-1) + 1):
        if table is None and at:
            table = project.store.read_table(chain[at - 1], key)
        sheet = Sheet()
        dry = replace(project, open_chat=_opener(sheet))
        table = make_stage(dry, chain[at], key, files, table).table
        if at in asking:
            found.append((chain[at], sheet))
    return found


def _asks(
    project: Project, stage: Stage, key: PartitionKey, stages: Sequence[Stage] | None
) -> bool:
    is_wanted = stages is None or stage in stages
    return is_wanted and asks_a_model(project.settings, stage, key.source)


def _opener(sheet: Sheet) -> Callable[..., EstimatingChat]:
    def open_estimating(
        options: Llm,
        data: UPath,
        setting: str,
        instead: str,
        spender: Spender,
        count: CountTexts,
    ) -> EstimatingChat:
        del setting, instead, spender
        return EstimatingChat(ChatCache(cache_folder(data)), options, count, sheet)

    return open_estimating


def _sum(one: Sheet, other: Sheet) -> Sheet:
    return Sheet(
        one.requests + other.requests, one.cached + other.cached, one.expected + other.expected
    )


def _line(asker: Asker, partitions: int, sheet: Sheet, options: Llm) -> Line:
    price = options.price
    cost = None
    if price is not None:
        cost = cost_of(sheet.expected, price, is_batch=options.batch)
    return Line(
        asker.stage, asker.source, partitions, sheet.requests, sheet.cached, sheet.expected, cost
    )


def _spent(project: Project) -> float | None:
    """Cost of this month's requests until now; None where a model's price is unknown."""
    cache = ChatCache(cache_folder(project.store.data))
    if not cache.path.exists():
        return 0.0
    with cache.open() as db:
        return cost_of_totals(totals(db, month=this_month()), project.settings.llm)


def paid_by_source(project: Project) -> list[dict[str, int | float | str]]:
    """What each stage has ever asked and paid for each source, for the manifest."""
    cache = ChatCache(cache_folder(project.store.data))
    if not cache.path.exists():
        return []
    with cache.open() as db:
        found = totals(db)
    grouped = defaultdict(list)
    for one in found:
        grouped[one.stage, one.source, one.model].append(one)
    return [
        {
            "stage": stage,
            "source": source,
            "model": model,
            "requests": sum(one.requests for one in group),
            "prompt_tokens": sum(one.usage.prompt for one in group),
            "completion_tokens": sum(one.usage.completion for one in group),
            "cost": _rounded(cost_of_totals(group, project.settings.llm)),
        }
        for (stage, source, model), group in sorted(grouped.items())
    ]


def _rounded(cost: float | None) -> float | str:
    return "unknown" if cost is None else round(cost, 6)
