"""A new project: what is written, what is left alone, what is refused."""

import pytest

from ftdata.init import settings_text, write_project
from ftdata.settings import Settings
from ftdata.settings_file import load_settings, parse_settings
from ftdata_tests.command_line import ftdata

WRITTEN = {"ftdata.yaml", ".gitignore", "dagster.yaml", "workspace.yaml"}


def test_a_project_is_written_and_said_what_comes_next(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = ftdata("init", "a b/new")
    assert ran.code == 0
    folder = tmp_path / "a b" / "new"
    assert {path.name for path in folder.iterdir()} == {*WRITTEN, "data"}
    assert {path.name for path in (folder / "data").iterdir()} == {
        "raw", "reviews", "evals", "erasures",
    }  # fmt: skip
    assert "put records at a b/new/data/raw/<source>/<date>.jsonl" in ran.out
    assert "documents into a b/new/data/raw/<source>/<date>/" in ran.out
    assert "ftdata build --settings 'a b/new/ftdata.yaml'" in ran.out
    status = ftdata("status", "--settings", "a b/new/ftdata.yaml", "--json")
    assert (status.code, status.values["problems"]) == (0, [])


def test_a_folder_that_is_a_project_is_left_as_it_is(tmp_path):
    (tmp_path / "ftdata.yaml").write_text("cleaning:\n")
    ran = ftdata("init", tmp_path, "--json")
    assert ran.code == 2
    assert "exists already" in ran.values["error"]
    assert [path.name for path in tmp_path.iterdir()] == ["ftdata.yaml"]


def test_files_that_are_there_are_kept(tmp_path):
    (tmp_path / ".gitignore").write_text("mine\n")
    ran = ftdata("init", tmp_path, "--json")
    assert ran.code == 0
    assert {path.rpartition("/")[2] for path in ran.values["written"]} == WRITTEN - {".gitignore"}
    assert (tmp_path / ".gitignore").read_text() == "mine\n"


def test_settings_and_data_may_have_other_names(tmp_path):
    data = tmp_path / "elsewhere"
    ran = ftdata("init", tmp_path / "p", "--settings", tmp_path / "p/my.yaml", "--data-dir", data)
    assert ran.code == 0
    assert (data / "raw").is_dir()
    assert not (tmp_path / "p" / "data").exists()
    assert load_settings(tmp_path / "p" / "my.yaml").data_dir == str(data)


def test_settings_outside_the_folder_are_refused(tmp_path):
    ran = ftdata("init", tmp_path / "p", "--settings", tmp_path / "q/my.yaml", "--json")
    assert ran.code == 2
    assert "name a file in that folder" in ran.values["error"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["data", "parent"])
def test_a_file_in_the_way_is_named(name, tmp_path):
    (tmp_path / name).write_text("")
    folder = tmp_path if name == "data" else tmp_path / "parent" / "project"
    ran = ftdata("init", folder, "--json")
    assert ran.code == 2
    assert str(tmp_path / name) in ran.values["error"]
    assert "name another folder" in ran.values["error"]


def test_a_data_folder_in_an_object_store_is_noted_and_not_made(tmp_path):
    written = write_project(tmp_path / "ftdata.yaml", "s3://bucket/logs")
    assert {path.name for path in written} == WRITTEN
    assert {path.name for path in tmp_path.iterdir()} == WRITTEN
    assert parse_settings((tmp_path / "ftdata.yaml").read_text()).data_dir == "s3://bucket/logs"


def test_the_text_differs_from_the_defaults_in_the_data_folder_alone():
    assert parse_settings(settings_text("x: #y")) == Settings(data_dir="x: #y")
