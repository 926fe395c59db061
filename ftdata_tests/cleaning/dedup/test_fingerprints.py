"""What is compared, and its fingerprints."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.dedup.fingerprints import (
    Fingerprints,
    dedup_columns,
    dedup_texts,
    fingerprint,
)
from ftdata.settings import Dedup
from ftdata.text import hash64, same_key, words
from ftdata_tests.cleaning.raw import message, raw_table, turns

MESSAGES = raw_table(
    [message("system", "Be kind."), *turns("Hi", "Hello", "More?", "No.")],
    [message("user", "Mail him"), message("assistant", None, tool_calls="[1]"),
     message("tool", "sent"), message("assistant", "Done")],
    [],
).column("messages")  # fmt: skip


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("prompt", ["Hi\nMore?", "Mail him", ""]),
        ("completion", ["Hello\nNo.", "[1]\nDone", ""]),
        ("example", ["Hi\nHello\nMore?\nNo.", "Mail him\n[1]\nDone", ""]),
    ],
)
def test_the_key_says_what_is_compared(key, wanted):
    assert dedup_texts(MESSAGES, key) == wanted


@given(st.lists(st.text(alphabet="ab A.É!é\n", max_size=20), max_size=6))
def test_fingerprints_hold_the_words_and_the_whole(texts):
    prints = fingerprint(texts)
    for i, text in enumerate(texts):
        own = prints.words[prints.offsets[i] : prints.offsets[i + 1]].tolist()
        assert own == sorted({hash64(word) for word in words(text)})
        assert prints.texts[i] == hash64(same_key(text))


def test_columns_come_back_as_fingerprints():
    columns = dedup_columns(MESSAGES, Dedup(key="example"))
    assert {name: str(column.type) for name, column in columns.items()} == {
        "dedup_words": "list<item: uint64>", "dedup_text": "uint64"
    }  # fmt: skip
    chunks = {name: pa.chunked_array([column[:1], column[1:]]) for name, column in columns.items()}
    again = Fingerprints.of_columns(**chunks)
    straight = fingerprint(dedup_texts(MESSAGES, "example"))
    assert np.array_equal(again.words, straight.words)
    assert np.array_equal(again.offsets, straight.offsets)
    assert np.array_equal(again.texts, straight.texts)
