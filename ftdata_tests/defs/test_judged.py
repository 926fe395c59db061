"""A judge, through the graph: an estimate before, scores in the dataset, one payment."""

from __future__ import annotations

import json

import dagster as dg
import pytest

from ftdata.defs.agreement import review_judge
from ftdata.defs.build import build
from ftdata.defs.dataset_metadata import dataset_metadata
from ftdata.defs.dataset_steps import Assembled
from ftdata.defs.estimate import estimate
from ftdata.defs.steps import make_stage
from ftdata.errors import SettingsError
from ftdata.keys import PartitionKey
from ftdata.project import open_project
from ftdata.release.plan import Release
from ftdata.release.read import read_examples, read_latest
from ftdata.tables import empty
from ftdata_tests.defs.conftest import log_records
from ftdata_tests.defs.written import MAIL, MODEL, project_of
from ftdata_tests.llm.chat_server import Reply

KEY = PartitionKey("2025-03-01", "web")
COUNT = 12
DROPPING = (
    MODEL
    + "augmentation: {max_share: 0}\n"
    + "judge: {enabled: true, criteria: [style], min_score: 3, action: drop}\n"
)


def verdict(sent):
    """Even answers are good, odd ones are not, and of one the model will not speak."""
    asked = sent["messages"][-1]["content"]
    number = next(n for n in range(COUNT) if f"open page {n} " in asked)
    if number == 7:
        return Reply(None, refusal="I'd rather not.")
    told = {"rationale": f"As {MAIL} says.", "style": 2 if number % 2 else 5}
    return Reply(json.dumps(told))


def project_with_logs(root, settings):
    records = [record | {"user_rating": 5} for record in log_records(1, COUNT)]
    text = "".join(json.dumps(record) + "\n" for record in records)
    return project_of(root, settings, {"web/2025-03-01.jsonl": text})


def unpublished(project):
    latest = read_latest(project.store.data)
    return Release(latest.version, latest.folder, latest.manifest, is_published=False)


def test_low_examples_leave_and_the_others_are_scored(tmp_path, provider):
    provider.answer = verdict
    project = project_with_logs(tmp_path, DROPPING)
    [line] = estimate(project).lines
    assert (line.stage, line.source, line.requests) == ("validated_splits", "web", COUNT)
    with dg.DagsterInstance.ephemeral() as instance:
        report = build(project, instance)
    assert report.succeeded, report.messages
    assert len(provider.asked) == COUNT

    record = project.store.read_record("validated_splits", KEY)
    assert (record.rows_in, record.rows_out) == (COUNT, COUNT - 5)
    assert record.reasons == {"low_judgement": 5}
    rows = project.store.read_table("validated_splits", KEY).to_pylist()
    [unscored] = [row for row in rows if row["judgement"] is None]
    assert dict(unscored["tags"])["judge"] == "model_refused"
    told = [json.loads(row["judgement"]) for row in rows if row["judgement"]]
    assert {(one["mean"], one["rationale"]) for one in told} == {(5.0, "As [EMAIL] says.")}
    version = read_latest(project.store.data).version
    scores = read_examples(project.store.data, version, ["scores"]).column("scores").to_pylist()
    assert [dict(own).get("judge") for own in scores].count(1.0) == len(told)

    # People's ratings of two examples, and a line that is none.
    ids = [row["id"] for row in rows if row["judgement"]][:2]
    reviews = [json.dumps({"id": name, "rating": 4, "reviewer": "r1"}) for name in ids]
    (tmp_path / "data" / "reviews").mkdir()
    (tmp_path / "data" / "reviews" / "r1.jsonl").write_text("\n".join([*reviews, "{"]))
    reviewed = review_judge(project, [KEY])
    assert (reviewed.rated, reviewed.agreement.n, reviewed.agreement.offset) == (2, 2, 1.0)
    assert reviewed.faults[0].startswith("reviews/r1.jsonl:3: ")
    shown = dataset_metadata(Assembled(unpublished(project), (), (), (), None, reviewed))
    told = {record.data["measure"]: record.data for record in shown["judge_and_people"].records}
    assert told["offset"]["value"] == "+1.00"
    assert told["Spearman"]["value"] == "unknown"
    assert "reviews/r1.jsonl:3" in shown["reviews_not_read"]

    # Another threshold makes the stage stale, and costs nothing.
    (tmp_path / "ftdata.yaml").write_text(DROPPING.replace("min_score: 3", "min_score: 2"))
    milder = open_project(tmp_path / "ftdata.yaml")
    [line] = estimate(milder).lines
    assert (line.requests, line.cached) == (0, COUNT)
    table = project.store.read_table("augmented", KEY)
    assert make_stage(milder, "validated_splits", KEY, (), table).rows_out == COUNT
    assert len(provider.asked) == COUNT


def test_a_judge_without_a_model_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    settings = DROPPING.replace("llm: {model: writer-1, retries: 0}\n", "")
    project = project_with_logs(tmp_path, settings)
    with pytest.raises(SettingsError, match=r"judge\.enabled needs a model, and llm\.model names"):
        make_stage(project, "validated_splits", KEY, (), empty("augmented"))
