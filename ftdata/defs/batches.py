"""Partitions that wait for batches of the provider, and those whose batches have ended.

No Dagster here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import chain_of
from ftdata.keys import PartitionKey
from ftdata.llm.batch_book import all_waiting
from ftdata.llm.batch_client import BatchClient
from ftdata.llm.cache_file import cache_folder
from ftdata.llm.chat_cache import ChatCache
from ftdata.project import Project
from ftdata.tables import STAGES, Stage


@dataclass(frozen=True)
class WaitingPartition:
    """A partition with the stage that waits, and how many requests of which batch it waits for."""

    key: PartitionKey
    stage: Stage
    requests: Mapping[str, int]  # by the id of the batch, the oldest first
    under_way: frozenset[str]  # batches that had not ended when somebody last looked

    @property
    def told(self) -> str:
        """`generated_examples waits for 812 requests in batch_abc`."""
        count = sum(self.requests.values())
        noun = "request" if count == 1 else "requests"
        return f"{self.stage} waits for {count:,} {noun} in {', '.join(self.requests)}"


@dataclass(frozen=True)
class Ready:
    """A partition whose batches have all ended, with the stages to be run now."""

    key: PartitionKey
    stages: tuple[Stage, ...]
    batches: tuple[str, ...]


def waiting_partitions(project: Project) -> list[WaitingPartition]:
    """All that wait, by date, source and stage; asks nobody. Raises StorageError."""
    cache = ChatCache(cache_folder(project.store.data))
    if not cache.path.exists():
        return []
    with cache.open() as db:
        found = all_waiting(db)
    return [
        WaitingPartition(
            PartitionKey(date=one.date, source=one.source), stage, one.requests, one.under_way
        )
        for one in found
        for stage in STAGES
        if stage == one.stage
    ]


def ready_partitions(project: Project, open_client: Callable[[], BatchClient]) -> list[Ready]:
    """Those that a run can go on with: each batch under way is asked for once.

    A batch that the provider does not know counts as ended: the run tells what is wrong. Raises
    ProviderError where the provider cannot be asked.
    """
    waiting = waiting_partitions(project)
    open_ = sorted({name for one in waiting for name in one.under_way})
    under_way = set()
    if open_:
        client = open_client()
        try:
            for name in open_:
                batch = client.look(name)
                if batch is not None and not batch.has_ended:
                    under_way.add(name)
        finally:
            client.close()
    files = look_at_raw(project).partitions if waiting else {}
    ready = []
    for one in waiting:
        if under_way.isdisjoint(one.requests) and one.key in files:
            chain = chain_of(project, one.key, files[one.key])
            if one.stage in chain:
                stages = chain[chain.index(one.stage) :]
                ready.append(Ready(one.key, stages, tuple(one.requests)))
    return ready


def can_ask() -> bool:
    """Whether this process has a key to ask the provider with."""
    return bool(os.environ.get("OPENAI_API_KEY"))
