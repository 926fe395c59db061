"""What `ftdata explain` prints, and how it ends."""

import pytest

from ftdata_tests.command_line import Ran
from ftdata_tests.command_line import ftdata as run
from ftdata_tests.defs.traced import FIRST, PAGE, PERSON, PRIVATE, built_project


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explained")
    built_project(folder)
    return folder / "ftdata.yaml"


def explain(settings, *arguments) -> Ran:
    return run("explain", *arguments, "--settings", settings)


def test_a_training_row_is_told_from_its_line_to_its_split(settings):
    ran = explain(settings, "web-1-3")
    assert (ran.code, ran.err) == (0, "")
    first, second, *_ = ran.out.splitlines()
    assert " is in " in first
    assert second == f"  record web-1-3 at {FIRST}:4"
    stages = ("raw_logs", "cleaned", "formatted", "augmented", "validated_splits", "dataset")
    for stage in stages:
        assert f"\n  {stage} " in ran.out
    assert "  user: web asks number 1003" in ran.out
    assert max(map(len, ran.out.splitlines())) < 200


def test_a_row_of_a_split_and_its_line_are_the_same(settings):
    ran = explain(settings, "train:0")
    assert "row 0 of dataset" in ran.out
    assert "line 1 of train.jsonl" in ran.out


def test_a_drop_names_its_reason_and_the_setting_that_decided(settings):
    ran = explain(settings, "repeated")
    assert ran.code == 0
    assert "dropped by cleaned: exact_duplicate" in ran.out
    assert f"stands at {FIRST}:20" in ran.out
    assert "decided by cleaning.dedup.key (prompt) in ftdata.yaml" in ran.out
    assert "It begins" not in ran.out  # nothing of it was ever redacted


def test_several_are_listed_with_a_command_for_one(settings):
    ran = explain(settings, PAGE)
    assert ran.code == 0
    names, *listed, last = ran.out.splitlines()
    assert names.startswith(f"{PAGE} names ")
    assert all(f"from {PAGE}:" in line for line in listed)
    assert last.startswith("To see one of them whole: ftdata explain ")
    assert explain(settings, last.split()[-1]).code == 0


def test_a_private_name_is_said_to_be_one(settings):
    ran = explain(settings, f"{PRIVATE}:1")
    assert "(a name that is personal: this stands for it)" in ran.out
    assert PERSON not in ran.out


def test_an_unknown_name_ends_with_1_and_says_what_can_be_asked_for(settings):
    ran = explain(settings, "no-such-thing")
    assert (ran.code, ran.out) == (1, "")
    assert "no-such-thing: nothing here has that name. Looked in dataset" in ran.err
    assert "train:17" in ran.err
    values = explain(settings, "no-such-thing", "--json").values
    assert (values["traces"], values["asked"]) == ([], "no-such-thing")


@pytest.mark.parametrize("name", ["", "  ", "a\udcff"])
def test_what_can_be_no_name_is_misuse(settings, name):
    ran = explain(settings, name)
    assert (ran.code, ran.out) == (2, "")


def test_the_whole_structure_is_json(settings):
    ran = explain(settings, "two-turns", "--json")
    (trace,) = ran.values["traces"]
    assert [origin["line"] for origin in trace["origins"]] == [15, 16]
    assert trace["key"] == "2025-03-01|web"
    assert trace["decisions"][-1]["facts"]["version"] == ran.values["version"]
    assert {message["role"] for message in trace["excerpt"]} == {"user", "assistant"}


def test_a_version_that_is_not_there_is_misuse(settings):
    ran = explain(settings, "kept", "--version", "0000")
    assert ran.code == 2
    assert "no dataset version is that" in ran.err
