"""What evaluation sets do to the dataset: hits reported, flagged or dropped, sets that change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from ftdata.defs.dataset_checks import Gate, check_results
from ftdata.defs.dataset_steps import Assembled, assemble, dataset_state
from ftdata.defs.steps import build_stage
from ftdata.errors import IngestError
from ftdata.ingest.inventory import scan_raw
from ftdata.keys import PartitionKey
from ftdata.project import Project, open_project
from ftdata.tables import CHAINS
from ftdata_tests.defs.conftest import log_records, write_raw

ITEM = (
    "A train travels 270 miles in 3 hours. At the same rate, how many additional hours would it"
    " take to travel an additional 180 miles?"
)
OTHER = {"question": "Why do cats purr so loud?"}
SETTINGS = "dataset: {contamination: {action: %s}}\naugmentation: {max_share: 0.5}\n"


def write_items(project: Project, *items: dict[str, str]) -> Path:
    path = Path(project.store.data) / "evals" / "gsm8k.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One partition of twelve conversations, two of which hold the item."""
    folder = tmp_path_factory.mktemp("contamination")
    rows = log_records(1, 12)
    rows[3] |= {"prompt": f"Please help me with my homework: {ITEM}"}
    rows[5] |= {"response": f"Here is a riddle for you. {ITEM}"}
    write_raw(folder / "data", "web", 1, rows)
    (folder / "ftdata.yaml").write_text(SETTINGS.replace("%s", "report"), "utf-8")
    project = open_project(folder / "ftdata.yaml")
    key = PartitionKey.parse("2025-03-01|web")
    files = scan_raw(project.store.data, project.settings).partitions[key]
    for stage in CHAINS["logs"]:
        build_stage(project, stage, key, files)
        output = project.store.existing_record(stage, key).output
        project.store.set_failed_checks(stage, key, [], output)
    return project


def project_with(built: Project, action: str) -> Project:
    path = Path(built.store.data).parent / f"{action}.yaml"
    path.write_text(SETTINGS.replace("%s", action), "utf-8")
    return open_project(path, str(built.store.data))


def judged(project: Project) -> tuple[Assembled, dict[str, Any]]:
    """A dataset, and what its check of contamination found."""
    gate = Gate(project)
    assembled = assemble(project, gate)
    assert assembled.release.is_published
    results = {r.check_name: r for r in check_results(project, assembled, gate)}
    check = results["no_contamination"]
    found = {name: value.value for name, value in check.metadata.items()}
    return assembled, {**found, "passed": check.passed, "severity": check.severity.name}


def ids(assembled: Assembled) -> dict[str, str]:
    """Id of each example by its prompt's beginning."""
    table = pq.read_table(assembled.release.folder / "examples.parquet")
    return {row["id"]: row["messages"][0]["content"] for row in table.to_pylist()}


def drops(assembled: Assembled) -> list[dict[str, Any]]:
    table = pq.read_table(assembled.release.folder / "drops.parquet")
    return [row for row in table.to_pylist() if row["stage"] == "dataset"]


def hits(assembled: Assembled) -> list[dict[str, Any]]:
    file = assembled.release.folder / "contamination.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_reported_examples_stay_and_the_check_warns(built: Project) -> None:
    write_items(built, {"id": "test-1", "question": ITEM}, OTHER)
    assembled, check = judged(project_with(built, "report"))
    found = hits(assembled)
    assert {hit["item"] for hit in found} == {"test-1"}
    assert {hit["coverage"] for hit in found} == {1.0}
    assert {hit["example"] for hit in found} <= set(ids(assembled))
    assert (check["passed"], check["severity"]) == (False, "WARN")
    assert (check["hits"], check["action"]) == (len(found), "report")
    assert (
        f"{found[0]['example']} contains evals/gsm8k.jsonl:test-1, coverage 1.00"
        in (check["samples"])
    )
    (file,) = assembled.release.manifest["content"]["evaluations"]
    assert (file["path"], file["items"], file["found"]) == ("evals/gsm8k.jsonl", 2, 1)


def test_dropped_examples_take_their_variants_along(built: Project) -> None:
    write_items(built, {"id": "test-1", "question": ITEM})
    reported, _ = judged(project_with(built, "report"))
    assembled, check = judged(project_with(built, "drop"))
    gone = {hit["example"] for hit in hits(assembled)}
    assert gone == {hit["example"] for hit in hits(reported)}
    assert not gone & set(ids(assembled))
    told = [row for row in drops(assembled) if row["reason"] == "contaminated"]
    assert {row["record_id"] for row in told} == gone
    assert {row["detail"] for row in told} == {"contains evals/gsm8k.jsonl:test-1, coverage 1.00"}
    assert {hit["split"] for hit in hits(assembled)} == {None}
    assert (check["passed"], check["hits"]) == (True, 0)
    table = pq.read_table(assembled.release.folder / "examples.parquet", columns=["parent_id"])
    assert not gone & set(table.column("parent_id").to_pylist())
    assert assembled.release.manifest["content"]["dataset"]["reasons"]["contaminated"] == len(gone)


def test_flagged_examples_carry_the_items_name(built: Project) -> None:
    write_items(built, {"id": "test-1", "question": ITEM})
    assembled, check = judged(project_with(built, "flag"))
    table = pq.read_table(assembled.release.folder / "examples.parquet", columns=["id", "tags"])
    tagged = {r["id"]: dict(r["tags"]).get("contaminated") for r in table.to_pylist()}
    flagged = {example: name for example, name in tagged.items() if name}
    assert set(flagged) == {hit["example"] for hit in hits(assembled)}
    assert set(flagged.values()) == {"evals/gsm8k.jsonl:test-1"}
    assert not check["passed"]


def test_the_dataset_is_stale_when_its_sets_change(built: Project) -> None:
    project = project_with(built, "report")

    def is_current() -> bool:
        return dataset_state(project, scan_raw(project.store.data, project.settings)).is_current

    path = write_items(project, {"question": ITEM})
    first, _ = judged(project)
    assert is_current()
    write_items(project, {"question": ITEM}, OTHER)
    assert not is_current()
    second, _ = judged(project)
    assert is_current()
    assert second.release.version != first.release.version
    path.unlink()
    assert not is_current()
    _, check = judged(project)
    assert (check["passed"], check["evaluation files"]) == (True, 0)
    assert is_current()


def test_a_malformed_set_stops_the_dataset(built: Project) -> None:
    project = project_with(built, "report")
    path = write_items(project, {"question": ITEM}, {"answer": "4"})
    with pytest.raises(IngestError, match=r"evals/gsm8k\.jsonl:2: holds none of the fields"):
        assemble(project, Gate(project))
    path.unlink()
