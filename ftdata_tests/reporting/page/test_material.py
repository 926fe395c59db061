"""What is read for the page: groups of every size, and a sample that the ids alone decide."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from upath import UPath

from ftdata.errors import StorageError
from ftdata.reporting.page.groups import groups_plot
from ftdata.reporting.page.material import read_page_material
from ftdata_tests.reporting.given import example, sound, write_examples


@pytest.fixture
def written(tmp_path):
    """Writes rows with the groups that they name, and reads what the page shows of them."""

    def write(rows, groups=None, **options):
        write_examples(UPath(tmp_path), rows)
        path = UPath(tmp_path) / "examples.parquet"
        if groups is not None:
            table = pq.read_table(path).append_column("group_id", pa.array(groups, pa.string()))
            pq.write_table(table, path)
        return read_page_material(path, **options)

    return write


def test_groups_are_counted_by_size(written):
    groups = ["a", *"bb", *"cc", *"ddddd"]
    found = written(sound(10), groups)
    assert found.group_sizes == {1: 1, 2: 2, 5: 1}
    figure = groups_plot(found.group_sizes)
    assert [row[1:3] for row in figure.rows] == [("1", "1"), ("2", "4"), ("1", "5")]
    assert "The largest holds 5" in figure.note
    assert groups_plot({}) is None


def test_pairs_are_in_no_group_and_not_in_the_sample(written):
    rows = [*sound(3), example(3, rejected="Worse.")]
    found = written(rows, ["a", "b", "b", "b"])
    assert found.group_sizes == {1: 1, 2: 1}
    assert len(found.points) == 3


def test_a_larger_sample_holds_the_smaller_one(written):
    rows = sound(60)
    few, many = written(rows, sample=10).points, written(rows, sample=25).points
    assert (len(few), len(many)) == (10, 25)
    assert {point.text for point in few} <= {point.text for point in many}
    assert written(rows, sample=60).points == written(rows).points


def test_points_are_told_apart_by_what_tells_most_of_them(written):
    assert written(sound()).label == "category"
    many = [example(at, tags={"category": str(at), "domain": "ab"[at % 2]}) for at in range(60)]
    assert written(many).label == "domain"
    assert written([{**row, "tags": {}} for row in sound()]).label == "split"


def test_a_file_that_is_none_says_what_to_do(tmp_path):
    path = UPath(tmp_path) / "examples.parquet"
    with pytest.raises(StorageError, match="build the dataset again"):
        read_page_material(path)
    path.write_bytes(b"none")
    with pytest.raises(StorageError, match="build the dataset again"):
        read_page_material(path)
