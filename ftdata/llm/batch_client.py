"""The Batch API by the `openai` client: a file of requests up, its state, two files of answers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from ftdata.errors import ProviderError
from ftdata.llm.batch_lines import URL
from ftdata.llm.provider import Use, code_of, open_client, provider_error
from ftdata.settings_llm import Llm

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types import Batch

_DIGEST = "ftdata"  # the name of the digest among a batch's metadata
_RECENT = 1_000  # batches among which one is looked for, the newest first
_ENDED = frozenset({"completed", "expired", "cancelled", "failed"})


@dataclass(frozen=True)
class RemoteBatch:
    """A batch as the provider tells it."""

    id: str
    digest: str  # empty where it is none of ours
    created: int  # seconds since 1970
    has_ended: bool
    fault: str | None  # the provider's code, where the whole batch failed
    files: tuple[str, ...]  # of answers, then of failures


class BatchClient(Protocol):
    """Submits batches, and tells what became of them."""

    def recent(self) -> Iterator[RemoteBatch]:
        """The newest batches of the account, the newest first."""

    def look(self, identity: str) -> RemoteBatch | None:
        """How a batch stands; None where the provider does not know it."""

    def submit(self, lines: Iterable[bytes], digest: str) -> RemoteBatch:
        """Send requests; where that fails it may have been taken all the same."""

    def lines(self, batch: RemoteBatch) -> Iterator[bytes]:
        """The lines of its files."""

    def close(self) -> None:
        """Give the connections back."""


class OpenAIBatches:
    """A `BatchClient`. Everything raises ProviderError where the provider fails or refuses."""

    def __init__(self, client: OpenAI, options: Llm) -> None:
        """From a client that knows key and address."""
        self._client = client
        self._options = options

    @classmethod
    def open(cls, options: Llm) -> OpenAIBatches:
        """As the environment says. Raises ProviderError where it names no key."""
        return cls(open_client("chat", options.retries, options.timeout_s), options)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def recent(self) -> Iterator[RemoteBatch]:
        """The newest batches of the account, the newest first."""
        with self._told():
            for batch in islice(self._client.batches.list(limit=100), _RECENT):
                yield _remote(batch)

    def look(self, identity: str) -> RemoteBatch | None:
        """How a batch stands; None where the provider does not know it."""
        from openai import NotFoundError

        with self._told():
            try:
                return _remote(self._client.batches.retrieve(identity))
            except NotFoundError:
                return None

    def submit(self, lines: Iterable[bytes], digest: str) -> RemoteBatch:
        """Send requests; where that fails it may have been taken all the same.

        It is not tried again here: by its digest `recent` tells whether it was taken.
        """
        with tempfile.TemporaryFile() as file, self._told():
            file.writelines(lines)
            file.seek(0)
            upload = self._client.files.create(file=("requests.jsonl", file), purpose="batch")
            batch = self._client.with_options(max_retries=0).batches.create(
                completion_window="24h",
                endpoint=URL,
                input_file_id=upload.id,
                metadata={_DIGEST: digest},
            )
        return _remote(batch)

    def lines(self, batch: RemoteBatch) -> Iterator[bytes]:
        """The lines of its files, one file in memory at a time."""
        for name in batch.files:
            with self._told():
                content = self._client.files.content(name).read()
            yield from content.split(b"\n")

    @contextmanager
    def _told(self) -> Iterator[None]:
        from openai import NotFoundError, OpenAIError

        try:
            yield
        except NotFoundError:
            raise ProviderError(
                f"chat: {self._client.base_url.host} does not offer the Batch API with its files:"
                " set llm.batch to false, or check OPENAI_BASE_URL"
            ) from None
        except OpenAIError as error:
            raise provider_error(error, self._client, self._use) from None

    @property
    def _use(self) -> Use:
        return Use(
            stage="chat",
            model=self._options.model or "",
            setting="llm.model",
            wanted="the model must be one for the Batch API, else set llm.batch to false",
            kept="What was submitted is noted, and none of it is paid twice: build again to go on",
        )


def by_digest(client: BatchClient, known: Callable[[str], bool]) -> dict[str, RemoteBatch]:
    """The recent batches that may be taken over, by their digests: the newest of each.

    `known` tells by an id whether a batch is noted already.
    """
    found: dict[str, RemoteBatch] = {}
    for batch in client.recent():
        if batch.digest and batch.fault is None and not known(batch.id):
            found.setdefault(batch.digest, batch)
    return found


def _remote(batch: Batch) -> RemoteBatch:
    fault = None
    if batch.status == "failed":
        told = (batch.errors.data if batch.errors is not None else None) or []
        fault = next((code for one in told if (code := code_of(one.code))), "no code")
    files = (batch.output_file_id, batch.error_file_id)
    return RemoteBatch(
        id=batch.id,
        digest=(batch.metadata or {}).get(_DIGEST, ""),
        created=batch.created_at or 0,
        has_ended=batch.status in _ENDED,
        fault=fault,
        files=tuple(name for name in files if name),
    )
