"""What is compared, and its fingerprints."""

import numpy as np
import pyarrow as pa
import pytest

from ftdata.cleaning.dedup.fingerprints import (
    Fingerprints,
    dedup_columns,
    dedup_texts,
    fingerprint,
)
from ftdata.settings_dedup import Dedup
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


def test_rows_are_taken_in_the_order_asked_for_and_put_together_again():
    prints = fingerprint(["one two", "", "three two one", "four"], Dedup())
    parts = [prints.take(np.array([2, 1])), prints.take(np.array([0, 3]))]
    again = Fingerprints.concat(parts).take(np.array([2, 1, 0, 3]))
    assert again.words.tolist() == prints.words.tolist()
    assert again.offsets.tolist() == prints.offsets.tolist()
    assert again.texts.tolist() == prints.texts.tolist()


def test_columns_come_back_as_fingerprints():
    columns = dedup_columns(MESSAGES, Dedup(key="example"))
    assert {name: str(column.type) for name, column in columns.items()} == {
        "dedup_words": "list<item: uint64>", "dedup_text": "uint64", "dedup_completion": "uint64"
    }  # fmt: skip
    chunks = {name: pa.chunked_array([column[:1], column[1:]]) for name, column in columns.items()}
    assert chunks.pop("dedup_completion").null_count == 3
    again = Fingerprints.of_columns(**chunks)
    straight = fingerprint(dedup_texts(MESSAGES, "example"), Dedup())
    assert np.array_equal(again.words, straight.words)
    assert np.array_equal(again.offsets, straight.offsets)
    assert np.array_equal(again.texts, straight.texts)
