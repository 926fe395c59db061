"""What is kept of a text to compare it: the set of its shingles and a hash of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa

from ftdata.cleaning.conversations import one_array, read_conversations
from ftdata.cleaning.dedup.pairs import Rows
from ftdata.cleaning.dedup.shingles import Hashes, Offsets, Sets, gather, shingle_texts
from ftdata.settings_dedup import Dedup, DedupKey

_SPEAKERS = {
    "prompt": ("user",),
    "completion": ("assistant",),
    "example": ("user", "assistant"),
}


@dataclass(frozen=True, eq=False)
class Fingerprints:
    """Hashes of n texts: of the shingles of each, sorted and distinct, and of each as a whole."""

    words: Hashes  # shingles; words where these are the shingles
    offsets: Offsets  # n + 1; text i owns words[offsets[i]:offsets[i + 1]]
    texts: Hashes  # n; equal where `text.same_key` is

    def __len__(self) -> int:
        """Number of texts."""
        return len(self.texts)

    @property
    def sets(self) -> Sets:
        """The shingle sets."""
        return Sets(self.words, self.offsets[:-1], self.offsets[1:])

    def take(self, rows: Rows) -> Fingerprints:
        """Those of some texts, in the order of `rows`."""
        if rows.size == len(self) and np.array_equal(rows, np.arange(len(self))):
            return self
        return Fingerprints(*gather(self.sets.take(rows)), self.texts[rows])

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
            offsets=np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)]),
            texts=one_array(dedup_text).to_numpy(zero_copy_only=False),
        )

    @classmethod
    def concat(cls, parts: Sequence[Fingerprints]) -> Fingerprints:
        """Those of all parts, one after another."""
        lengths = [np.zeros(1, np.int64), *(np.diff(part.offsets) for part in parts)]
        empty = np.empty(0, np.uint64)
        return cls(
            words=np.concatenate([empty, *(part.words for part in parts)]),
            offsets=np.cumsum(np.concatenate(lengths)),
            texts=np.concatenate([empty, *(part.texts for part in parts)]),
        )


def dedup_columns(messages: pa.ChunkedArray | pa.ListArray, options: Dedup) -> dict[str, pa.Array]:
    """The columns of a `messages` column by whose hashes rows are compared across partitions."""
    prints = fingerprint(dedup_texts(messages, options.key), options)
    completions = completion_hashes(messages, options)
    hashes = pa.nulls(len(prints), pa.uint64()) if completions is None else pa.array(completions)
    return {**prints.columns(), "dedup_completion": hashes}


def distinct_texts(messages: pa.ChunkedArray | pa.ListArray, options: Dedup) -> list[str]:
    """For each conversation a text that no other one has where duplicates were dropped, or none."""
    if not options.enabled:
        return [""] * len(messages)
    texts = dedup_texts(messages, options.key)
    if options.keep != "distinct_completions":
        return texts
    return [
        f"{text}\n{completion}" if text else ""
        for text, completion in zip(texts, dedup_texts(messages, "completion"), strict=True)
    ]


def completion_hashes(messages: pa.ChunkedArray | pa.ListArray, options: Dedup) -> Hashes | None:
    """A hash of what the assistant says in each conversation; None where nothing depends on it."""
    if options.keep != "distinct_completions":
        return None
    return shingle_texts(dedup_texts(messages, "completion"), "word", 1).texts


def dedup_texts(messages: pa.ChunkedArray | pa.ListArray, key: DedupKey) -> list[str]:
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


def fingerprint(texts: Sequence[str], options: Dedup) -> Fingerprints:
    """Fingerprints of n texts, cut into shingles as the options say."""
    return Fingerprints(*shingle_texts(texts, options.shingle, options.shingle_size))
