"""The code location: it loads, its descriptions agree, automation refreshes the dataset."""

import datetime as dt
import tomllib
from importlib.resources import files
from pathlib import Path

import dagster as dg
import pytest
import yaml

from ftdata.defs.build import open_instance
from ftdata.defs.location import definitions_for
from ftdata.tables import COLUMNS, STAGES
from ftdata_tests.defs.test_staleness import changed

ROOT = Path(__file__).parents[2]


def test_every_asset_job_sensor_and_schedule_is_there(project):
    definitions = definitions_for(project)
    dg.Definitions.validate_loadable(definitions)
    repository = definitions.get_repository_def()
    names = {key.to_user_string() for key in repository.asset_graph.get_all_asset_keys()}
    assert names == {*STAGES, "dataset", "dataset_report", "review_sample"}
    assert {"build_partitions", "refresh_dataset"} <= set(repository.job_names)
    sensors = {sensor.name for sensor in repository.sensor_defs}
    assert sensors == {"raw_files", "finish_batches", "reviews", "automation"}
    assert {s.name for s in repository.schedule_defs} == {"daily_dataset"}


def test_columns_are_documented_in_the_ui(project):
    graph = definitions_for(project).resolve_asset_graph()
    for stage in STAGES:
        schema = graph.get(dg.AssetKey(stage)).metadata["dagster/column_schema"]
        described = {column.name: column.description for column in schema.columns}
        assert described == {column.name: column.text for column in COLUMNS[stage]}


def test_workspace_and_dg_name_the_same_code_location():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["dg"]["project"]
    workspace = yaml.safe_load((ROOT / "workspace.yaml").read_text("utf-8"))
    (module,) = workspace["load_from"]
    assert module["python_module"] == {
        "module_name": project["code_location_target_module"],
        "location_name": project["code_location_name"],
    }
    assert "dagster" not in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]


@pytest.mark.parametrize("name", ["dagster.yaml", "workspace.yaml"])
def test_init_writes_the_same_files_as_stand_here(name):
    packaged = files("ftdata").joinpath("templates", name).read_text(encoding="utf-8")
    assert packaged == (ROOT / name).read_text("utf-8")


def test_the_instance_keeps_to_the_project_folder(tmp_path, monkeypatch):
    (tmp_path / "dagster.yaml").write_text((ROOT / "dagster.yaml").read_text("utf-8"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    with open_instance(tmp_path) as instance:
        instance.add_dynamic_partitions("sources", ["web"])
        assert not instance.telemetry_enabled
        assert instance.get_settings("concurrency")["runs"]["max_concurrent_runs"] == 2
    with open_instance(tmp_path) as instance:
        assert instance.get_dynamic_partitions("sources") == ["web"]
    assert {path.name for path in tmp_path.iterdir()} == {"dagster.yaml", ".dagster"}


def test_a_partition_run_refreshes_the_dataset_where_automation_is_on(project, instance, run):
    definitions = definitions_for(project)

    def requested(cursor=None):
        result = dg.evaluate_automation_conditions(
            definitions, instance, cursor=cursor,
            evaluation_time=dt.datetime(2025, 4, 1, tzinfo=dt.UTC),
        )  # fmt: skip
        return result.total_requested, result.cursor

    _, cursor = requested()
    count, cursor = requested(cursor)
    assert count == 0
    assert run(key="2025-03-02|web").success
    count, cursor = requested(cursor)
    assert count == 3  # the dataset, its report and its review page
    count, _ = requested(cursor)
    assert count == 0


def test_automation_of_the_dataset_can_be_turned_off(project):
    settings = changed(project.settings, "automation", {"dataset_on_change": False})
    for which, expected in ((project.settings, True), (settings, False)):
        graph = definitions_for(type(project)(which, project.store)).resolve_asset_graph()
        for name in ("dataset", "dataset_report", "review_sample"):
            assert (graph.get(dg.AssetKey(name)).automation_condition is not None) == expected
