"""What a model writes, through the graph: synthetic sources, and documents with `writer: model`."""

from __future__ import annotations

import json

import dagster as dg
import pytest

from ftdata.defs.build import build, open_instance
from ftdata.project import open_project
from ftdata.release.read import read_examples, read_latest
from ftdata_tests.defs.workshop import TOPICS, workshop_pages
from ftdata_tests.llm.chat_server import Reply, serving

ASKED = "what the model was asked and paid"
MAIL = "ana.ruiz@corp.com"
WAYS = ("What is there to know of", "Who keeps", "Where do I see", "Can you explain", "What about")
MODEL = "llm: {model: writer-1, retries: 0}\nchecks: {min_examples: 1}\n"


def answer(sent):
    """One answer for every form, another for every request."""
    form = sent["response_format"]["json_schema"]["name"]
    number = sum(map(ord, sent["messages"][1]["content"]))
    asked = f"How is case {number} of the orders desk handled?"
    names = [name for name in (*TOPICS, "refunds") if name in sent["messages"][1]["content"]]
    made = {
        "Instruction": {"instruction": f"{WAYS[number % 5]} {' and '.join(names)}?"},
        "Pairs": {
            "examples": [
                {"prompt": f"{asked} Part {part}.", "completion": f"Answer {number} to {part}."}
                for part in range(5)
            ]
        },
    }
    return Reply(json.dumps(made[form]))


@pytest.fixture
def provider(monkeypatch):
    with serving() as at_work:
        monkeypatch.setenv("OPENAI_BASE_URL", at_work.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-not-a-real-key")
        at_work.answer = answer
        yield at_work


def project_of(root, settings, files):
    for name, text in files.items():
        path = root / "data" / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "ftdata.yaml").write_text(settings)
    return open_project(root / "ftdata.yaml")


def report_of(root, project):
    with open_instance(root) as instance:
        return build(project, instance)


def examples(project):
    version = read_latest(project.store.data).version
    return read_examples(project.store.data, version).to_pylist()


SYNTHETIC = MODEL + "sources: {made: {kind: synthetic, synthetic: {count: 10}}}\n"
TASK = {"made/2025-03-01/task.md": f"Answer what customers ask about orders. Mail {MAIL}."}


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
    with open_instance(tmp_path) as instance:
        assert build(project, instance).succeeded
        event = instance.get_latest_materialization_event(dg.AssetKey("generated_examples"))
        records = event.asset_materialization.metadata["model"].records
    counts = {record.data[ASKED]: record.data["count"] for record in records}
    assert counts["answered"] == "2"
    assert counts["completion tokens paid"] == "10"
