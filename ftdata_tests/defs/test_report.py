"""The asset dataset_report: what it writes, its checks, and when a build makes it anew."""

import datetime as dt
import shutil

import dagster as dg
import orjson
import pytest

from ftdata.defs import report_steps
from ftdata.defs.build import build
from ftdata.defs.dataset_steps import assemble
from ftdata.defs.location import definitions_for
from ftdata.defs.report_steps import is_reported, write_report
from ftdata.defs.steps import build_stage
from ftdata.errors import ReleaseError
from ftdata.ingest.inventory import scan_raw
from ftdata.keys import PartitionKey
from ftdata.project import Project, open_project
from ftdata.release.read import mismatches, read_latest
from ftdata.reporting.rules import RULES
from ftdata.tables import CHAINS
from ftdata_tests.defs.conftest import QUIET, log_records, write_raw
from ftdata_tests.defs.test_staleness import changed

TODAY = dt.date(2025, 3, 5)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A project with its dataset, built once for all tests here, and what the build said."""
    folder = tmp_path_factory.mktemp("made")
    for day in (1, 2):
        rows = log_records(day, 24)
        rows[0] |= {"prompt": f"Write to jane-{day}@walkabout-gear.co about the torn tent, please"}
        write_raw(folder / "data", "web", day, rows[: 12 * day])
    project = open_project(folder / "ftdata.yaml")
    with dg.DagsterInstance.ephemeral(str(folder)) as instance:
        instance.add_dynamic_partitions("sources", ["web"])
        yield project, instance, build(project, instance)


@pytest.fixture
def copied(made, tmp_path):
    """The same project in a folder of the test's own."""
    shutil.copytree(made[0].store.data, tmp_path / "data")
    return open_project(tmp_path / "ftdata.yaml")


def told(project, name="warnings"):
    return orjson.loads((read_latest(project.store.data).folder / f"{name}.json").read_bytes())


def passed(project):
    return {one["name"]: one["passed"] for one in told(project)["warnings"]}


def test_a_build_reports_beside_the_dataset_and_leaves_it_whole(made):
    project, _, report = made
    assert report.succeeded
    statistics = told(project, "statistics")
    assert statistics["version"] == report.dataset.version
    splits = report.dataset.release.manifest["content"]["dataset"]["splits"]
    for split, counts in splits.items():
        part = statistics["parts"][split]
        for name in ("examples", "tokens", "trained_tokens", "pairs"):
            assert part[name] == counts[name]
    assert mismatches(read_latest(project.store.data).folder) == []
    assert "enough_examples_for_the_goal" in report.warnings


def test_every_rule_is_a_check_that_warns(made):
    project, instance, _ = made
    job = definitions_for(project).resolve_job_def("refresh_dataset")
    result = job.execute_in_process(instance=instance, run_config=QUIET)
    found = [
        one
        for one in result.get_asset_check_evaluations()
        if one.asset_key == dg.AssetKey("dataset_report")
    ]
    assert [one.check_name for one in found] == [rule.name for rule in RULES]
    assert {one.severity for one in found} == {dg.AssetCheckSeverity.WARN}
    failed = [one for one in found if not one.passed]
    assert failed
    assert all(one.metadata["what to do"].text for one in failed)
    metadata = result.asset_materializations_for_node("dataset_report")[0].metadata
    assert metadata["warnings"].value == len(failed)
    assert {"splits", "lengths", "tags", "openings", "what_to_do"} <= metadata.keys()


def test_changed_thresholds_make_the_report_anew_and_nothing_else(made):
    project, instance, report = made
    runs = len(instance.get_runs())
    settings = changed(project.settings, "report", {"max_age_days": 36_500})
    other = Project(settings, project.store)
    again = build(other, instance)
    assert (again.refreshed, again.dataset.version) == (False, report.dataset.version)
    assert len(instance.get_runs()) == runs + 1
    assert set(report.warnings) - set(again.warnings) == {"newest_partition_is_recent"}
    assert build(other, instance).warnings == again.warnings
    assert len(instance.get_runs()) == runs + 1


def test_a_later_version_is_compared_with_the_one_before(copied):
    before = read_latest(copied.store.data).version
    write_report(copied, TODAY)
    assert told(copied)["since_previous"] is None
    rows = [{**row, "category": "boats"} for row in log_records(4, 24)]
    write_raw(copied.store.data, "web", 4, rows)
    key = PartitionKey.parse("2025-03-04|web")
    files = scan_raw(copied.store.data, copied.settings).partitions[key]
    for stage in CHAINS["logs"]:
        build_stage(copied, stage, key, files)
    release = assemble(copied, lambda _: True).release
    write_report(copied, TODAY)
    since = told(copied)["since_previous"]
    assert (since["new"], since["reference"]) == (release.version, before)
    assert not passed(copied)["newest_categories_are_usual"]


def test_the_day_is_given_and_no_clock_is_read(copied):
    for day, is_recent in ((TODAY, True), (dt.date(2025, 7, 1), False)):
        write_report(copied, day)
        assert told(copied)["today"] == day.isoformat()
        assert passed(copied)["newest_partition_is_recent"] == is_recent
    assert write_report(copied, TODAY) == write_report(copied, TODAY)


def test_redactions_are_those_of_cleaning_by_date(made):
    statistics = told(made[0], "statistics")
    assert statistics["redactions"]["EMAIL"] == 2
    by_date = {one["date"]: one["redactions"]["EMAIL"] for one in statistics["periods"]}
    assert by_date == {"2025-03-01": 1, "2025-03-02": 1}


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}", None])
def test_a_damaged_report_is_made_anew(copied, damage):
    write_report(copied, TODAY)
    release = read_latest(copied.store.data)
    assert is_reported(copied, release)
    path = release.folder / report_steps.WARNINGS
    path.unlink() if damage is None else path.write_bytes(damage)
    assert not is_reported(copied, release)
    assert report_steps.read_failed(release) == ()


def test_without_a_dataset_there_is_nothing_to_report(project):
    with pytest.raises(ReleaseError, match="build it with `ftdata build`"):
        write_report(project, TODAY)
