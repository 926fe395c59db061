"""Rules about whole files."""

from dataclasses import replace

import pytest

from ftdata.checking.limits import file_findings, layout_finding, split_of
from ftdata.checking.pieces import Piece
from ftdata.release.exports.exporter import Limits
from ftdata.release.exports.openai import OPENAI
from ftdata_tests.checking.rows import encoded, row

LIMITED = replace(
    OPENAI, limits=Limits(rows={"train": (10, 20), "validation": (0, 5)}, max_bytes=100)
)


def rules(path, rows, size=50):
    return [one.rule for one in file_findings(LIMITED, path, rows, size)]


@pytest.mark.parametrize(
    ("path", "split"),
    [
        ("train.jsonl", "train"), ("data/my-validation.jsonl.gz", "validation"),
        ("valid.jsonl", "validation"), ("support_TEST_2.jsonl", "test"), ("-", "train"),
        ("test/train.jsonl", "train"), ("contest.jsonl", "train"),
    ],
)  # fmt: skip
def test_the_name_of_a_file_tells_its_split(path, split):
    assert split_of(path) == split


def test_the_limits_of_a_split():
    assert rules("train.jsonl", 9) == ["too_few_rows"]
    assert rules("train.jsonl", 10) == rules("train.jsonl", 20) == []
    assert rules("train.jsonl", 21) == ["too_many_rows"]
    assert rules("validation.jsonl", 6) == ["too_many_rows"]
    assert rules("test.jsonl", 1) == []


def test_the_limit_of_a_file():
    assert rules("train.jsonl", 10, 100) == []
    assert rules("train.jsonl", 10, 101) == ["file_too_large"]
    assert rules("train.jsonl", 10, None) == []


def test_a_file_without_rows():
    assert rules("train.jsonl", 0) == ["no_rows"]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b'[\n{"a": 1},\n{"a": 2}]\n', "json_list"),
        (b'\n  [{"a": 1}]', "json_list"),
        (b'{\n  "messages": [\n', "row_on_many_lines"),
        (encoded([row("Hi", "Hello.")]), None),
        (b"[1]\n[2]\n", None),
        (b"", None),
        (b"{bad\n", None),
    ],
)
def test_one_value_over_many_lines_is_told_once(content, rule):
    found = layout_finding(Piece(content))
    assert (found and found.rule) == rule
