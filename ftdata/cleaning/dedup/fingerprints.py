"""What is kept of a text to compare it: the set of its words and a hash of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ftdata.cleaning.conversations import one_array, read_conversations
from ftdata.settings import Dedup
from ftdata.text import WordHasher, hash64, key_of_words, words

Key = Literal["prompt", "completion", "example"]
_SPEAKERS = {
    "prompt": ("user",),
    "completion": ("assistant",),
    "example": ("user", "assistant"),
}


@dataclass(frozen=True)
class Fingerprints:
    """Hashes of n texts: of the words of each, sorted and distinct, and of each as a whole."""

    words: npt.NDArray[np.uint64]
    offsets: npt.NDArray[np.int64]  # n + 1; text i owns words[offsets[i]:offsets[i + 1]]
    texts: npt.NDArray[np.uint64]  # n; equal where `text.same_key` is

    def __len__(self) -> int:
        """Number of texts."""
        return len(self.texts)

    def columns(self) -> dict[str, pa.Array]:
        """The columns `dedup_words` and `dedup_text` of a table of n rows."""
        lists = pa.ListArray.from_arrays(pa.array(self.offsets, pa.int32()), pa.array(self.words))
        return {"dedup_words": lists, "dedup_text": pa.array(self.texts)}

    @classmethod
    def of_columns(
        cls,
        dedup_words: pa.ChunkedArray | pa.ListArray,
        dedup_text: pa.ChunkedArray | pa.UInt64Array,
    ) -> Fingerprints:
        """From those columns, chunked or not; the reverse of `columns`."""
        lists = one_array(dedup_words)
        lengths = lists.value_lengths().to_numpy(zero_copy_only=False)
        return cls(
            words=lists.flatten().to_numpy(zero_copy_only=False),
            offsets=np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))),
            texts=one_array(dedup_text).to_numpy(zero_copy_only=False),
        )


def dedup_columns(messages: pa.ChunkedArray | pa.ListArray, options: Dedup) -> dict[str, pa.Array]:
    """The columns `dedup_words` and `dedup_text` of a `messages` column."""
    return fingerprint(dedup_texts(messages, options.key)).columns()


def dedup_texts(messages: pa.ChunkedArray | pa.ListArray, key: Key) -> list[str]:
    r"""The text by which each conversation is compared: what one side says, joined by `\n`.

    Of the messages of the user (`prompt`), the assistant with its tool calls (`completion`), or
    both in order (`example`); never of system and tool messages.
    """
    conversations = read_conversations(messages)
    speakers = _SPEAKERS[key]
    said = [
        "\n".join(part for part in (content, calls) if part) if role in speakers else None
        for role, content, calls in zip(
            conversations.roles, conversations.contents, conversations.tool_calls, strict=True
        )
    ]
    bounds = conversations.bounds.tolist()
    return [
        "\n".join(part for part in said[start:end] if part is not None)
        for start, end in pairwise(bounds)
    ]


def fingerprint(texts: Sequence[str]) -> Fingerprints:
    """Fingerprints of n texts."""
    hasher = WordHasher()
    flat: list[int] = []
    ends = [0]
    hashes: list[int] = []
    for text in texts:
        found = words(text)
        flat += hasher.word_set(found)
        ends.append(len(flat))
        hashes.append(hash64(key_of_words(found, text)))
    return Fingerprints(
        words=np.asarray(flat, dtype=np.uint64),
        offsets=np.asarray(ends, dtype=np.int64),
        texts=np.asarray(hashes, dtype=np.uint64),
    )
