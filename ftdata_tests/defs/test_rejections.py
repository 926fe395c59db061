"""What a user reads when documents cannot be read, or stages do not fit the kind of a source."""

import shutil

import dagster as dg
import pytest

from ftdata.defs.location import definitions_for
from ftdata.project import open_project
from ftdata.tables import CHAINS
from ftdata_tests.command_line import ftdata
from ftdata_tests.defs.conftest import QUIET, log_records, write_raw
from ftdata_tests.defs.workshop import workshop_pages

DATE = "2025-03-01"
KEY = f"{DATE}|help"
DAMAGED = b"%PDF-1.4 and nothing else"


@pytest.fixture(autouse=True)
def _no_home(monkeypatch, tmp_path):
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.chdir(tmp_path)


def put(root, pages, damaged=0):
    folder = root / "data" / "raw" / "help" / DATE
    folder.mkdir(parents=True)
    for name, text in pages.items():
        (folder / name).write_text(text)
    for number in range(damaged):
        (folder / f"form-{number:02}.pdf").write_bytes(DAMAGED)
    (root / "ftdata.yaml").write_text("checks: {min_examples: 1}\n")


def launch(project, assets, key=KEY, run_config=QUIET):
    """A run of these assets for one partition, as plain Dagster starts it."""
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("sources", ["help", "web"])
        job = definitions_for(project).resolve_job_def("build_partitions")
        return job.execute_in_process(
            instance=instance,
            partition_key=key,
            run_config=run_config,
            raise_on_error=False,
            asset_selection=[dg.AssetKey(name) for name in assets],
        )


def failure(result):
    event = next(event for event in result.all_events if event.is_step_failure)
    return event.step_failure_data.user_failure_data.description


def test_documents_that_are_all_bad_are_named_with_what_to_do(tmp_path):
    put(tmp_path, {}, damaged=12)
    first, again = ftdata("build", "--json"), ftdata("build", "--json")
    assert first.code == again.code == 1
    assert first.values["messages"] == again.values["messages"]
    (message,) = first.values["messages"]
    assert message.startswith(f"{KEY}: 12 of 12 documents cannot be read (100.0%, the limit is 50")
    assert message.count(f"raw/help/{DATE}/form-") == 10
    assert f"raw/help/{DATE}/form-09.pdf: unreadable (damaged PDF;" in message
    assert "and 2 more" in message
    assert "raise documents.max_rejected_share in ftdata.yaml" in message
    (listed,) = (tmp_path / "data" / "built" / "documents" / "help" / DATE).glob("drops-*.parquet")
    assert str(listed) in message
    assert "Dagster" not in first.err
    assert f"All are listed in {listed.relative_to(tmp_path)}" in ftdata("status").err
    (own,) = first.values["rejected"]
    assert (own["source"], own["files"], own["reasons"]) == ("help", 12, {"unreadable": 12})


def test_the_run_of_plain_dagster_names_the_files(tmp_path, capfd):
    put(tmp_path, {}, damaged=1)
    project = open_project(tmp_path / "ftdata.yaml")
    launch(project, ["documents"], run_config=None)
    assert "form-00.pdf: unreadable" in capfd.readouterr().err


def test_what_a_successful_build_rejected_is_counted_by_source(tmp_path):
    put(tmp_path, workshop_pages(), damaged=2)
    built, status = ftdata("build"), ftdata("status")
    assert built.code == status.code == 0
    for told in (built.err, status.err):
        assert "help: 2 files rejected (2 unreadable)\n" in told
        assert "listed in" not in told
        assert f"  raw/help/{DATE}/form-01.pdf: unreadable" in told


def test_a_stage_of_another_kind_of_source_is_refused_with_the_right_ones(tmp_path):
    put(tmp_path, workshop_pages())
    write_raw(tmp_path / "data", "web", 1, log_records(1, 12))
    project = open_project(tmp_path / "ftdata.yaml")
    for assets in (["raw_logs"], CHAINS["logs"]):
        message = failure(launch(project, assets))
        assert "help, is of kind documents" in message
        assert f"Select {','.join(CHAINS['documents'])} instead" in message
    message = failure(launch(project, ["documents", "generated_examples"], f"{DATE}|web"))
    assert "web, is of kind logs" in message
    assert not project.store.keys("documents")
    assert launch(project, ["raw_logs", "documents"]).success


def test_a_partition_without_documents_says_where_to_put_them(tmp_path):
    put(tmp_path, workshop_pages())
    project = open_project(tmp_path / "ftdata.yaml")
    assert "documents into raw/help/2025-03-02/" in failure(
        launch(project, ["documents"], "2025-03-02|help")
    )


def test_a_source_of_another_kind_than_before_leaves_nothing_of_it(tmp_path, capfd):
    (tmp_path / "ftdata.yaml").touch()
    project = open_project(tmp_path / "ftdata.yaml")
    write_raw(tmp_path / "data", "help", 1, log_records(1, 12, "help"))
    assert launch(project, ["raw_logs"]).success
    shutil.rmtree(tmp_path / "data" / "raw")
    put(tmp_path, workshop_pages())
    assert "raw_logs" not in ftdata("status", "--json").values["stages"]
    assert [str(key) for key in project.store.keys("raw_logs")] == [KEY]
    built = ftdata("build", "--json")
    assert built.code == 0
    assert "raw_logs" not in built.values["dataset"]["stages"]
    assert project.store.keys("raw_logs") == []
    assert [str(key) for key in project.store.keys("documents")] == [KEY]
    shutil.rmtree(tmp_path / "data" / "raw")
    write_raw(tmp_path / "data", "help", 1, log_records(1, 12, "help"))
    assert launch(project, ["raw_logs"], run_config=None).success
    told = capfd.readouterr().err
    assert f"{KEY}: its source was of another kind before: documents, generated_examples" in told
    assert not (tmp_path / "data" / "built" / "documents" / "help" / DATE).exists()
    assert not (tmp_path / "data" / "built" / "generated_examples" / "help" / DATE).exists()
    status = ftdata("status", "--json").values["stages"]
    assert {"documents", "generated_examples"}.isdisjoint(status)
