"""The whole pipeline over the shared logs, in one build (skipped where they are absent)."""

import shutil
from pathlib import Path

import dagster as dg
import pytest

from ftdata.defs.build import build
from ftdata.project import open_project
from ftdata_tests.benchmarks import pipeline_truth

LOGS = Path(__file__).parents[2] / "shared" / "data" / "logs"
DAYS = 10  # the benchmark takes all of them

pytestmark = pytest.mark.skipif(not LOGS.exists(), reason="../shared/data/logs is not here")


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    """The first days of every source, and the truth."""
    folder = tmp_path_factory.mktemp("logs")
    for source in ("assistant_api", "support_chat", "ticket_bot"):
        (folder / source).mkdir()
        for path in sorted((LOGS / source).iterdir())[:DAYS]:
            shutil.copyfile(path, folder / source / path.name)
    shutil.copyfile(LOGS / "truth.jsonl.gz", folder / "truth.jsonl.gz")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory, logs):
    """A project folder built from them."""
    folder = tmp_path_factory.mktemp("project")
    for source in ("assistant_api", "support_chat", "ticket_bot"):
        shutil.copytree(logs / source, folder / "data" / "raw" / source)
    project = open_project(folder / "ftdata.yaml")
    with dg.DagsterInstance.ephemeral(str(folder)) as instance:
        report = build(project, instance)
    assert report.succeeded, report.messages
    assert len(report.built) == 3 * DAYS
    return folder


def test_the_records_extracted_are_those_the_settings_define(logs, built):
    found = pipeline_truth.check_extraction(logs, built)
    assert found["extracted"] > 9_000
    assert (found["extracted_missing"], found["extracted_too_many"]) == (0, 0)


def test_every_row_is_accounted_for_in_every_stage_and_partition(built):
    found = pipeline_truth.check_conservation(built)
    assert found == {"stage_partitions": 5 * 3 * DAYS, "conservation_broken": 0}


def test_no_conversation_and_no_prefix_family_stands_on_two_sides(logs, built):
    found = pipeline_truth.check_leakage(logs, built)
    assert found["examples_train"] > 2_000
    assert found["examples_validation"] > 200
    assert found["examples_test"] > 200
    assert found["conversations_on_two_sides"] == 0
    assert found["prefix_family_pairs_on_two_sides"] == 0
