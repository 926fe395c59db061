"""Versions as folders: publishing, pointing, pruning, what dead builds leave."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from upath import UPath

from ftdata.errors import StorageError
from ftdata.release.versions import building_folder, list_versions, publish


def build(
    data: UPath, version: str, keep: int = 3, text: str = "{}", pinned: str | None = None
) -> bool:
    with building_folder(data) as folder:
        (folder / "manifest.json").write_text(text)
        (folder / "train.jsonl").write_text(version)
        return publish(data, folder, version, keep, pinned)


def versions(data: UPath) -> set[str]:
    return {
        path.name for path in (data / "datasets").iterdir() if (path / "manifest.json").exists()
    }


@pytest.fixture(params=["local", "memory"])
def data(request: pytest.FixtureRequest, tmp_path: Path) -> UPath:
    local = request.param == "local"
    return UPath(str(tmp_path)) if local else UPath(f"memory://versions{tmp_path}")


def test_only_the_newest_are_kept(data: UPath) -> None:
    for version in ("a", "b", "c", "d"):
        assert build(data, version, keep=2)
    assert versions(data) == {"c", "d"}
    assert (data / "datasets" / "latest").read_text() == "d\n"
    assert orjson.loads((data / "datasets" / "versions.json").read_bytes()) == ["a", "b", "c", "d"]


def test_a_version_built_again_is_the_newest_again(data: UPath) -> None:
    for version in ("a", "b", "a", "c"):
        build(data, version, keep=2)
    assert versions(data) == {"a", "c"}


def test_keeping_one_keeps_the_latest(data: UPath) -> None:
    for version in ("a", "b", "a"):
        build(data, version, keep=1)
    assert versions(data) == {"a"}


def test_the_pinned_one_is_kept_however_old(data: UPath) -> None:
    for version in ("a", "b", "c", "d"):
        build(data, version, keep=1, pinned="b" if version > "b" else None)
    assert versions(data) == {"b", "d"}
    build(data, "e", keep=1)
    assert versions(data) == {"e"}


def test_versions_are_listed_from_the_newest_on(data: UPath) -> None:
    assert list_versions(data) == []
    for version in ("c", "a", "b", "a"):
        build(data, version, keep=2)
    assert list_versions(data) == ["a", "b"]


def test_a_version_that_is_there_is_left_alone(data: UPath) -> None:
    assert build(data, "a", text='{"first":1}')
    assert not build(data, "a", text='{"second":1}')
    assert (data / "datasets" / "a" / "manifest.json").read_text() == '{"first":1}'


def test_a_torn_version_is_replaced(data: UPath) -> None:
    torn = data / "datasets" / "a"
    torn.mkdir(parents=True)
    (torn / "train.jsonl").write_text("half")
    (torn / "stale.txt").write_text("x")
    assert build(data, "a")
    assert (torn / "train.jsonl").read_text() == "a"
    assert not (torn / "stale.txt").exists()


def test_what_a_dead_build_left_goes_and_a_live_one_stays(tmp_path: Path) -> None:
    data = UPath(str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    dead = tmp_path / "datasets" / f".building-{process.pid}"
    live = tmp_path / "datasets" / f".building-{os.getppid()}"
    for folder in (dead, live):
        folder.mkdir(parents=True)
        (folder / "train.jsonl").write_text("half")
    build(data, "a")
    assert not dead.exists()
    assert (live / "train.jsonl").exists()


def test_nothing_is_left_of_a_failed_build(tmp_path: Path) -> None:
    def fail() -> None:
        with building_folder(UPath(str(tmp_path))) as folder:
            (folder / "train.jsonl").write_text("half")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        fail()
    assert list((tmp_path / "datasets").iterdir()) == []


def test_a_damaged_list_of_versions_is_named(tmp_path: Path) -> None:
    data = UPath(str(tmp_path))
    build(data, "a")
    (data / "datasets" / "versions.json").write_text("[")
    with pytest.raises(StorageError, match=r"versions\.json: is no JSON list"):
        build(data, "b")
