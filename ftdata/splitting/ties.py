"""What ties one example to others, as hashes: the columns words, turns and prefixes.

Which examples are tied by them is in `links.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa

from ftdata.tables import MESSAGE
from ftdata.text import WordHasher, hash64, key_of_words, words

Messages: TypeAlias = pa.Array | pa.ChunkedArray | Sequence[Sequence[dict[str, Any]]]

TURN_WORDS = 8
"""A user turn ties examples from this many words on: shorter ones are small talk."""

_BREAK = "\x1f"  # white space, so that no folded text holds it; JSON escapes it


@dataclass(frozen=True, eq=False)
class TieColumns:
    """One list<uint64> per example, as in `tables.VALIDATED_SPLITS`."""

    words: pa.Array  # sorted hashes of the prompt's distinct words
    turns: pa.Array  # distinct hashes of its turns of eight words or more, in order
    prefixes: pa.Array  # hash of the conversation up to each non-system message; last: all of it


class _Message(NamedTuple):
    role: str
    content: str | None
    tool_calls: str | None


class _Text(NamedTuple):
    same: str  # text.same_key
    length: int  # number of words

    @property
    def words(self) -> list[str]:
        return self.same.split(" ") if self.length else []


def tie_columns(messages: Messages, from_documents: Sequence[bool] = ()) -> TieColumns:
    """The ties of each example's messages: an Arrow list<MESSAGE> column, or a list of lists.

    The prompt is all user turns together. System messages are left out: a setting that puts one
    before every example must not change what is tied. A null content counts as empty. Of examples
    made from documents the answers tie as user turns do: where a text stands in two documents, one
    would else be learned and the other asked.
    """
    lists = _as_array(messages)
    stream = _messages(lists)
    texts: dict[str, _Text] = {}
    hasher = WordHasher()
    word_rows, turn_rows, prefix_rows = [], [], []
    lengths = lists.value_lengths().fill_null(0).to_pylist()
    for length, with_answers in zip_longest(lengths, from_documents, fillvalue=False):
        said = [
            (message, _text(message.content or "", texts))
            for message in islice(stream, length)
            if message.role != "system"
        ]
        asked = [text for message, text in said if message.role == "user"]
        word_rows.append(hasher.word_set(set().union(*(text.words for text in asked))))
        answers = [text for message, text in said if message.role == "assistant"]
        turn_rows.append(_turn_hashes([*asked, *answers] if with_answers else asked))
        prefix_rows.append(_prefix_hashes(said))
    return TieColumns(
        words=_lists(word_rows), turns=_lists(turn_rows), prefixes=_lists(prefix_rows)
    )


def _as_array(messages: Messages) -> pa.ListArray:
    if isinstance(messages, pa.ChunkedArray):
        return messages.combine_chunks()
    if isinstance(messages, pa.Array):
        return messages
    return pa.array(messages, pa.list_(MESSAGE))


def _messages(lists: pa.ListArray) -> Iterator[_Message]:
    """Every message of every example, in order."""
    values = lists.flatten()
    names = [values.type.field(i).name for i in range(values.type.num_fields)]
    fields = dict(zip(names, values.flatten(), strict=True))
    columns = (fields[name].to_pylist() for name in _Message._fields)
    return map(_Message._make, zip(*columns, strict=True))


def _text(content: str, known: dict[str, _Text]) -> _Text:
    """What ties need of a content; each distinct one is read once, for prompts repeat."""
    text = known.get(content)
    if text is None:
        found = words(content)
        text = known[content] = _Text(key_of_words(found, content), len(found))
    return text


def _turn_hashes(asked: Iterable[_Text]) -> list[int]:
    long = dict.fromkeys(text.same for text in asked if text.length >= TURN_WORDS)
    return [hash64(same) for same in long]


def _prefix_hashes(said: Iterable[tuple[_Message, _Text]]) -> list[int]:
    """Each hash takes in the one before it: equal means equal from the first message on."""
    state = b""
    hashes = []
    for message, text in said:
        step = _BREAK.join((message.role, text.same, message.tool_calls or ""))
        state = hashlib.blake2b(state + step.encode(), digest_size=8).digest()
        hashes.append(int.from_bytes(state, "little"))
    return hashes


def _lists(rows: Sequence[list[int]]) -> pa.Array:
    offsets = np.zeros(len(rows) + 1, np.int32)
    np.cumsum([len(row) for row in rows], out=offsets[1:])
    values = np.array([value for row in rows for value in row], np.uint64)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(values))
