"""The dataset: the same bytes in any order of building, stable as it grows, gated."""

import dagster as dg
import pyarrow.parquet as pq
import pytest

from ftdata.defs import dataset_checks, partition_runs
from ftdata.defs.build import build, register_sources
from ftdata.defs.dataset_steps import dataset_state
from ftdata.defs.steps import build_stage, current_status
from ftdata.ingest import inventory
from ftdata.ingest.inventory import scan_raw
from ftdata.keys import PartitionKey
from ftdata.project import Project, open_project
from ftdata.release.read import read_latest
from ftdata.tables import CHAINS
from ftdata_tests.defs.conftest import log_records, write_raw
from ftdata_tests.defs.test_stages import failure
from ftdata_tests.defs.test_staleness import changed

KEYS = [f"2025-03-0{day}|{source}" for day in (1, 2, 3) for source in ("app", "web")]


def examples(project):
    release = read_latest(project.store.data)
    return pq.read_table(release.folder / "examples.parquet").to_pylist()


def everything(project):
    """Every byte of the newest dataset."""
    folder = read_latest(project.store.data).folder
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def awkward(project):
    """Repeats across partitions, one conversation on two days, and beginnings of another."""
    for day in (1, 2, 3):
        rows = log_records(day, 10)
        rows[0] |= {"prompt": "How do I reset the old grey thermostat after a long power cut?"}
        rows[3] |= {"conversation_id": "spans-days"}
        rows[2] |= {"prompt": f"Please tell me in detail how tents of type {day} are returned"}
        write_raw(project.store.data, "web", day, rows)
    return project


def test_the_order_of_building_does_not_matter(awkward, run):
    assert run(span=("2025-03-01|app", "2025-03-03|web")).success
    assert run("refresh_dataset").success
    at_once = everything(awkward)
    for key in KEYS:
        awkward.store.delete(PartitionKey.parse(key))
    for key in reversed(KEYS):
        assert run(key=key).success
    assert run("refresh_dataset").success
    assert everything(awkward) == at_once
    assert run(span=("2025-03-01|app", "2025-03-03|web")).success  # twice over
    assert run("refresh_dataset").success
    assert everything(awkward) == at_once


def test_a_later_partition_moves_nothing(awkward, run):
    assert run(span=("2025-03-01|app", "2025-03-02|web")).success
    assert run("refresh_dataset").success
    before = {row["id"]: row["split"] for row in examples(awkward)}
    assert run(span=("2025-03-03|app", "2025-03-03|web")).success
    assert run("refresh_dataset").success
    after = {row["id"]: row["split"] for row in examples(awkward)}
    assert len(after) > len(before) > 0
    assert {key: after.get(key) for key in before} == before


def test_a_conversation_of_two_days_stands_on_one_side(awkward, run):
    assert run(span=("2025-03-01|app", "2025-03-03|web")).success
    assert run("refresh_dataset").success
    spanning = [row for row in examples(awkward) if row["conversation_id"] == "spans-days"]
    assert len(spanning) == 3
    assert len({row["split"] for row in spanning}) == 1
    assert len({row["group_id"] for row in spanning}) == 1


def test_a_repeat_in_a_later_partition_leaves_and_the_earliest_stays(awkward, run):
    assert run(span=("2025-03-01|app", "2025-03-03|web")).success
    assert run("refresh_dataset").success
    (kept,) = [r for r in examples(awkward) if "old grey thermostat" in str(r["messages"])]
    assert (kept["date"], kept["parent_id"]) == ("2025-03-01", None)


def test_a_file_taken_away_takes_its_examples_out(awkward, instance):
    first = build(awkward, instance)
    assert first.succeeded
    key = PartitionKey.parse("2025-03-02|web")
    (awkward.store.data / "raw" / "web" / "2025-03-02.jsonl").unlink()
    state = dataset_state(awkward, scan_raw(awkward.store.data, awkward.settings))
    assert state.gone == (key,)
    assert not state.is_current
    report = build(awkward, instance)
    assert report.refreshed
    assert report.gone == (key,)
    assert not [r for r in examples(awkward) if (r["date"], r["source"]) == (key.date, key.source)]
    assert key not in awkward.store.keys("raw_logs")  # and its copy of the raw file with it


def test_a_second_build_does_nothing(project, instance):
    first = build(project, instance)
    assert len(first.built) == 6
    runs = len(instance.get_runs())
    second = build(project, instance)
    assert (second.built, second.refreshed, second.succeeded) == ((), False, True)
    assert second.dataset.version == first.dataset.version
    assert len(instance.get_runs()) == runs


def test_a_bad_partition_does_not_hold_up_the_others(project, instance):
    bad = project.store.data / "raw" / "web" / "2025-03-02.jsonl"
    bad.write_bytes(b"\x00\xff" * 900)
    report = build(project, instance)
    assert [str(key) for key in report.unbuilt] == ["2025-03-02|web"]
    assert len(report.built) == 5
    assert not report.succeeded
    assert any("2025-03-02.jsonl" in message for message in report.messages)
    assert {row["date"] for row in examples(project)} == {"2025-03-01", "2025-03-02", "2025-03-03"}
    write_raw(project.store.data, "web", 2, log_records(2, 12))
    mended = build(project, instance)
    assert [str(key) for key in mended.built] == ["2025-03-02|web"]
    assert mended.succeeded


def test_a_version_that_fails_its_gate_is_not_the_newest(project, run, monkeypatch):
    assert run(span=("2025-03-01|app", "2025-03-02|web")).success
    assert run("refresh_dataset").success
    before = read_latest(project.store.data).version
    assert run(span=("2025-03-03|app", "2025-03-03|web")).success
    monkeypatch.setattr(dataset_checks, "_leakage", lambda *_: (False, {"prompt": 1}))
    result = run("refresh_dataset")
    assert not result.success
    (event,) = [event for event in result.all_events if event.is_step_failure]
    told = event.step_failure_data.user_failure_data.description
    assert told.startswith("dataset failed no_split_leakage, so the newest one is still")
    evaluations = {e.check_name: e for e in result.get_asset_check_evaluations()}
    assert not evaluations["no_split_leakage"].passed
    assert evaluations["no_split_leakage"].blocking
    assert evaluations["no_duplicate_left"].passed
    assert read_latest(project.store.data).version == before


def test_every_check_of_the_dataset_is_judged(run, instance):
    assert run(span=("2025-03-01|app", "2025-03-03|web")).success
    result = run("refresh_dataset")
    evaluations = result.get_asset_check_evaluations()
    found = {e.check_name: e for e in evaluations if e.asset_key == dg.AssetKey("dataset")}
    assert set(found) == {spec.name for spec in dataset_checks.SPECS}
    assert not [name for name, e in found.items() if not e.passed and e.blocking]


def test_blocked_splits_stop_the_dataset(project, run):
    assert run(key="2025-03-01|web").success
    key = PartitionKey.parse("2025-03-01|web")
    output = project.store.existing_record("validated_splits", key).output
    project.store.set_failed_checks("validated_splits", key, ["splits_are_known"], output)
    message = failure(run("refresh_dataset"))
    assert "splits_are_known" in message
    assert str(key) in message


def test_nothing_built_says_what_to_do(run):
    assert "ftdata build" in failure(run("refresh_dataset"))


def test_sources_keep_their_registered_order(tmp_path):
    project = open_project(tmp_path / "ftdata.yaml")
    with dg.DagsterInstance.ephemeral(str(tmp_path)) as instance:
        for source in ("web", "app", "mail"):
            write_raw(project.store.data, source, 1, log_records(1, 3, source))
            found = scan_raw(project.store.data, project.settings)
            order = register_sources(instance, found)
        assert order == ["web", "app", "mail"]


def test_a_blocked_partition_is_built_again_when_its_raw_file_is_mended(project, instance):
    assert build(project, instance).succeeded
    key = PartitionKey.parse("2025-03-02|web")
    record = project.store.existing_record("cleaned", key)
    project.store.set_failed_checks("cleaned", key, ["no_duplicate_left"], record.output)
    blocked = build(project, instance)
    assert blocked.unbuilt == (key,)
    assert "no_duplicate_left" in blocked.messages[0]
    write_raw(project.store.data, "web", 2, log_records(2, 13))
    mended = build(project, instance)
    assert mended.built == (key,)
    assert mended.succeeded


def test_what_was_never_checked_is_not_current(project, instance):
    key = PartitionKey.parse("2025-03-02|web")
    files = scan_raw(project.store.data, project.settings).partitions[key]
    for stage in CHAINS["logs"]:
        build_stage(project, stage, key, files)
    status = current_status(project, key, files)
    assert status.states["raw_logs"] == "unchecked"
    assert key in build(project, instance).built
    assert current_status(project, key, files).is_current


def test_a_fault_in_one_partition_does_not_hold_up_the_others(project, instance, monkeypatch):
    real = partition_runs.build_stage

    def faulty(project, stage, key, files):
        if stage == "formatted" and str(key) == "2025-03-02|web":
            raise ValueError("jane.doe@walkabout-gear.co asked")
        return real(project, stage, key, files)

    monkeypatch.setattr(partition_runs, "build_stage", faulty)
    report = build(project, instance)
    assert [str(key) for key in report.unbuilt] == ["2025-03-02|web"]
    assert len(report.built) == 5
    (message,) = report.messages
    assert "ValueError at test_dataset.py:" in message
    assert "jane.doe" not in message  # a fault's text may quote a record


def test_a_folder_that_cannot_be_listed_is_not_taken_away(project, instance, monkeypatch):
    assert build(project, instance).succeeded
    before = everything(project)
    real = inventory.list_folder

    def refuse(folder, roots):
        if folder.name == "web":
            raise PermissionError(13, "Permission denied")
        return real(folder, roots)

    monkeypatch.setattr(inventory, "list_folder", refuse)
    report = build(project, instance)
    assert not report.succeeded
    assert any("raw/web: cannot be listed" in message for message in report.messages)
    assert everything(project) == before
    assert len(project.store.keys("raw_logs")) == 6


def test_only_what_is_stale_is_built_again(project, instance):
    assert build(project, instance).succeeded
    before = {k: project.store.read_record("augmented", k) for k in project.store.keys("augmented")}
    settings = changed(project.settings, "splits", {"seed": 7})
    again = Project(settings, project.store)
    assert build(again, instance).succeeded
    newest = instance.get_runs(limit=2)[1]
    assert {key.to_user_string() for key in newest.asset_selection} == {"validated_splits"}
    assert {k: project.store.read_record("augmented", k) for k in before} == before


def test_the_dataset_says_which_partition_it_holds_as_last_built(project, run, instance):
    assert build(project, instance).succeeded
    write_raw(project.store.data, "web", 2, log_records(2, 30))
    assert run("refresh_dataset").success
    content = read_latest(project.store.data).manifest["content"]
    assert content["left_out"] == [
        "2025-03-02|web: as last built, for raw_logs is stale: input changed"
    ]
    assert build(project, instance).succeeded
    content = read_latest(project.store.data).manifest["content"]
    assert content["left_out"] == []
    assert content["stages"]["totals"]["raw_logs"]["rows_in"] == 5 * 12 + 30
