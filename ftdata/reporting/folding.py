"""The words of many texts at once: what `text.words` finds, a column at a time.

Of ASCII, which most texts are, whole columns are folded as bytes; the others go one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.text import words

Mask = npt.NDArray[np.bool_]
Strings = npt.NDArray[np.object_]
Counts = npt.NDArray[np.int64]

_SPACE = 32
# Each byte as `words` folds it: small letters, digits and `_` stay, all else is a space.
_TABLE = bytes(ord((words(chr(byte)) or " ")[0]) for byte in range(128)).ljust(256)


@dataclass(frozen=True, eq=False)
class Folded:
    """One value for each text."""

    texts: Strings  # its words as one str, a space between them; "" without any
    words: Counts  # how many


def fold_texts(texts: pa.Array) -> Folded:
    """The words of each text of a column without nulls."""
    is_ascii = pc.string_is_ascii(texts)
    plain = is_ascii.to_numpy(zero_copy_only=False)
    folded = Folded(np.empty(plain.size, dtype=object), np.zeros(plain.size, dtype=np.int64))
    folded.texts[plain], folded.words[plain] = _fold_ascii(texts.filter(is_ascii))
    others, counts = [], []
    for text in texts.filter(pc.invert(is_ascii)).to_pylist():
        found = words(text)
        others.append(" ".join(found))
        counts.append(len(found))
    folded.texts[~plain] = np.array(others, dtype=object)
    folded.words[~plain] = counts
    return folded


def _fold_ascii(texts: pa.Array) -> tuple[Strings, Counts]:
    ends = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset :][: len(texts) + 1]
    data = memoryview(texts.buffers()[2] or b"")[ends[0] : ends[-1]]
    folded = np.frombuffer(data.tobytes().translate(_TABLE), np.uint8)
    ends = ends - ends[0]
    is_space = folded == _SPACE
    after_space = np.ones(folded.size, dtype=bool)
    after_space[1:] = is_space[:-1]
    after_space[ends[:-1][np.diff(ends) > 0]] = True  # no word goes on in another text
    stays = ~(after_space & is_space)  # of the spaces one after each word, the last one's too
    bounds = np.concatenate([[0], np.cumsum(_true_in(stays, ends))]).astype(np.int32)
    buffers = [pa.py_buffer(bounds.tobytes()), pa.py_buffer(folded[stays].tobytes())]
    joined = pc.ascii_rtrim(pa.StringArray.from_buffers(len(texts), *buffers), characters=" ")
    return joined.to_numpy(zero_copy_only=False), _true_in(after_space & ~is_space, ends)


def _true_in(truths: Mask, ends: npt.NDArray[np.int32]) -> Counts:
    """How many are true from each of the ends to the next."""
    counts = np.zeros(ends.size - 1, dtype=np.int64)
    filled = np.diff(ends) > 0
    if filled.any():
        counts[filled] = np.add.reduceat(truths, ends[:-1][filled], dtype=np.int64)
    return counts
