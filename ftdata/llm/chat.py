"""The chat model behind its cache: what is there is not asked again, the rest in threads."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from upath import UPath

from ftdata.chat import Answer, ChatRequest, Refused, Usage
from ftdata.errors import ProviderError, SettingsError
from ftdata.llm.cache_file import cache_folder
from ftdata.llm.chat_cache import ChatCache, request_key
from ftdata.llm.chat_client import OpenAIChat
from ftdata.llm.provider import server
from ftdata.settings_llm import Llm

Outcome = Answer | Refused

_TELLING = 5  # refusals on end that say more of the model than of the requests
_REFUSAL = """\
{setting} needs a model, and {lack}. Do both:
  name a chat model in ftdata.yaml: `llm: {{model: NAME}}`
  set OPENAI_API_KEY; for another server of that interface OPENAI_BASE_URL too
{instead}"""


class Client(Protocol):
    """Asks a provider; several threads may do so at once."""

    def ask(self, request: ChatRequest) -> Outcome:
        """What became of one request. Raises ProviderError."""

    def close(self) -> None:
        """Give the connections back."""


@dataclass
class Tally:
    """What was asked so far, for the metadata. Tokens are unknown where one count is."""

    answered: int = 0  # from the cache or by the provider
    from_cache: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    paid: Usage = field(default_factory=lambda: Usage(0, 0, 0, 0))
    uncounted: int = 0  # outcomes whose tokens the provider did not count

    def counts(self) -> dict[str, int]:
        """All counts by name, those of refusals by their reason."""
        tokens = {f"{name} tokens paid": count for name, count in asdict(self.paid).items()}
        refused = {f"refused: {reason}": count for reason, count in sorted(self.refused.items())}
        told = {"answered": self.answered, "answered from the cache": self.from_cache}
        return {**told, **refused, **tokens, "answers without a count of tokens": self.uncounted}

    def add(self, outcome: Outcome, *, is_cached: bool) -> None:
        """Count one outcome."""
        if isinstance(outcome, Refused):
            self.refused[outcome.reason] += 1
        else:
            self.answered += 1
        if is_cached:
            self.from_cache += 1
        elif outcome.usage is None:
            self.uncounted += 1
        else:
            self.paid += outcome.usage


@dataclass
class CachedChat:
    """A `ftdata.chat.ChatModel`. The client is opened when an answer is not there."""

    open_client: Callable[[], Client]
    cache: ChatCache
    options: Llm
    tally: Tally = field(default_factory=Tally)
    _client: Client | None = field(default=None, init=False)

    @property
    def name(self) -> str:
        """The model's name, for the provenance."""
        return self.options.model or ""

    def complete(self, requests: Sequence[ChatRequest]) -> list[Outcome]:
        """What became of each request, in their order; equal requests are asked once.

        Raises ProviderError where the provider fails or fills no form at all, StorageError where
        the cache fails. What is under way then, or when a run is cancelled, is waited for and kept.
        """
        keys = [request_key(request, self.options) for request in requests]
        found: dict[bytes, Outcome] = {}
        flying: dict[Future[Outcome], bytes] = {}
        with closing(self), ThreadPoolExecutor(self.options.concurrency) as pool:
            try:
                self._ask(dict(zip(keys, requests, strict=True)), pool, flying, found)
            finally:
                self._keep(list(flying), flying, found)
        refused = Counter(o.reason for o in found.values() if isinstance(o, Refused))
        if refused.total() == len(found) >= _TELLING:
            told = ", ".join(f"{count} {reason}" for reason, count in sorted(refused.items()))
            raise ProviderError(
                f"chat: {self.name} answered none of {len(found)} requests in the form asked for"
                f" ({told}): name another model in llm.model, or see llm.max_completion_tokens"
            )
        return [found[key] for key in keys]

    def close(self) -> None:
        """Close the client; it is opened anew where it is needed."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _ask(
        self,
        requests: dict[bytes, ChatRequest],
        pool: ThreadPoolExecutor,
        flying: dict[Future[Outcome], bytes],
        found: dict[bytes, Outcome],
    ) -> None:
        """Fill `found`; `flying` holds the requests under way, at most `concurrency`."""
        for key, request in requests.items():
            # Looked up as late as can be: another process may have asked meanwhile.
            known = self.cache.read(key)
            if known is not None:
                found[key] = known
                self.tally.add(known, is_cached=True)
                continue
            self._client = self._client or self.open_client()
            flying[pool.submit(self._client.ask, request)] = key
            if len(flying) == self.options.concurrency:
                self._land(flying, found)
        while flying:
            self._land(flying, found)

    def _land(self, flying: dict[Future[Outcome], bytes], found: dict[bytes, Outcome]) -> None:
        """Wait for one request or more, and keep their answers before one that failed is told."""
        done, _ = wait(flying, return_when=FIRST_COMPLETED)
        self._keep(list(done), flying, found)
        for future in done:
            future.result()

    def _keep(
        self,
        futures: Sequence[Future[Outcome]],
        flying: dict[Future[Outcome], bytes],
        found: dict[bytes, Outcome],
    ) -> None:
        """Wait for all of them, and commit together what has arrived: a commit waits for the disk.

        Those that failed are left aside.
        """
        outcomes = {flying[one]: one.result() for one in futures if one.exception() is None}
        answers = {key: made for key, made in outcomes.items() if isinstance(made, Answer)}
        found |= outcomes | (self.cache.write(answers) if answers else {})
        for outcome in outcomes.values():
            self.tally.add(outcome, is_cached=False)
        for future in futures:
            del flying[future]


def open_chat(options: Llm, data: UPath, setting: str, instead: str) -> CachedChat:
    """The model that the settings name, its cache below the data folder.

    `setting` is what asks for a model, `instead` what to write where there shall be none. Raises
    SettingsError that names both where no model is named or no key is set.
    """
    lack = ""
    if options.model is None:
        lack = "llm.model names none"
    elif not os.environ.get("OPENAI_API_KEY"):
        lack = "OPENAI_API_KEY is not set"
    if lack:
        raise SettingsError(_REFUSAL.format(setting=setting, lack=lack, instead=instead))
    return CachedChat(lambda: OpenAIChat.open(options), ChatCache(cache_folder(data)), options)


def chat_identity(options: Llm) -> str:
    """12 hex digits of what writes: model, server and parameters; empty where rules do."""
    if options.model is None:
        return ""
    parts: list[Any] = [options.model, server(), options.max_completion_tokens, options.temperature]
    return hashlib.blake2b(repr(parts).encode(), digest_size=6).hexdigest()
