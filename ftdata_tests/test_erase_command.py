"""`ftdata erase` as a user calls it: what it asks, does and says, and what it never says."""

import sys

import click
import pytest

from ftdata.project import open_project
from ftdata_tests.command_line import ftdata, make_project, stored
from ftdata_tests.defs.conftest import log_records, write_raw
from ftdata_tests.defs.test_erasing import TEXTS, USER, walrus
from ftdata_tests.traces import traces


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project of two days; the tests that change nothing come first."""
    settings = make_project(tmp_path_factory.mktemp("erase") / "p", ())
    write_raw(settings.parent / "data", "web", 1, [*walrus(1), *log_records(1, 8)])
    write_raw(settings.parent / "data", "web", 2, log_records(2, 8))
    assert ftdata("build", "--settings", settings).code == 0
    return settings


def erase(settings, *arguments):
    return ftdata("erase", "--settings", settings, *arguments)


def left(settings):
    """Files of the project that hold anything of it, raw files excepted."""
    return traces(settings.parent, TEXTS, settings.parent / "data" / "raw")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name with --user, --conversation, --record what shall be erased"),
        (["--user", "a", "--record", "b"], "only one of them at a time"),
        (["--user", ""], "an id of a user is empty"),
        (["--record", "a", "--source", "wbe"], "there is no source wbe: name one of web"),
        (["--user", "a"], "there is no terminal to ask at: add --yes"),
    ],
)
def test_misuse(built, arguments, says):
    ran = erase(built, *arguments)
    assert ran.code == 2
    assert says in ran.err
    assert not (built.parent / "data" / "erasures" / "salt").exists()


def test_a_dry_run_changes_nothing(built):
    before = stored(built)
    ran = erase(built, "--user", USER, "--dry-run", "--json")
    assert ran.code == 0
    found = {name: ran.values[name] for name in ("asked", "held_by_nothing", "partitions", "raw")}
    assert found == {
        "asked": 1, "held_by_nothing": 0, "partitions": ["2025-03-01|web"],
        "raw": [{"file": "raw/web/2025-03-01.jsonl", "lines": [1, 2]}],
    }  # fmt: skip
    assert len(ran.values["derived"]["versions"]) == ran.values["examples"] == 1
    told = erase(built, "--user", USER, "--dry-run").out
    assert "1 user found in 1 partition" in told
    assert "raw/web/2025-03-01.jsonl line 1, 2" in told
    assert stored(built) == before
    assert list((built.parent / "data" / "erasures").iterdir()) == []


def test_who_is_asked_can_decline(built, monkeypatch):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(click, "confirm", lambda *_, **__: False)
    ran = erase(built, "--user", USER)
    assert (ran.code, ran.out) == (1, "Nothing is erased.\n")
    assert "1 user found in 1 partition" in ran.err


def test_a_folder_that_cannot_be_written_is_named(built, tmp_path):
    (tmp_path / "raw").symlink_to(built.parent / "data" / "raw")
    (tmp_path / "erasures").write_text("a file")
    ran = erase(built, "--data-dir", tmp_path, "--user", USER, "--yes")
    assert ran.code == 1
    assert f"{tmp_path / 'erasures'}" in ran.err
    assert USER not in ran.err


def test_what_nothing_holds_is_noted(built):
    ran = erase(built, "--user", "nobody-yet", "--yes")
    assert ran.code == 0
    assert "1 user: nothing built holds it now" in ran.out
    assert "unfinished" not in ftdata("status", "--settings", built).err


def test_an_erasure_that_was_kept_from_its_end_is_brought_there_by_a_build(built):
    assert len(left(built)) > 10
    with open_project(built).store.only_build():
        held_up = erase(built, "--user", USER, "--yes")
    assert held_up.code == 1
    assert "It is noted what to erase: then run `ftdata build`" in held_up.err
    status = ftdata("status", "--settings", built)
    assert "1 erasure unfinished" in status.err
    assert "Next: ftdata build" in status.out
    done = ftdata("build", "--settings", built)
    assert done.code == 0
    assert "1 erasure finished: nothing built holds it any more" in done.out
    assert "dataset versions removed" in done.out
    assert left(built) == {}
    after = ftdata("status", "--settings", built, "--json").values
    assert (after["unfinished_erasures"], after["dataset"]["current"]) == (0, True)
    assert not any(text in ran.out + ran.err for ran in (held_up, status, done) for text in TEXTS)


def test_a_record_goes_at_once(built):
    ran = erase(built, "--record", "web-2-3", "--source", "web", "--yes", "--json")
    assert ran.code == 0
    assert ran.values["finished"]
    assert ran.values["erasures"]["removed"]["runs"] > 0
    held = traces(built.parent, ["web-2-3"], built.parent / "data" / "raw")
    assert held == {}
