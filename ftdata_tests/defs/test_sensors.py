"""The raw files sensor: new sources, settled files, one run a change, what was built already."""

import dagster as dg
import pytest

from ftdata.defs import sensors
from ftdata.defs.location import definitions_for
from ftdata.keys import PartitionKey
from ftdata_tests.defs.conftest import log_records, write_raw

WEB = "2025-03-02|web"


@pytest.fixture
def clock(monkeypatch):
    now = [1_000.0]
    monkeypatch.setattr(sensors.time, "time", lambda: now[0])
    return now


@pytest.fixture
def tick(project, instance, clock):
    """Evaluate the sensor some seconds later, as the daemon would."""
    cursor = [None]
    sensor = sensors.raw_files_sensor(project)
    definitions = definitions_for(project)

    def evaluate(seconds=60.0):
        clock[0] += seconds
        context = dg.build_sensor_context(
            instance=instance, cursor=cursor[0], definitions=definitions
        )
        result = sensor(context)
        cursor[0] = result.cursor
        return result

    return evaluate


def keys(result):
    return {request.partition_key for request in result.run_requests}


def test_settled_files_are_launched_once(tick):
    assert keys(tick()) == set()
    first = tick()
    assert len(first.run_requests) == len(keys(first)) == 6
    assert {request.job_name for request in first.run_requests} == {"build_partitions"}
    assert tick().run_requests == []


def test_a_new_source_is_registered(project, tick):
    write_raw(project.store.data, "mail", 4, log_records(4, 3, "mail"))
    tick()
    result = tick()
    (request,) = result.dynamic_partitions_requests
    assert request.partitions_def_name == "sources"
    assert list(request.partition_keys) == ["mail"]
    assert "2025-03-04|mail" in keys(result)


def test_a_changed_file_is_launched_again_under_another_run_key(project, tick):
    tick()
    first = {r.partition_key: r.run_key for r in tick().run_requests}
    write_raw(project.store.data, "web", 2, log_records(2, 13))
    assert tick().run_requests == []  # it has only just changed
    (again,) = tick().run_requests
    assert again.partition_key == WEB
    assert again.run_key != first[WEB]


def test_a_file_that_still_grows_is_waited_for(project, tick):
    tick()
    tick()
    for count in (13, 14, 15):
        write_raw(project.store.data, "web", 2, log_records(2, count))
        assert tick().run_requests == []
    assert keys(tick()) == {WEB}


def test_what_was_built_by_hand_is_not_launched(run, tick):
    assert run(key=WEB).success
    tick()
    assert len(keys(tick()) | {WEB}) == 6
    assert WEB not in keys(tick())


def test_a_file_taken_away_refreshes_the_dataset(project, tick):
    tick()
    tick()
    (project.store.data / "raw" / "web" / "2025-03-02.jsonl").unlink()
    (request,) = tick().run_requests
    assert request.job_name == "refresh_dataset"
    assert request.partition_key is None
    assert tick().run_requests == []


def test_a_launched_run_builds_its_partition(project, run, tick):
    tick()
    for request in tick().run_requests:
        assert run(request.job_name, key=request.partition_key).success
    assert PartitionKey.parse(WEB) in project.store.keys("validated_splits")
    assert run("refresh_dataset").success


def test_a_bad_file_name_is_logged_with_its_fix(project, tick):
    (project.store.data / "raw" / "web" / "notes.docx.jsonl").write_text("{}")
    result = tick()
    assert result.run_requests == []
