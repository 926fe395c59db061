"""Rows of a table found by their ids."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from upath import UPath

from ftdata.errors import StorageError
from ftdata.release.look_up import find_rows

ROWS = [
    {"id": "a", "names": ["x", "y"], "row": 0},
    {"id": "b", "names": [], "row": 1},
    {"id": "a", "names": ["z"], "row": None},
    {"id": None, "names": ["x"], "row": 0},
]


@pytest.fixture
def path(tmp_path):
    """Four rows in two row groups."""
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "t.parquet", row_group_size=2)
    return UPath(tmp_path / "t.parquet")


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ({"id": ["a"]}, [0, 2]),
        ({"id": ["b", "c"]}, [1]),
        ({"names": ["x"]}, [0, 3]),
        ({"names": ["z"], "id": ["b"]}, [1, 2]),
        ({"row": [0]}, [0, 3]),
        ({"id": ["none"]}, []),
        ({"id": []}, []),
    ],
)
def test_rows_that_hold_a_value_are_found_in_order(path, wanted, places):
    assert find_rows(path, wanted).to_pylist() == [ROWS[place] for place in places]


def test_a_file_that_is_not_there_says_what_to_do(tmp_path):
    with pytest.raises(
        StorageError, match=r"lineage\.parquet: cannot be read .* build the dataset"
    ):
        find_rows(UPath(tmp_path / "lineage.parquet"), {"id": ["a"]})
