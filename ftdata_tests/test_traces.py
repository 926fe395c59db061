"""What the tests of erasures look for is found, in whatever it is packed."""

import gzip
import sqlite3
from contextlib import closing

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata_tests.traces import WINDOW, traces, windows

TEXT = "the walrus in the bathtub of quartz"
TABLE = pa.table({"text": ["an otter", f"so {TEXT}"]})


def in_sqlite(path):
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE t (text TEXT)")
        db.execute("INSERT INTO t VALUES (?)", ["long " * 4_000 + TEXT + " long" * 4_000])


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.jsonl", lambda path: path.write_text(f'{{"a": "{TEXT}"}}')),
        ("a.jsonl.gz", lambda path: path.write_bytes(gzip.compress(TEXT.encode()))),
        ("a.parquet", lambda path: pq.write_table(TABLE, path, compression="zstd")),
        ("a.sqlite", in_sqlite),
        (f"{TEXT}.md", lambda path: path.write_text("")),
    ],
)
def test_it_is_found_wherever_it_stands(tmp_path, name, write):
    write(tmp_path / name)
    assert traces(tmp_path, [TEXT, "walrus", "the otters"]) == {name: [TEXT, "walrus"]}
    assert traces(tmp_path, [TEXT], tmp_path) == {}


@given(st.text("abc ", max_size=60), st.lists(st.text("abc ", min_size=1, max_size=20), max_size=4))
def test_every_needle_is_found_and_no_other(tmp_path_factory, text, needles):
    folder = tmp_path_factory.mktemp("hay")
    (folder / "0").write_text(text)
    held = sorted({needle for needle in needles if needle in text})
    assert traces(folder, needles).get("0", []) == held


@given(st.text())
def test_windows_are_stretches_that_every_format_writes_alike(text):
    for window in windows(text):
        assert len(window) == WINDOW
        assert window in text
        assert '"' not in window
        assert window.isascii()
