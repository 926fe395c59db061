"""What a user sees of `ftdata review` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ftdata.release.dataset import write_dataset
from ftdata.reviews import parse_review
from ftdata.storage import PartitionStore
from ftdata_tests.command_line import Ran
from ftdata_tests.command_line import ftdata as run
from ftdata_tests.release.given import WEB_1, chat, context, put, row, select_all


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dataset of three examples."""
    (tmp_path / "ftdata.yaml").write_text("splits: {seed: 1}\n")
    store = PartitionStore(str(tmp_path / "data"))
    put(store, WEB_1, [row(WEB_1, place, chat(f"q{place}", "a")) for place in range(3)])
    write_dataset(store, select_all(store), context(store))
    return tmp_path


def review(folder: Path, *arguments: object) -> Ran:
    return run("review", *arguments, "--settings", folder / "ftdata.yaml")


def test_the_page_is_written_and_named(folder: Path) -> None:
    values = review(folder, "--size", 2, "--json").values
    assert values["examples"] == 2
    assert Path(values["page"]).read_bytes().startswith(b"<!doctype html>")


def test_tasks_go_to_a_tool_and_come_back_as_reviews(folder: Path) -> None:
    tasks = folder / "tasks.json"
    done = review(folder, "--for", "label-studio", "--out", tasks)
    assert done.code == 0
    assert (folder / "tasks.xml").read_text().startswith("<View>")
    answered = json.loads(tasks.read_text())
    rating = {"from_name": "rating", "value": {"rating": 4}}
    for task in answered:
        task["annotations"] = [{"completed_by": 7, "result": [rating]}]
    answered[0]["annotations"][0]["result"] = [{}]
    exported = folder / "exported.json"
    exported.write_text(json.dumps(answered))
    values = review(folder, "--import", exported, "--json").values
    assert values["reviews"] == 2
    (fault,) = values["malformed"]
    assert "task 1 of the file" in fault
    read = [json.loads(line) for line in Path(values["file"]).read_text().splitlines()]
    assert [parse_review(line).rating for line in read] == [4.0, 4.0]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--for", "argilla"), "--for and --out go together"),
        (("--import", "absent.json"), "does not exist"),
        (("--import", __file__, "--size", 3), "--import writes no page"),
        (("--for", "argilla", "--out", "x.json", "--open"), "leave --open out"),
        (("--import", __file__), "export it as JSON"),
    ],
)
def test_misuse_is_told(folder: Path, arguments: tuple[object, ...], told: str) -> None:
    done = review(folder, *arguments)
    assert done.code == 2
    assert told in done.err
