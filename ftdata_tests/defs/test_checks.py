"""Asset checks: one a rule, each partition judged by itself, blocking ones stop what follows."""

import dagster as dg
import pytest

from ftdata.defs.checks import TYPE_CHECK, stage_checks
from ftdata.defs.steps import build_stage
from ftdata.errors import BlockedPartitionError
from ftdata.keys import PartitionKey
from ftdata.tables import CHAINS
from ftdata.validation.rules import rules_for
from ftdata_tests.defs.conftest import log_records, write_raw
from ftdata_tests.defs.test_stages import failure

WEB = PartitionKey.parse("2025-03-02|web")
ALL = ("2025-03-01|app", "2025-03-03|web")


def statuses(instance, stage, check):
    """Newest stored status of a check for each partition."""
    found = instance.event_log_storage.get_asset_check_execution_history(
        dg.AssetCheckKey(dg.AssetKey(stage), check), limit=100
    )
    newest = {}
    for record in found:
        newest.setdefault(record.partition, record.status.value)
    return newest


def plant_duplicate_conversation(project, key):
    """Put a stored row twice into `raw_logs`, which no reader would do."""
    import pyarrow as pa

    from ftdata.tables import StageResult

    store = project.store
    record, table = store.existing_record("raw_logs", key), store.read_table("raw_logs", key)
    doubled = pa.concat_tables([table, table.slice(0, 1)])
    result = StageResult(
        doubled, store.read_drops("raw_logs", key), record.rows_in + 1, record.rows_out + 1, {}
    )
    store.write(
        "raw_logs", key, result,
        code_version=record.code_version, inputs=record.inputs, files=record.files,
    )  # fmt: skip


@pytest.mark.parametrize("stage", CHAINS["logs"])
def test_every_rule_is_a_check_of_its_own(project, stage):
    checks = next(
        c
        for c in stage_checks(project)
        if {s.asset_key for s in c.check_specs} == {dg.AssetKey(stage)}
    )
    blocking = {rule.name: rule.blocking for rule in rules_for(stage, project.settings)}
    assert {s.name: s.blocking for s in checks.check_specs} == blocking | {TYPE_CHECK: True}
    assert all(spec.description for spec in checks.check_specs)


def test_a_range_stores_a_result_for_each_partition(project, instance, run):
    assert run(span=ALL).success
    for stage in CHAINS["logs"]:
        for rule in rules_for(stage, project.settings):
            found = statuses(instance, stage, rule.name)
            assert {found[str(key)] for key in project.store.keys(stage)} == {"SUCCEEDED"}


def test_a_single_partition_stores_its_result(instance, run):
    assert run(key=str(WEB)).success
    assert statuses(instance, "cleaned", TYPE_CHECK) == {str(WEB): "SUCCEEDED"}


def test_a_result_says_what_was_expected_and_observed(run):
    result = run(key=str(WEB))
    evaluations = {e.check_name: e for e in result.get_asset_check_evaluations()}
    shown = evaluations["every_row_accounted_for"].metadata
    assert shown["expected"].text == "rows_in = accounted"
    assert shown["severity"].text == "critical"


def test_a_blocking_check_stops_what_follows_and_names_the_row(project, instance, run, monkeypatch):
    real = build_stage

    def planted(project, stage, key, files):
        record, result = real(project, stage, key, files)
        if stage == "raw_logs" and key == WEB:
            plant_duplicate_conversation(project, key)
        return record, result

    monkeypatch.setattr("ftdata.defs.partition_runs.build_stage", planted)
    result = run(span=ALL)
    assert not result.success
    assert project.store.keys("cleaned") == []
    found = statuses(instance, "raw_logs", "ids_are_unique")
    assert found[str(WEB)] == "FAILED"
    assert found["2025-03-01|app"] == "SUCCEEDED"
    failed = project.store.existing_record("raw_logs", WEB).failed_checks
    assert "ids_are_unique" in failed
    evaluation = next(
        e
        for e in result.get_asset_check_evaluations()
        if e.check_name == "ids_are_unique" and e.partition == str(WEB)
    )
    twice = project.store.read_table("raw_logs", WEB).column("id")[0].as_py()
    assert twice in evaluation.metadata["samples"].text
    assert evaluation.severity == dg.AssetCheckSeverity.ERROR
    # A later run cannot build on what failed, whoever starts it.
    with pytest.raises(BlockedPartitionError, match="ids_are_unique"):
        build_stage(project, "cleaned", WEB, ())


def test_a_blocked_partition_goes_on_when_it_is_built_again(project, run):
    assert run(key=str(WEB)).success
    output = project.store.existing_record("raw_logs", WEB).output
    project.store.set_failed_checks("raw_logs", WEB, ["ids_are_unique"], output)
    assert run(key=str(WEB)).success
    assert project.store.existing_record("raw_logs", WEB).failed_checks == ()


def test_a_warning_stops_nothing(project, run):
    rows = log_records(2, 12)
    write_raw(
        project.store.data, "web", 2, [{**row, "prompt": "the same question"} for row in rows]
    )
    result = run(key=str(WEB))
    assert result.success
    evaluation = next(
        e for e in result.get_asset_check_evaluations() if e.check_name == "duplicates_are_few"
    )
    assert not evaluation.passed
    assert evaluation.severity == dg.AssetCheckSeverity.WARN
    assert project.store.read_table("validated_splits", WEB).num_rows == 1


def test_too_many_malformed_lines_fail_the_partition_with_file_and_line(project, run):
    path = write_raw(project.store.data, "web", 2, log_records(2, 12))
    path.write_text(path.read_text() + "{broken\n" * 8)
    message = failure(run(key=str(WEB)))
    assert "raw/web/2025-03-02.jsonl:13" in message
    assert "extraction.max_quarantine_share" in message
