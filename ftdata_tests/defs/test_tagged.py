"""A model that tells tags, through the graph: estimate before, tags and origins in the dataset."""

from __future__ import annotations

import json

import dagster as dg
import pytest

from ftdata.defs.build import build
from ftdata.defs.estimate import estimate
from ftdata.defs.models import prompts_asked
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import build_stage, make_stage
from ftdata.errors import SettingsError
from ftdata.freshness import stage_version
from ftdata.keys import PartitionKey
from ftdata.project import open_project
from ftdata.release.read import read_examples, read_latest
from ftdata.settings import Settings
from ftdata.tables import empty
from ftdata_tests.defs.conftest import log_records
from ftdata_tests.defs.written import MAIL, MODEL, project_of
from ftdata_tests.llm.chat_server import Reply

KEY = PartitionKey("2025-03-01", "web")
COUNT = 12
TAGGED = MODEL + "augmentation: {max_share: 0}\nformatting: {tagger: model}\n"
TOLD = {"task_type": "policy", "domain": "legal", "complexity": "hard", "tone": "formal"}


def tagger(sent):
    """The same tags for all, and of one example it will not speak."""
    refuses = "open page 7 " in sent["messages"][-1]["content"]
    return Reply(None, refusal="No.") if refuses else Reply(json.dumps(TOLD))


def project_with_logs(root, settings):
    records = [record | {"user_rating": 5} for record in log_records(1, COUNT)]
    text = "".join(json.dumps(record) + "\n" for record in records)
    return project_of(root, settings, {"web/2025-03-01.jsonl": text})


def told_by_model(example):
    origins = dict(example["tag_origins"])
    return {name: value for name, value in example["tags"] if origins[name] == "model"}


def test_a_models_tags_reach_the_dataset_and_are_paid_for_once(tmp_path, provider):
    provider.answer = tagger
    project = project_with_logs(tmp_path, TAGGED)
    [line] = estimate(project).lines
    assert (line.stage, line.source, line.requests) == ("formatted", "web", COUNT)
    assert provider.asked == []
    with dg.DagsterInstance.ephemeral() as instance:
        report = build(project, instance)
    assert report.succeeded, report.messages
    assert len(provider.asked) == COUNT
    facts = project.store.read_record("formatted", KEY).facts
    assert facts["tagger"] == {"failed: model_refused": 1, "tagged": COUNT - 1}
    release = read_latest(project.store.data)
    assert [one.split()[0] for one in release.manifest["content"]["prompts"]] == ["formatting/tags"]
    kept = read_examples(project.store.data, release.version, ["tags", "tag_origins"]).to_pylist()
    told = [told_by_model(one) for one in kept]
    assert told.count({}) == 1
    assert told.count(TOLD) > 0
    # A log's category that names the domain stands before what a model says.
    without_domain = {name: value for name, value in TOLD.items() if name != "domain"}
    assert told.count(TOLD) + told.count(without_domain) == len(kept) - 1

    # The same again costs nothing.
    (tmp_path / "ftdata.yaml").write_text(TAGGED.replace("model}", "model, max_tokens: 9000}"))
    again = open_project(tmp_path / "ftdata.yaml")
    [line] = estimate(again).lines
    assert (line.requests, line.cached) == (0, COUNT)


def test_what_the_settings_only_report_is_not_shown_to_the_model(tmp_path, provider):
    provider.answer = tagger
    record = {"prompt": f"Mail me at {MAIL} when you open.", "response": f"To {MAIL}, then."}
    settings = TAGGED + "cleaning: {pii: {mode: report}}\n"
    project = project_of(tmp_path, settings, {"web/2025-03-01.jsonl": json.dumps(record) + "\n"})
    for stage in ("raw_logs", "cleaned", "formatted"):
        build_stage(project, stage, KEY, look_at_raw(project).partitions[KEY])
    assert len(provider.asked) == 1
    assert "[EMAIL]" in provider.received
    assert MAIL not in provider.received
    [row] = project.store.read_table("formatted", KEY).to_pylist()
    assert MAIL in row["messages"][0]["content"]


def test_only_a_model_that_is_asked_is_part_of_the_version():
    versions = {
        (name, tagger): stage_version("formatted", settings, tokenizer="estimate")
        for name in ("a", "b")
        for tagger in ("rules", "model")
        for settings in [settings_with(name, tagger)]
    }
    assert versions["a", "rules"] == versions["b", "rules"]
    assert len({*versions.values()}) == 3
    assert prompts_asked(settings_with("a", "rules"), ["web"]) == []


def settings_with(name, tagger):
    return Settings.model_validate({"llm": {"model": name}, "formatting": {"tagger": tagger}})


def test_a_tagger_without_a_model_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    project = project_with_logs(tmp_path, "formatting: {tagger: model}\n")
    with pytest.raises(SettingsError, match=r"formatting\.tagger: model needs a model"):
        make_stage(project, "formatted", KEY, (), empty("cleaned"))
