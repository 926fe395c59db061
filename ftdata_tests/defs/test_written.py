"""What a model writes, through the graph: synthetic sources, and documents with `writer: model`."""

from __future__ import annotations

import json

import dagster as dg

from ftdata.defs.build import build
from ftdata.release.read import read_examples, read_latest
from ftdata_tests.defs.workshop import workshop_pages
from ftdata_tests.defs.written import MAIL, MODEL, SYNTHETIC, TASK, project_of

ASKED = "what the model was asked and paid"


def report_of(root, project):
    with dg.DagsterInstance.ephemeral() as instance:
        return build(project, instance)


def examples(project):
    version = read_latest(project.store.data).version
    return read_examples(project.store.data, version).to_pylist()


def test_a_task_becomes_examples_and_is_not_asked_again(tmp_path, provider):
    project = project_of(tmp_path, SYNTHETIC, TASK)
    report = report_of(tmp_path, project)
    assert report.succeeded, report.messages
    rows = examples(project)
    assert rows
    assert any(row["provenance"].startswith("synthetic/") for row in rows)
    asked = len(provider.asked)
    assert asked == 2
    assert MAIL not in provider.received
    assert "[EMAIL]" in provider.received
    manifest = read_latest(project.store.data).manifest
    [paid] = manifest["environment"]["paid"]
    assert (paid["stage"], paid["source"], paid["requests"]) == ("generated_examples", "made", 2)
    assert (paid["completion_tokens"], paid["cost"]) == (10, "unknown")
    asked_with = [name.split()[0] for name in manifest["content"]["prompts"]]
    assert "generation/synthetic" in asked_with
    again = report_of(tmp_path, project)
    assert again.succeeded
    assert len(provider.asked) == asked


def test_a_task_without_a_model_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    settings = SYNTHETIC.replace("llm: {model: writer-1, retries: 0}\n", "")
    report = report_of(tmp_path, project_of(tmp_path, settings, TASK))
    assert not report.succeeded
    message = "\n".join(report.messages)
    assert "sources.made.kind: synthetic needs a model, and llm.model names none" in message
    assert "OPENAI_API_KEY" in message


def test_a_model_writes_the_instructions_of_documents(tmp_path, provider):
    pages = workshop_pages()
    pages["orders.md"] += f"\nWho to ask: {MAIL}.\n"
    files = {f"help/2025-03-01/{name}": text for name, text in pages.items()}
    project = project_of(tmp_path, MODEL + "generation: {writer: model}\n", files)
    report = report_of(tmp_path, project)
    assert report.succeeded, report.messages
    rows = examples(project)
    written = {row["provenance"] for row in rows}
    assert "generated/writer-1" in written, written
    assert MAIL not in provider.received
    assert MAIL not in json.dumps(rows, default=str)


def test_what_was_paid_is_shown_with_the_partition(tmp_path, provider):
    project = project_of(tmp_path, SYNTHETIC, TASK)
    with dg.DagsterInstance.ephemeral() as instance:
        assert build(project, instance).succeeded
        event = instance.get_latest_materialization_event(dg.AssetKey("generated_examples"))
        records = event.asset_materialization.metadata["model"].records
    counts = {record.data[ASKED]: record.data["count"] for record in records}
    assert counts["answered"] == "2"
    assert counts["completion tokens paid"] == "10"
