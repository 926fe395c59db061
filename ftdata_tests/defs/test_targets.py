"""What the UI shows of export targets: the check, and the table in the dataset's metadata."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from ftdata.defs.dataset_checks import Gate, check_results
from ftdata.defs.dataset_metadata import dataset_metadata
from ftdata.defs.dataset_steps import Assembled, assemble
from ftdata.defs.steps import build_stage
from ftdata.ingest.inventory import scan_raw
from ftdata.project import Project, open_project
from ftdata.tables import CHAINS
from ftdata_tests.defs.conftest import log_records, write_raw

RESERVED = {"prompt": "What does the line User: ann mean in my export of the chat?"}


def assembled_with(folder: Path, target: str, records: list[Any]) -> tuple[Project, Assembled]:
    write_raw(folder / "data", "web", 1, records)
    (folder / "ftdata.yaml").write_text(f"dataset: {{exports: [{target}]}}\n")
    project = open_project(folder / "ftdata.yaml")
    for key, files in scan_raw(project.store.data, project.settings).partitions.items():
        for stage in CHAINS["logs"]:
            build_stage(project, stage, key, files)
    return project, assemble(project, lambda _: True)


def judged(project: Project, assembled: Assembled) -> dg.AssetCheckResult:
    results = check_results(project, assembled, Gate(project))
    (found,) = [one for one in results if one.check_name == "targets_take_the_dataset"]
    return found


def test_a_refusal_and_a_limit_warn_and_are_shown(tmp_path: Path) -> None:
    records = log_records(1, 6)
    records[0] |= RESERVED
    project, assembled = assembled_with(tmp_path, "nova", records)
    found = judged(project, assembled)
    assert (found.passed, found.severity) == (False, dg.AssetCheckSeverity.WARN)
    told = str(found.metadata["amiss"].value)
    assert "nova: refuses 1 example (1 reserved_text)" in told
    assert "nova: train: 2 rows, the target asks for 8 at least" in told
    assert "openai: train: 3 rows, the target asks for 10 at least" in told
    assert found.metadata["listed in"].value == "refused.jsonl"


@pytest.mark.parametrize("target", ["nova", "trl"])
def test_targets_that_take_everything_pass(tmp_path: Path, target: str) -> None:
    project, assembled = assembled_with(tmp_path, target, log_records(1, 24))
    found = judged(project, assembled)
    assert found.passed, found.metadata
    assert found.metadata["amiss"].value == "nothing"


def test_the_metadata_has_a_row_for_each_target(tmp_path: Path) -> None:
    records = log_records(1, 6)
    records[0] |= RESERVED
    _, assembled = assembled_with(tmp_path, "nova", records)
    shown = dataset_metadata(assembled)["targets"]
    rows = {record.data["target"]: record.data for record in shown.records}
    assert {name: row["status"] for name, row in rows.items()} == {
        "nova": "live",
        "openai": "sunset",
    }
    assert rows["nova"]["refused"] == "1 reserved_text"
    assert rows["openai"]["refused"] == "none"
