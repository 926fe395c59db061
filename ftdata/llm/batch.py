"""The chat model by the provider's Batch API: requests of a stage go together, answers come later.

    complete  gives what is cached, and `not_asked` for the rest, which it notes
    settle    takes in what has ended and submits what is missing; then the stage waits, or is made
              once more with all answers

So the requests of a stage go out together, however few of them it makes at one time. A request must
not be made out of the answer to another: it would be made out of what stands for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from upath import UPath

from ftdata.chat import ChatModel, ChatRequest, Refused, Usage
from ftdata.llm.asked import Asking
from ftdata.llm.batch_book import note_waiting
from ftdata.llm.batch_client import BatchClient
from ftdata.llm.batch_round import BatchRound
from ftdata.llm.chat_cache import ChatCache, request_key
from ftdata.llm.dispatch import Client
from ftdata.llm.ledger import Spender, cost_of
from ftdata.llm.tally import Outcome, Tally
from ftdata.locks import exclusive
from ftdata.settings_llm import Llm
from ftdata.token_count import CountTexts

_LATER = Refused("not_asked", "to be answered by a batch", None)


@dataclass
class BatchedChat:
    """A `ftdata.chat.ChatModel` whose answers come by `settle`.

    `direct` is asked for what no batch holds, where the settings want no batches any more.
    """

    open_batches: Callable[[], BatchClient]
    open_client: Callable[[], Client]
    cache: ChatCache
    options: Llm
    spender: Spender
    count: CountTexts
    direct: ChatModel
    tally: Tally = field(default_factory=Tally)
    _missing: dict[bytes, ChatRequest] = field(default_factory=dict)
    _came: set[bytes] = field(default_factory=set)  # paid for here, and so not from the cache
    _full_price: Usage = field(default_factory=lambda: Usage(0, 0, 0, 0))  # a part of what is paid
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
        if price is None:
            return {**counts, "cost": "unknown: no price"}
        cost = cost_of(self.tally.paid, price, is_batch=True)
        whole, share = (cost_of(self._full_price, price, is_batch=b) for b in (False, True))
        return {**counts, "cost": round(cost + whole - share, 6)}

    def complete(self, requests: Sequence[ChatRequest]) -> list[Outcome]:
        """What the cache holds, in the order of the requests; `not_asked` for what it does not.

        Raises StorageError where the cache fails.
        """
        keys = [request_key(request, self.options) for request in requests]
        self._asking.note(keys)
        found = self.cache.read_all(keys)
        for key, request in zip(keys, requests, strict=True):
            if found[key] is None:
                self._missing.setdefault(key, request)
        for key, outcome in found.items():
            if outcome is not None:
                self.tally.add(outcome, is_cached=key not in self._came)
        return [found[key] or _LATER for key in keys]

    def settle(self) -> bool:
        """Whether all that was missing has come since.

        Raises BatchPendingError where it is on its way, else as `BatchRound.run` does.
        """
        if not self._missing:
            self._asking.note(())
            with self.cache.open() as db:
                note_waiting(db, self.spender, {})
            return False
        round_ = BatchRound(
            self.cache, self.options, self.spender, self._missing, self.count, self.open_client
        )
        # One process at a time, so that a batch without an id is one whose sender was killed.
        with exclusive(UPath(self.cache.path.parent / "batches.lock")):
            round_.run(self.open_batches)
        self._came |= round_.came.keys()
        self._full_price += round_.full_price
        self._ask_directly(round_.unasked)
        self._missing, self.tally = {}, Tally()
        return True

    def _ask_directly(self, keys: Sequence[bytes]) -> None:
        if not keys:
            return
        for outcome in self.direct.complete([self._missing[key] for key in keys]):
            self._full_price += outcome.usage or Usage(0, 0, 0, 0)
        self._came |= set(keys)
