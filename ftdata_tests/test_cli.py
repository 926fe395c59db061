"""The command line: misuse has a message and exit code 2, and JSON is one object in every case."""

import os
import sys

import pytest

from ftdata import commands
from ftdata.cli import main
from ftdata.console import plain
from ftdata_tests.command_line import ftdata, make_project


@pytest.fixture(autouse=True)
def _no_home(monkeypatch):
    monkeypatch.delenv("DAGSTER_HOME", raising=False)


@pytest.fixture
def settings(tmp_path):
    return make_project(tmp_path / "project", days=[1])


def complaint(*arguments):
    """The message of a misuse; the same with --json, where it is the only object on stdout."""
    said = ftdata(*arguments)
    assert (said.code, said.out) == (2, "")
    told = ftdata(*arguments, "--json")
    assert told.code == 2
    assert list(told.values) == ["error"]
    for line in told.values["error"].splitlines():
        assert plain(line) in told.err
        assert plain(line) in said.err
    return told.values["error"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--nope"], "No such option '--nope'"),
        (["bild"], "No such command 'bild'"),
        (["build", "--nope"], "ftdata build --help"),
        (["status", "extra"], "unexpected extra argument"),
        (["init"], "Missing argument 'FOLDER'"),
        (["status", "--data-dir", ""], "--data-dir is empty"),
        (["status", "--data-dir", "zzz://x"], "zzz://x"),
        (["demo", "--data-dir", "memory://x"], "local folder"),
        (["demo", "ftdata.yaml"], "is a file"),
    ],
)
def test_a_wrong_call_is_explained(arguments, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ftdata.yaml").touch()
    assert words in complaint(*arguments)


def test_an_option_that_lacks_its_value_is_explained():
    ran = ftdata("status", "--settings")
    assert (ran.code, ran.out) == (2, "")
    assert "requires an argument" in ran.err


def test_no_arguments_show_the_help():
    ran = ftdata()
    assert ran.code == 0
    assert all(name in ran.out for name in ("build", "demo", "init", "sources", "status"))


@pytest.mark.parametrize("command", ["build", "demo", "init", "sources", "status"])
def test_every_command_takes_the_common_options(command):
    text = ftdata(command, "--help").out
    assert all(option in text for option in ("--settings", "--data-dir", "--json"))


@pytest.mark.parametrize("command", ["build", "status"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"cleaning:\n  treshold: 1\n", ":2: unknown key `cleaning.treshold`"),
        (b"cleaning: [\n", ":2: not valid YAML"),
        (b"\xff\xfec\x00", "not UTF-8 at byte 0: save it as UTF-8"),
        (b"sources:\n  ../x: {}\n", ":2: `sources.../x`"),
        (b"partitions:\n  start: 2025-02-30\n", ":2: not valid YAML: day is out of range"),
        (b"[" * 1_000, "nested too deeply"),
        (b"a: &a [*a]\n", ":1: unknown key `a`"),
        (b"&a {b: *a}\n", ":1: unknown key `b`"),
        (b"cleaning: 5\n", ":1: `cleaning`: expected keys and values below it (found 5)"),
        (b"formatting: {tokenizer: nope}\n", "tokenizer"),
        (b"automation: {dataset_cron: 99 99 * * *}\n", "dataset_cron"),
        (b"data_dir: nowhere\n", "nowhere: no such folder. Make it and put records at"),
        (b'data_dir: "a\\0b"\n', "no such folder"),
        (b"data_dir: ftdata.yaml\n", "ftdata.yaml is a file: name a folder with --data-dir"),
    ],
)
def test_settings_that_do_not_hold_are_explained(command, content, words, settings):
    settings.write_bytes(content)
    message = complaint(command, "--settings", settings)
    assert str(settings.parent) in message
    assert words in message


@pytest.mark.parametrize("name", ["data", "other.yaml", "nowhere/ftdata.yaml"])
def test_settings_that_are_no_file_are_explained(name, settings):
    assert str(settings.parent / name) in complaint("build", "--settings", settings.parent / name)


def test_a_bomb_of_aliases_is_answered_at_once(settings):
    text = "a: &a [x,x,x,x,x,x,x,x,x]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        text += f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    settings.write_text(f"{text}data_dir: *i\n")
    assert ":10: `data_dir`: Input should be a valid string" in complaint(
        "status", "--settings", settings
    )


def test_an_empty_section_has_its_defaults(settings):
    settings.write_text("cleaning:\nsources:\n  web:\n")
    assert ftdata("status", "--settings", settings).code == 0


@pytest.mark.parametrize("home", ["relative", "/nowhere/at/all"])
def test_a_wrong_dagster_home_is_named(home, settings, monkeypatch):
    monkeypatch.setenv("DAGSTER_HOME", home)
    assert f"DAGSTER_HOME={home}" in complaint("sources", "--settings", settings)


def test_a_broken_dagster_yaml_is_named(settings):
    (settings.parent / "dagster.yaml").write_text("storage: [\n")
    assert "dagster.yaml: no Dagster instance" in complaint("sources", "--settings", settings)


def test_dagster_home_is_where_the_sources_are_registered(settings, tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    assert ftdata("sources", "--settings", settings, "--json").values["registered"] == ["web"]
    assert list(home.iterdir())
    assert not (settings.parent / ".dagster").exists()


def test_sources_are_registered_once_and_in_order(settings):
    for _ in range(2):
        ran = ftdata("sources", "--settings", settings, "--json")
        assert ran.code == 0
        assert ran.values["registered"] == ["web"]
        assert ran.values["sources"]["web"]["partitions"] == 1


def test_a_folder_without_dagster_yaml_keeps_its_instance_in_one_place(settings):
    (settings.parent / "dagster.yaml").unlink()
    before = {path.name for path in settings.parent.iterdir()}
    assert ftdata("sources", "--settings", settings).code == 0
    assert {path.name for path in settings.parent.iterdir()} - before == {".dagster"}


@pytest.mark.parametrize(("place", "command"), [("built", "build"), ("datasets", "status")])
def test_a_file_in_the_way_of_a_data_folder_is_named(place, command, settings):
    data = settings.parent / "data"
    (data / place).write_text("")
    ran = ftdata(command, "--settings", settings, "--json")
    assert ran.code == 1
    assert str(data / place) in ran.values["error"]
    assert "writable" in ran.values["error"]


def test_a_file_in_place_of_the_raw_folder_is_a_problem(settings):
    data = settings.parent / "data"
    (data / "raw").rename(data / "moved")
    (data / "raw").write_text("")
    ran = ftdata("build", "--settings", settings)
    assert ran.code == 1
    assert "There is nothing to build" in ran.out
    assert "raw: a file where a folder belongs" in ran.err


def test_an_interrupt_ends_with_130_and_one_object(settings, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "opened_project", interrupted)
    ran = ftdata("status", "--settings", settings, "--json")
    assert ran.code == 130
    assert "interrupted" in ran.values["error"]


def test_a_mistake_of_ours_keeps_its_traceback_and_the_object(settings, monkeypatch, capsys):
    def broken(_):
        raise ZeroDivisionError("by us")

    monkeypatch.setattr(commands, "opened_project", broken)
    with pytest.raises(ZeroDivisionError):
        main(["status", "--settings", str(settings), "--json"])
    assert "internal error" in capsys.readouterr().out


def test_what_a_command_prints_stays_out_of_the_object(settings, monkeypatch):
    opened = commands.opened_project

    def talkative(options):
        print("a library has news")
        return opened(options)

    monkeypatch.setattr(commands, "opened_project", talkative)
    ran = ftdata("status", "--settings", settings, "--json")
    assert ran.values["partitions"] == 1
    assert "a library has news" in ran.err


def test_a_reader_that_leaves_is_no_error(settings, monkeypatch, tmp_path):
    class Left:
        def write(self, _):
            raise BrokenPipeError

        def flush(self):
            raise BrokenPipeError

        def fileno(self):
            return os.open(tmp_path / "stdout", os.O_CREAT | os.O_WRONLY)

    monkeypatch.setattr(sys, "stdout", Left())
    with pytest.raises(SystemExit) as left:
        main(["status", "--settings", str(settings), "--json"])
    assert left.value.code == 1


def test_status_of_a_new_project_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make_project(tmp_path, days=[])
    empty = ftdata("status")
    assert empty.code == 0
    assert "put records at raw/<source>/<date>.jsonl, or documents into raw/<source>/" in empty.out
    make_project(tmp_path / "inner", days=[1, 2])
    monkeypatch.chdir(tmp_path / "inner")
    waiting = ftdata("status")
    assert "1 source, 2 partitions from 2025-03-01 to 2025-03-02" in waiting.out
    assert "2025-03-01|web: raw_logs is missing" in waiting.out
    assert waiting.out.rstrip().endswith("Next: ftdata build")
    assert waiting.err == ""
    values = ftdata("status", "--json").values
    assert values["stages"]["raw_logs"] == {"missing": 2}
    assert values["dataset"] == {"version": None, "current": False}


def test_the_next_command_works_from_here(settings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = ftdata("status", "--settings", settings)
    assert "Next: ftdata build --settings project/ftdata.yaml" in ran.out
