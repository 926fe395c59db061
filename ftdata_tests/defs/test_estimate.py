"""What a build would ask of the model is told before it asks, and held against what it asked."""

import json

import dagster as dg
import pytest

from ftdata.defs.build import build
from ftdata.defs.estimate import estimate
from ftdata.defs.location import definitions_for
from ftdata.keys import PartitionKey
from ftdata_tests.defs.written import MODEL, SYNTHETIC, TASK, project_of

PRICED = SYNTHETIC.replace("retries: 0}", "retries: 0, prices: {writer-1: {input: 2, output: 8}}}")


def test_the_estimate_is_of_what_is_missing_and_costs_nothing(tmp_path, provider):
    project = project_of(tmp_path, PRICED, TASK)
    [line] = estimate(project).lines
    assert (line.stage, line.source, line.partitions) == ("generated_examples", "made", 1)
    assert (line.requests, line.cached) == (2, 0)
    assert line.expected.prompt > 100
    assert line.cost == (2 * line.expected.prompt + 8 * line.expected.completion) / 1e6
    assert provider.asked == []
    with dg.DagsterInstance.ephemeral() as instance:
        assert build(project, instance).succeeded
    assert estimate(project).lines == ()
    # Two requests of 10 and 5 tokens.
    assert estimate(project).spent_this_month == pytest.approx((2 * 20 + 8 * 10) / 1e6)


def test_without_a_price_the_cost_is_unknown(tmp_path, provider):
    found = estimate(project_of(tmp_path, SYNTHETIC, TASK))
    assert (found.lines[0].cost, found.cost) == (None, None)


def test_stages_that_are_not_built_are_worked_out_and_not_stored(tmp_path, provider):
    logs = "".join(
        json.dumps({"prompt": f"Tell me when shop {n} opens.", "response": f"At {n}."}) + "\n"
        for n in range(30)
    )
    settings = MODEL + "augmentation: {writer: model, max_share: 0.5}\n"
    project = project_of(tmp_path, settings, {"web/2025-03-01.jsonl": logs})
    [line] = estimate(project).lines
    assert line.stage == "augmented"
    assert line.requests > 5
    assert list(project.store.keys("raw_logs")) == []


def test_a_dry_run_of_an_asset_tells_and_builds_nothing(tmp_path, provider):
    project = project_of(tmp_path, PRICED, TASK)
    job = definitions_for(project).resolve_job_def("build_partitions")
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("sources", ["made"])
        result = job.execute_in_process(
            instance=instance,
            partition_key="2025-03-01|made",
            asset_selection=[dg.AssetKey("generated_examples")],
            run_config={"ops": {"generated_examples": {"config": {"dry_run": True}}}},
        )
    assert result.success
    [told] = [event for event in result.all_events if event.is_asset_observation]
    metadata = told.asset_observation_data.asset_observation.metadata
    assert metadata["requests"].value == 2
    assert provider.asked == []
    assert (
        project.store.read_record("generated_examples", PartitionKey("2025-03-01", "made")) is None
    )


def test_a_cap_ends_the_build_with_what_is_missing(tmp_path, provider):
    capped = PRICED.replace("retries: 0,", "retries: 0, concurrency: 1, max_cost_per_run: 0.0035,")
    project = project_of(tmp_path, capped, TASK)
    with dg.DagsterInstance.ephemeral() as instance:
        report = build(project, instance)
    assert not report.succeeded
    assert "max_cost_per_run" in "\n".join(report.messages)
    assert len(provider.asked) < 2
