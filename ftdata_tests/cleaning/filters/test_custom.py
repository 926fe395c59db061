"""Custom filters: found by their path, asked with plain messages, faulted by name."""

import sys

import pytest

from ftdata.cleaning import spread
from ftdata.cleaning.clean import clean_partition
from ftdata.cleaning.filters.custom import custom_identity, find_custom, look_beside
from ftdata.errors import SettingsError
from ftdata.project import open_project
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_pii import Pii
from ftdata.tables import from_rows
from ftdata_tests.cleaning.filters.asked import ask
from ftdata_tests.cleaning.raw import raw_row, turns

SOURCE = """
def too_loud(messages):
    return "too_loud" if any(m["content"].isupper() for m in messages) else None

def roles(messages):
    return "_".join(m["role"] for m in messages)

def raises(messages):
    return messages[7]["content"]

def shouts(messages):
    return "Too Loud: " + messages[0]["content"]

def counts(messages):
    return len(messages)

def of_four(messages):
    return None if len(messages) < 4 else 4

def of_two(messages, options):
    return None

def of_none():
    return None

number = 3
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The name of a module in a project's folder, with the filters of SOURCE."""
    name = f"own_{tmp_path.name.replace('-', '_')}"
    (tmp_path / f"{name}.py").write_text(SOURCE)
    monkeypatch.setattr(sys, "path", list(sys.path))
    look_beside(tmp_path / "ftdata.yaml", [f"{name}:roles"])
    yield name
    sys.modules.pop(name, None)


def options(*paths):
    return Cleaning(custom_filters=paths)


def test_a_filter_of_the_project_gives_a_reason_and_the_path_is_the_detail(own):
    path = f"{own}:too_loud"
    assert ask(find_custom, "HELP", "Yes?", options=options(path)) == ("too_loud", path)
    assert ask(find_custom, "Help", "Yes?", options=options(path)) is None


def test_the_first_that_says_something_counts(own):
    both = options(f"{own}:too_loud", f"{own}:roles")
    assert ask(find_custom, "HELP", "Yes?", options=both).reason == "too_loud"
    assert ask(find_custom, "Help", "Yes?", options=both).reason == "user_assistant"


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (
            "raises",
            r"raises, asked about .* of 2 messages, raised IndexError \(own_.*\.py, line 9\)",
        ),
        ("shouts", "returned text that is no snake_case name: return a drop reason"),
        ("counts", "returned int: return a drop reason"),
        ("number", "number is no function: define it in"),
        ("absent", "absent is not there: define it in"),
        ("of_two", r"of_two\(messages, options\) cannot be called with the messages alone: define"),
        ("of_none", r"of_none\(\) cannot be called .*: define it as `def of_none\(messages\)`"),
    ],
)
def test_a_filter_that_does_not_hold_is_named(own, function, message):
    with pytest.raises(SettingsError, match=message) as caught:
        ask(find_custom, "secret words", "Yes?", options=options(f"{own}:{function}"))
    assert "secret words" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ == (function in ("raises", "of_two", "of_none"))


@pytest.mark.parametrize("path", ["no_such_module_here:f", "json.no_such:f", "sys:exit"])
def test_a_module_that_is_not_there_is_named(path):
    with pytest.raises(SettingsError, match=f"{path}: there is no module"):
        ask(find_custom, "q", "a", options=options(path))
    with pytest.raises(SettingsError, match=f"{path}: there is no module"):
        custom_identity([path])


def test_a_module_that_cannot_be_imported_is_named(own, tmp_path):
    (tmp_path / "broken_filters.py").write_text("import no_such_module_here\n")
    with pytest.raises(SettingsError, match="broken_filters cannot be imported: ModuleNotFound"):
        ask(find_custom, "q", "a", options=options("broken_filters:f"))


def test_filters_are_looked_for_beside_the_settings_and_not_where_one_stands(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    elsewhere, project = tmp_path / "elsewhere", tmp_path / "project"
    for folder, name in ((elsewhere, "filters_of_elsewhere"), (project, "filters_of_project")):
        folder.mkdir()
        (folder / f"{name}.py").write_text(SOURCE)
    monkeypatch.chdir(elsewhere)
    (project / "ftdata.yaml").write_text(
        "cleaning: {custom_filters: ['filters_of_project:roles']}\n"
    )
    open_project(project / "ftdata.yaml")
    (project / "ftdata.yaml").write_text(
        "cleaning: {custom_filters: ['filters_of_elsewhere:roles']}\n"
    )
    with pytest.raises(SettingsError, match=r"put filters_of_elsewhere\.py into the folder of"):
        open_project(project / "ftdata.yaml")
    sys.modules.pop("filters_of_project", None)


def test_the_identity_follows_paths_and_source(own, tmp_path):
    assert custom_identity([]) == ""
    before = custom_identity([f"{own}:roles"])
    assert before == custom_identity([f"{own}:roles"])
    assert before != custom_identity([f"{own}:too_loud"])
    (tmp_path / f"{own}.py").write_text(SOURCE + "\n# changed\n")
    assert before != custom_identity([f"{own}:roles"])


def test_an_edited_filter_runs_as_it_is_now(own, tmp_path):
    path = f"{own}:too_loud"
    assert ask(find_custom, "HELP", "Yes?", options=options(path)) == ("too_loud", path)
    edited = SOURCE.replace('return "too_loud"', 'return "shouting"')
    (tmp_path / f"{own}.py").write_text(edited)
    assert ask(find_custom, "HELP", "Yes?", options=options(path)) == ("shouting", path)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_filter_that_fails_names_the_record_and_no_person(own, workers, monkeypatch):
    monkeypatch.setattr(spread, "BLOCK", 2)
    monkeypatch.setattr(spread, "SPREAD_FROM", 2)
    private = raw_row(
        3,
        turns("Fine", "Yes?", "Loud", "No"),
        user_id="jane_doe",
        record_ids=["jane_doe-3"],
        origins=["raw/web/2025-03-01/jane_doe.jsonl:9"],
    )
    rows = [*(raw_row(position, turns("Fine", "Yes?")) for position in range(3)), private]
    wanted = r"^record redacted-\w{16} \(raw/web/2025-03-01/redacted-\w{16}:9\): .*:of_four"
    with pytest.raises(SettingsError, match=wanted) as caught:
        clean_partition(
            from_rows("raw_logs", rows),
            Cleaning(custom_filters=(f"{own}:of_four",), max_workers=workers),
        )
    assert "jane" not in str(caught.value)


def test_a_filter_that_fails_names_id_file_and_line(own):
    rows = from_rows("raw_logs", [raw_row(0, turns("Fine", "Yes?"))])
    wanted = r"^record log_0 \(raw/web/2025-03-01\.jsonl:1\): cleaning\.custom_filters: .*:counts"
    for pii in (Pii(), Pii(enabled=False)):
        with pytest.raises(SettingsError, match=wanted):
            clean_partition(rows, Cleaning(custom_filters=(f"{own}:counts",), pii=pii))
