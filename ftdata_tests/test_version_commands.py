"""What a user sees of dataset versions, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftdata.release.dataset import write_dataset
from ftdata.storage import PartitionStore
from ftdata_tests.command_line import Ran
from ftdata_tests.command_line import ftdata as run
from ftdata_tests.release.given import WEB_1, chat, context, put, row, select_all


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two versions: in the second one example came, one went and one changed sides."""
    (tmp_path / "ftdata.yaml").write_text("splits: {seed: 1}\n")
    store = PartitionStore(str(tmp_path / "data"))
    for places, split in (((0, 1, 2), "train"), ((1, 2, 3), "test")):
        rows = [
            row(WEB_1, place, chat(f"q{place}", "a"), split=split if place == 2 else "train")
            for place in places
        ]
        put(store, WEB_1, rows)
        write_dataset(store, select_all(store), context(store))
    return tmp_path


def ftdata(folder: Path, *arguments: str) -> Ran:
    return run(*arguments, "--settings", folder / "ftdata.yaml")


def test_versions_are_listed(folder: Path) -> None:
    done = ftdata(folder, "versions")
    assert done.code == 0
    assert "latest" in done.out
    listed = ftdata(folder, "versions", "--json").values["versions"]
    assert [one["role"] for one in listed] == ["latest", ""]
    assert listed[0]["examples"] == {"train": 2, "validation": 0, "test": 1}


def test_a_diff_shows_numbers_and_the_ids_asked_for(folder: Path) -> None:
    done = ftdata(folder, "diff", "--list", "moved")
    assert done.code == 0
    assert done.out.splitlines()[-1].split() == ["web-01-2", "train", "test"]
    values = ftdata(folder, "diff", "previous", "latest", "--json").values
    assert values["numbers"] == {
        "added": 1, "removed": 1, "changed": 0, "retagged": 0, "moved": 1,
    }  # fmt: skip
    assert values["examples"]["added"] == ["web-01-3"]


def test_a_limit_above_twenty_shows_as_many_ids(tmp_path: Path) -> None:
    (tmp_path / "ftdata.yaml").write_text("splits: {seed: 1}\n")
    store = PartitionStore(str(tmp_path / "data"))
    for count in (1, 31):
        put(store, WEB_1, [row(WEB_1, n, chat(f"q{n}", "a")) for n in range(count)])
        write_dataset(store, select_all(store), context(store))
    shown = ftdata(tmp_path, "diff", "--list", "added", "--limit", "25").out.splitlines()
    assert sum(line.strip().startswith("web-01-") for line in shown) == 25
    assert shown[-1] == "and 5 more (--limit shows more)"


@pytest.mark.parametrize("command", ["diff", "verify"])
def test_an_unknown_version_is_misuse(folder: Path, command: str) -> None:
    done = ftdata(folder, command, "zzz")
    assert done.code == 2
    assert "zzz: no dataset version is that; there are" in done.err


def test_what_was_altered_fails_the_command(folder: Path) -> None:
    assert ftdata(folder, "verify").code == 0
    version = (folder / "data" / "datasets" / "latest").read_text().strip()
    (folder / "data" / "datasets" / version / "test.jsonl").write_bytes(b"{}\n")
    done = ftdata(folder, "verify")
    assert done.code == 1
    assert "test.jsonl: was altered" in done.err


def test_a_dry_run_removes_nothing(folder: Path) -> None:
    assert len(ftdata(folder, "prune", "--keep", "1", "--dry-run", "--json").values["removed"]) == 1
    assert ftdata(folder, "prune", "--keep", "1").code == 0
    assert len(ftdata(folder, "versions", "--json").values["versions"]) == 1
    assert ftdata(folder, "diff").code == 2
