"""Ratings of people are read whatever stands beside them; what is malformed is told."""

import pytest
from upath import UPath

from ftdata.ingest.reviews import read_reviews

LIMIT = 10_000


def write(root, name, *lines):
    (root / "reviews").mkdir(exist_ok=True)
    (root / "reviews" / name).write_text("\n".join(lines), "utf-8")


def read(root):
    return read_reviews(UPath(root), LIMIT)


def test_later_ratings_replace_and_several_reviewers_are_averaged(tmp_path):
    write(tmp_path, "a.jsonl", '{"id": "x", "rating": 1, "reviewer": "r1", "note": "poor"}')
    write(
        tmp_path, "b.jsonl",
        '{"id": "x", "rating": 4, "reviewer": "r1"}',
        '{"id": "x", "rating": 5, "reviewer": "r2"}',
        '{"id": "y", "rating": 2.5}',
        '{"id": "z", "rejected": true}',
    )  # fmt: skip
    found = read(tmp_path)
    assert found.ratings() == {"x": 4.5, "y": 2.5}
    assert found.faults == ()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"id": "x", "rating": 6}', "rating is no number from 1 to 5"),
        ('{"id": "x", "rating": true}', "rating is no number from 1 to 5"),
        ('{"id": "x", "rating": "5"}', "rating is no number from 1 to 5"),
        ('{"rating": 3}', "id is no text"),
        ('{"id": 7, "rating": 3}', "id is no text"),
        ("{", "mend the line"),
    ],
)
def test_a_malformed_line_is_told_and_the_others_count(tmp_path, line, fault):
    write(tmp_path, "a.jsonl", line, '{"id": "y", "rating": 3}')
    found = read(tmp_path)
    assert found.ratings() == {"y": 3}
    [told] = found.faults
    assert told.startswith("reviews/a.jsonl:1: ")
    assert fault in told


def test_other_files_are_left_alone_and_no_folder_is_no_review(tmp_path):
    assert read(tmp_path).ratings() == {}
    write(tmp_path, "README.md", "Put reviews here.")
    write(tmp_path, ".hidden.jsonl", "{")
    assert read(tmp_path) == read(tmp_path / "elsewhere")


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    write(tmp_path, "a.jsonl.gz", "no gzip")
    write(tmp_path, "b.jsonl", '{"id": "y", "rating": 3}')
    found = read(tmp_path)
    assert found.ratings() == {"y": 3}
    assert found.faults[0].startswith("reviews/a.jsonl.gz")


def test_a_file_in_the_folders_place_is_told(tmp_path):
    (tmp_path / "reviews").write_text("x")
    [told] = read(tmp_path).faults
    assert told.startswith("reviews: cannot be listed")
