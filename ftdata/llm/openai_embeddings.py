"""Embeddings from a provider, by the `openai` client: OpenAI's or a server of that interface.

Key and address are the client's own: OPENAI_API_KEY, OPENAI_BASE_URL. Neither is stored or shown.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Self, cast

import numpy as np
import numpy.typing as npt

from ftdata.errors import ProviderError

if TYPE_CHECKING:
    from openai import OpenAI, OpenAIError

_RETRIES = 5  # of the client: 408, 409, 429 and 5xx, half a second to eight apart
_TIMEOUT_S = 60.0
# A token is a byte or more, and 8,192 tokens are the most a text may have: these bytes always fit.
_PIECE_BYTES = 8_000
_REQUEST_PIECES = 256
_REQUEST_BYTES = 250_000  # under the 300,000 tokens of a request
_KEPT = "What was embedded before is in the cache: build again to go on"


def identity(model: str) -> str:
    """Names the model, the server that runs it, and how texts are cut."""
    server = os.environ.get("OPENAI_BASE_URL") or "https://api.openai.com/v1"
    return f"{model} {server.rstrip('/')} pieces of {_PIECE_BYTES}"


class OpenAIEmbeddings:
    """Embeds texts by requests of up to 256 pieces."""

    def __init__(self, client: OpenAI, model: str) -> None:
        """From a client that knows key and address."""
        self._client = client
        self._model = model

    @classmethod
    def open(cls, model: str) -> Self:
        """As the environment says. Raises ProviderError where it names no key."""
        from openai import OpenAI, OpenAIError

        try:
            return cls(OpenAI(max_retries=_RETRIES, timeout=_TIMEOUT_S), model)
        except OpenAIError as error:
            raise ProviderError(
                "embeddings: the openai client has no key: set OPENAI_API_KEY (any word where the"
                " server at OPENAI_BASE_URL asks for none)"
            ) from error

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors, n x d; of a text in several pieces their mean, weighted by length.

        Raises ProviderError where the provider refuses, is out of reach, or answers amiss.
        """
        pieces = [(number, piece) for number, text in enumerate(texts) for piece in cut(text)]
        vectors = np.concatenate([self._ask(request) for request in _requests(pieces)])
        weights = np.array([len(piece.encode()) for _, piece in pieces], dtype=np.float64)
        sums = np.zeros((len(texts), vectors.shape[1]), dtype=np.float64)
        np.add.at(sums, [number for number, _ in pieces], vectors * weights[:, None])
        lengths = np.sqrt(np.square(sums).sum(axis=1, keepdims=True))
        units = np.divide(sums, lengths, out=sums, where=lengths > 0)
        return cast("npt.NDArray[np.float32]", units.astype(np.float32))

    def _ask(self, request: list[str]) -> npt.NDArray[np.float64]:
        """One request: the unit vectors of its texts, in their order."""
        from openai import OpenAIError

        try:
            answer = self._client.embeddings.create(model=self._model, input=request)
            rows = sorted(answer.data, key=lambda row: row.index)
            vectors = np.array([row.embedding for row in rows], dtype=np.float64)
        except OpenAIError as error:
            raise _failure(error, self._model, self._client.base_url.host) from error
        except (AttributeError, TypeError, ValueError) as error:
            raise self._amiss(f"unreadable ({type(error).__name__})") from error
        if len(vectors) != len(request) or vectors.ndim != 2 or not np.isfinite(vectors).all():
            raise self._amiss(f"{len(vectors)} vectors for {len(request)} texts, or not finite")
        lengths = np.sqrt(np.square(vectors).sum(axis=1, keepdims=True))
        units: npt.NDArray[np.float64] = vectors / np.where(lengths > 0, lengths, 1)
        return units

    def _amiss(self, what: str) -> ProviderError:
        return ProviderError(
            f"embeddings: the answer of {self._client.base_url.host} is no list of vectors: {what}."
            " Check OPENAI_BASE_URL, and that the server offers /embeddings"
        )


def cut(text: str) -> list[str]:
    """A text in pieces of at most 8,000 bytes, cut at white space where there is any."""
    data = text.encode()
    pieces = []
    while len(data) > _PIECE_BYTES:
        end = max(data.rfind(b" ", 1, _PIECE_BYTES), data.rfind(b"\n", 1, _PIECE_BYTES))
        if end < 0:
            end = _PIECE_BYTES
            while data[end] & 0xC0 == 0x80:  # inside a character
                end -= 1
        pieces.append(data[:end].decode())
        data = data[end:]
    pieces.append(data.decode())
    return [piece for piece in pieces if piece.strip()]


def _requests(pieces: list[tuple[int, str]]) -> Iterator[list[str]]:
    request: list[str] = []
    room = _REQUEST_BYTES
    for _, piece in pieces:
        size = len(piece.encode())
        if len(request) == _REQUEST_PIECES or size > room:
            yield request
            request, room = [], _REQUEST_BYTES
        request.append(piece)
        room -= size
    yield request


def _failure(error: OpenAIError, model: str, host: str) -> ProviderError:
    """What went wrong and what to do. The provider's words are left out: they may show the key."""
    import openai

    advice = f"{host} failed ({type(error).__name__}) {_RETRIES + 1} times. {_KEPT}"
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        advice = f"{host} refused the key: check OPENAI_API_KEY, and that it may use {model}"
    elif isinstance(error, openai.NotFoundError):
        advice = (
            f"{host} does not know the model {model}: name one of its embedding models in"
            " cleaning.dedup.semantic_model, and check OPENAI_BASE_URL"
        )
    elif isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
        advice = (
            f"{host} refused a request for {model} ({error.code or error.status_code}): the model"
            f" must be one for embeddings and take texts of {_PIECE_BYTES:,} bytes"
        )
    elif isinstance(error, openai.RateLimitError) and error.code == "insufficient_quota":
        advice = f"the account at {host} has no credit left: add some. {_KEPT}"
    elif isinstance(error, openai.RateLimitError):
        advice = f"{host} holds requests back (429) after {_RETRIES + 1} tries. {_KEPT} later"
    elif isinstance(error, openai.APIConnectionError):
        advice = f"{host} is out of reach: check the network and OPENAI_BASE_URL. {_KEPT}"
    return ProviderError(f"embeddings: {advice}")
