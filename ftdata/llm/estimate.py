"""What requests would cost: a chat model that looks into the cache and sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ftdata.chat import Answer, ChatRequest, Refused, Usage
from ftdata.llm.chat_cache import ChatCache, request_key
from ftdata.llm.expected import expected_usages, learned
from ftdata.llm.ledger import ratios
from ftdata.settings_llm import Llm
from ftdata.token_count import CountTexts

_NOT_ASKED = Refused("not_asked", "nothing is sent for an estimate", None)


@dataclass
class Sheet:
    """Requests that are missing, with the tokens expected of them; and those that are there."""

    requests: int = 0
    cached: int = 0
    expected: Usage = field(default_factory=lambda: Usage(0, 0, 0, 0))


@dataclass
class EstimatingChat:
    """A `ftdata.chat.ChatModel` that answers from the cache alone, and counts the rest."""

    cache: ChatCache
    options: Llm
    count: CountTexts
    sheet: Sheet = field(default_factory=Sheet)
    _counted: set[bytes] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The model's name, for the provenance."""
        return self.options.model or ""

    def told(self) -> dict[str, int | float | str]:
        """Counts for people to read."""
        return {"requests": self.sheet.requests, "answered from the cache": self.sheet.cached}

    def settle(self) -> bool:
        """Nothing is on its way: nothing was sent."""
        return False

    def complete(self, requests: Sequence[ChatRequest]) -> list[Answer | Refused]:
        """What the cache holds; `not_asked` for the others, each counted once.

        Raises StorageError where the cache cannot be read.
        """
        keys = [request_key(request, self.options) for request in requests]
        found = self.cache.read_all(keys) if self.cache.path.exists() else {}
        missing = {
            key: request
            for key, request in zip(keys, requests, strict=True)
            if found.get(key) is None and key not in self._counted
        }
        self._counted |= missing.keys()
        self.sheet.requests += len(missing)
        self.sheet.cached += sum(found.get(key) is not None for key in dict.fromkeys(keys))
        for usage in expected_usages(list(missing.values()), self.count, self._ratios()):
            self.sheet.expected += usage
        return [found.get(key) or _NOT_ASKED for key in keys]

    def _ratios(self) -> dict[str, tuple[float, float]]:
        if not self.cache.path.exists():
            return {}
        with self.cache.open() as db:
            return learned(list(ratios(db, self.name)))
