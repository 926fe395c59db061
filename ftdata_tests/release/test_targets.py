"""What a target takes, refuses and loses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from ftdata.release.examples import Example
from ftdata.release.exports.exporter import Beside, Exporter, Problem, Row
from ftdata.release.exports.openai import OPENAI, openai_rows
from ftdata.release.targets import TargetFiles
from ftdata_tests.release.exports.test_openai import example, said

HELLO = example(said("user", "Hi"), said("assistant", "Hello.", 1))
BYE = example(said("user", "Bye"), said("assistant", "See you.", 1))._replace(id="bye")


def told_rows(told: Example) -> Iterator[Row | Problem]:
    if told.id == "bye":
        yield Problem("farewell", "messages[0]", "says farewell: take it out")
        return
    yield from openai_rows(told)
    yield Problem("plain", "messages[1]", "has no emphasis", "warning")


def written(folder: Path, exporter: Exporter, *examples: Example) -> TargetFiles:
    with ExitStack() as stack:
        files = TargetFiles(folder, exporter, stack)
        files.write("train", examples)
    return files


def test_a_problem_in_place_of_a_row_refuses_the_example(tmp_path: Path) -> None:
    files = written(tmp_path, replace(OPENAI, rows=told_rows), HELLO, BYE)
    assert [(one.example, one.rule, one.where) for one in files.refused] == [
        ("bye", "farewell", "messages[0]")
    ]
    assert files.rows["train"] == 1


def test_a_warning_beside_a_row_is_a_loss(tmp_path: Path) -> None:
    files = written(tmp_path, replace(OPENAI, rows=told_rows), HELLO, HELLO)
    assert files.report()["losses"] == {"plain": 2}


def test_what_stands_beside_the_rows_of_the_top_level_stands_there(tmp_path: Path) -> None:
    def beside(what: Beside) -> dict[str, bytes]:
        return {"about.txt": what.name.encode()}

    files = written(tmp_path, replace(OPENAI, beside=beside), HELLO)
    assert files.write_beside("shop") == ["about.txt"]
    assert (tmp_path / "about.txt").read_bytes() == b"shop"


def test_a_split_without_a_row_has_no_file(tmp_path: Path) -> None:
    below = replace(OPENAI, folder="exports/mine")
    with ExitStack() as stack:
        target = TargetFiles(tmp_path, below, stack)
        target.write("train", [HELLO])
    assert target.settle() == {"exports/mine/train.jsonl": 1}
    assert [path.name for path in (tmp_path / "exports/mine").iterdir()] == ["train.jsonl"]
    assert target.report()["rows"] == {"train": 1, "validation": 0, "test": 0}


def test_the_top_level_has_a_file_for_every_split(tmp_path: Path) -> None:
    with ExitStack() as stack:
        target = TargetFiles(tmp_path, OPENAI, stack)
        target.write("train", [HELLO])
    assert target.settle() == {"train.jsonl": 1, "validation.jsonl": 0, "test.jsonl": 0}
