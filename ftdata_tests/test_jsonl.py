"""JSONL: the same value gives the same bytes, and every text comes back."""

import io

from hypothesis import given
from hypothesis import strategies as st

from ftdata import jsonl

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


@given(st.lists(JSON))
def test_rows_come_back(rows):
    file = io.BytesIO()
    assert jsonl.write_lines(file, rows) == len(rows)
    file.seek(0)
    assert list(jsonl.read_lines(file)) == rows


@given(TEXT)
def test_a_row_is_one_line_for_every_reader(text):
    line = jsonl.dumps({"text": text}).decode()
    assert line.splitlines() == [line]


@given(st.dictionaries(TEXT, st.integers(-9, 9)))
def test_canonical_form_ignores_the_order_of_keys(values):
    turned = dict(reversed(values.items()))
    assert jsonl.canonical(values) == jsonl.canonical(turned)
