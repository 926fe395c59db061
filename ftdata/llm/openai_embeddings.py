"""Embeddings from a provider, by the `openai` client: OpenAI's or a server of that interface.

Key and address are the client's own: OPENAI_API_KEY, OPENAI_BASE_URL. Neither is stored or shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Self, cast

import numpy as np
import numpy.typing as npt

from ftdata.errors import ProviderError
from ftdata.llm.provider import Use, open_client, provider_error, server

if TYPE_CHECKING:
    from openai import OpenAI

_RETRIES = 5  # of the client: 408, 409, 429 and 5xx, half a second to eight apart
_TIMEOUT_S = 60.0
# A token is a byte or more, and 8,192 tokens are the most a text may have: these bytes always fit.
_PIECE_BYTES = 8_000
_REQUEST_PIECES = 256
_REQUEST_BYTES = 250_000  # under the 300,000 tokens of a request


def identity(model: str) -> str:
    """Names the model, the server that runs it, and how texts are cut."""
    return f"{model} {server()} pieces of {_PIECE_BYTES}"


class OpenAIEmbeddings:
    """Embeds texts by requests of up to 256 pieces."""

    def __init__(self, client: OpenAI, model: str) -> None:
        """From a client that knows key and address."""
        self._client = client
        self._model = model

    @classmethod
    def open(cls, model: str) -> Self:
        """As the environment says. Raises ProviderError where it names no key."""
        return cls(open_client("embeddings", _RETRIES, _TIMEOUT_S), model)

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
            # From None: a traceback of the client's error shows the provider's words.
            raise provider_error(error, self._client, _use(self._model)) from None
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


def _use(model: str) -> Use:
    return Use(
        stage="embeddings",
        model=model,
        setting="cleaning.dedup.semantic_model",
        wanted=f"the model must be one for embeddings and take texts of {_PIECE_BYTES:,} bytes",
        kept="What was embedded before is in the cache: build again to go on",
    )
