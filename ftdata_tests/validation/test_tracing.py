"""Examples that lead to a line of a raw file, and those that do not."""

import pyarrow as pa
import pytest

from ftdata.validation.tracing import trace_examples

FILE = "raw/web/2025-03-01.jsonl.gz"
LINES = {"train": 2, "validation": 0, "test": 1}
ROWS = [
    {"example_id": "a", "split": "train", "file_row": 0, "file": FILE, "line": 1},
    {"example_id": "a", "split": "train", "file_row": 0, "file": FILE, "line": 4},
    {"example_id": "b", "split": "test", "file_row": 0, "file": FILE, "line": 2},
    {"example_id": "c", "split": "train", "file_row": 1, "file": FILE, "line": 3},
    {"example_id": "pair", "split": "train", "file_row": None, "file": FILE, "line": 3},
]
SCHEMA = pa.schema(
    [
        ("example_id", pa.string()), ("split", pa.string()), ("file_row", pa.int64()),
        ("file", pa.string()), ("line", pa.int64()),
    ]
)  # fmt: skip


def traced(rows, ids=("a", "b", "c", "pair")):
    lineage = pa.Table.from_pylist(rows, schema=SCHEMA)
    return trace_examples(pa.chunked_array([list(ids)], pa.string()), lineage, [FILE], LINES)


def changed(place, **values):
    return [row | values if at == place else row for at, row in enumerate(ROWS)]


def test_examples_with_a_line_each_are_traced():
    found = traced(ROWS)
    assert (found.untraced, found.miscounted, found.share) == ((), (), 1)


@pytest.mark.parametrize(
    "values", [{"file": None}, {"line": None}, {"line": 0}, {"file": "raw/web/2025-03-02.jsonl"}]
)
def test_one_record_that_leads_nowhere_is_enough(values):
    found = traced(changed(1, **values))
    assert found.untraced == ("a",)
    assert found.share == 0.75


def test_an_example_without_a_row_is_told():
    assert traced(ROWS, ["new", "a", "b", "c", "pair"]).untraced == ("new",)


@pytest.mark.parametrize(("place", "line"), [(3, 0), (3, 2), (3, None), (0, 5)])
def test_lines_of_a_split_are_led_to_one_by_one(place, line):
    assert traced(changed(place, file_row=line)).miscounted == ("train",)


def test_nothing_is_traced_whole():
    empty = trace_examples(pa.chunked_array([[]], pa.string()), SCHEMA.empty_table(), [], {})
    assert (empty.examples, empty.share) == (0, 1)
