"""The chat model behind its cache: what is there is not asked again, the rest within its budget."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from upath import UPath

from ftdata.chat import ChatRequest, Usage
from ftdata.errors import SettingsError
from ftdata.llm.asked import Asking
from ftdata.llm.batch import BatchedChat
from ftdata.llm.batch_book import all_waiting
from ftdata.llm.batch_client import OpenAIBatches
from ftdata.llm.budget import Budget
from ftdata.llm.cache_file import cache_folder
from ftdata.llm.chat_cache import ChatCache, request_key
from ftdata.llm.chat_client import OpenAIChat
from ftdata.llm.dispatch import Client, Dispatcher, Job
from ftdata.llm.expected import corrected, learned, rough_count, uncorrected_usages
from ftdata.llm.ledger import Spender, Spending, cost_of, ratios
from ftdata.llm.provider import server
from ftdata.llm.tally import Outcome, Tally, refuse_useless, spent_by_prompt
from ftdata.settings_llm import Llm
from ftdata.token_count import CountTexts

_NOBODY = Spender()
_LOOKED_UP = 8  # requests at one time, before they are sent
_REFUSAL = """\
{setting} needs a model, and {lack}. Do both:
  name a chat model in ftdata.yaml: `llm: {{model: NAME}}`
  set OPENAI_API_KEY; for another server of that interface OPENAI_BASE_URL too
{instead}"""


@dataclass
class CachedChat:
    """A `ftdata.chat.ChatModel`. The client is opened when an answer is not there."""

    open_client: Callable[[], Client]
    cache: ChatCache
    options: Llm
    spender: Spender = _NOBODY
    count: CountTexts = rough_count
    tally: Tally = field(default_factory=Tally)
    _asking: Asking = field(init=False)

    def __post_init__(self) -> None:
        """What is asked for is noted in the cache."""
        self._asking = Asking(self.cache.path, self.cache.open, self.spender)

    @property
    def name(self) -> str:
        """The model's name, for the provenance."""
        return self.options.model or ""

    def told(self) -> dict[str, int | float | str]:
        """What was asked and paid for, for people to read."""
        price, counts = self.options.price, self.tally.counts()
        paid = cost_of(self.tally.paid, price, is_batch=False) if price is not None else None
        return {**counts, "cost": "unknown: no price" if paid is None else round(paid, 6)}

    def settle(self) -> bool:
        """Nothing is on its way: `complete` waits for every answer."""
        self._asking.note(())
        return False

    def complete(self, requests: Sequence[ChatRequest]) -> list[Outcome]:
        """What became of each request, in their order; equal requests are asked once.

        Raises ProviderError where the provider fails or fills no form at all, BudgetError before a
        cap is passed, StorageError where the cache fails. What is under way then, or when a run is
        cancelled, is waited for and kept.
        """
        keys = [request_key(request, self.options) for request in requests]
        self._asking.note(keys)
        round_ = _Round(self, dict(zip(keys, requests, strict=True)))
        found = round_.run()
        refuse_useless(self.cache, self.name, found)
        return [found[key] for key in keys]


class _Round:
    """One call of `complete`: its requests, and what became of them so far."""

    def __init__(self, model: CachedChat, requests: Mapping[bytes, ChatRequest]) -> None:
        self._model = model
        self._requests = requests
        self._found: dict[bytes, Outcome] = {}
        self._expected: dict[bytes, Usage] = {}  # of those that were not there at first
        self._uncorrected: dict[bytes, Usage] = {}
        # Another process asks the same: to pay for them once, this one goes on somewhere else.
        self._is_met = False
        self._budget = Budget(model.options, model.spender)
        self._sender = Dispatcher(model.open_client, model.options, self._may_send)

    def run(self) -> dict[bytes, Outcome]:
        """The outcome of every request."""
        missing = self._look_up()
        if missing:
            self._model.cache.set_aside()
            self._sender.run(self._jobs(missing), self._landed)
        return self._found

    def _look_up(self) -> list[bytes]:
        """Take what the cache holds; what is missing is counted, to be weighed against the caps."""
        with self._model.cache.open() as db:
            self._budget.look(db)
            known = learned(list(ratios(db, self._model.name)))
        missing = []
        for key, outcome in self._model.cache.read_all(self._requests).items():
            if outcome is None:
                missing.append(key)
            else:
                self._take(key, outcome)
        asked = [self._requests[key] for key in missing]
        usages = uncorrected_usages(asked, self._model.count)
        self._uncorrected = dict(zip(missing, usages, strict=True))
        self._expected = dict(zip(missing, corrected(asked, usages, known), strict=True))
        return missing

    def _jobs(self, missing: Sequence[bytes]) -> Iterator[Job]:
        left = deque(missing)
        while left:
            if self._is_met:
                left.rotate(-(crc32(b"%d %d" % (os.getpid(), len(left))) % len(left)))
            # Looked up as late as can be: another process may have asked meanwhile.
            some = [left.popleft() for _ in range(min(len(left), _LOOKED_UP))]
            found = self._model.cache.read_all(some)
            self._is_met = any(known is not None for known in found.values())
            for key, known in found.items():
                if known is None:
                    expected = self._expected[key]
                    yield Job(key, self._requests[key], expected.prompt + expected.completion)
                else:
                    self._take(key, known)

    def _take(self, key: bytes, outcome: Outcome) -> None:
        self._found[key] = outcome
        self._model.tally.add(outcome, is_cached=True)

    def _may_send(self, job: Job) -> None:
        under_way = [self._expected[one.key] for one in self._sender.in_flight]
        left = len(self._requests) - len(self._found) - len(under_way) - 1
        self._budget.check(under_way, self._expected[job.key], left)

    def _landed(self, outcomes: Mapping[bytes, Outcome]) -> None:
        """Commit together what has arrived: a commit waits for the disk."""
        if not outcomes:
            return
        model = self._model
        for outcome in outcomes.values():
            model.tally.add(outcome, is_cached=False)
        usages = {key: outcome.usage for key, outcome in outcomes.items()}
        by_prompt = spent_by_prompt(usages, self._requests, self._expected, self._uncorrected)
        spending = Spending(model.spender, model.name, is_batch=False, by_prompt=by_prompt)
        kept = model.cache.write(outcomes, spending)
        self._is_met |= any(kept[key] is not outcome for key, outcome in outcomes.items())
        self._found |= kept
        if self._budget.is_capped:
            with model.cache.open() as db:
                self._budget.look(db)


def open_chat(
    options: Llm,
    data: UPath,
    setting: str,
    instead: str,
    spender: Spender = _NOBODY,
    count: CountTexts = rough_count,
) -> CachedChat | BatchedChat:
    """The model that the settings name, its cache below the data folder.

    `setting` is what asks for a model, `instead` what to write where there shall be none; `spender`
    is who it is paid for, `count` counts tokens before they are paid. Raises SettingsError that
    names both where no model is named or no key is set.
    """
    lack = ""
    if options.model is None:
        lack = "llm.model names none"
    elif not os.environ.get("OPENAI_API_KEY"):
        lack = "OPENAI_API_KEY is not set"
    if lack:
        raise SettingsError(_REFUSAL.format(setting=setting, lack=lack, instead=instead))
    cache = ChatCache(cache_folder(data))

    def open_client() -> Client:
        return OpenAIChat.open(options)

    direct = CachedChat(open_client, cache, options, spender, count)
    # What is on its way in batches is paid for, whatever the settings say now.
    if not options.batch and not _is_waiting(cache, spender):
        return direct
    return BatchedChat(
        lambda: OpenAIBatches.open(options), open_client, cache, options, spender, count, direct
    )


def _is_waiting(cache: ChatCache, spender: Spender) -> bool:
    if not cache.path.exists():
        return False
    with cache.open() as db:
        found = {(one.stage, one.source, one.date) for one in all_waiting(db)}
    return (spender.stage, spender.source, spender.date) in found


def chat_identity(options: Llm) -> str:
    """12 hex digits of what writes: model, server and parameters; empty where rules do."""
    if options.model is None:
        return ""
    parts: list[Any] = [options.model, server(), options.max_completion_tokens, options.temperature]
    return hashlib.blake2b(repr(parts).encode(), digest_size=6).hexdigest()
