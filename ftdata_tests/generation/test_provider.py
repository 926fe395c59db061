"""Sections and a task through redaction, cache and a provider's server: what it gets to see."""

import json

import pytest
from upath import UPath

from ftdata.cleaning.pii.redact import redact_text
from ftdata.generation.examples import generate_examples
from ftdata.generation.synthetic import synthesise
from ftdata.generation.synthetic_task import Seed, Task
from ftdata.generation.written import Writer
from ftdata.keys import PartitionKey
from ftdata.llm.chat import open_chat
from ftdata.settings_documents import Generation, Synthetic
from ftdata.settings_llm import Llm
from ftdata.settings_pii import Pii
from ftdata_tests.generation.written import documents_table, section_of_pieces
from ftdata_tests.llm.chat_server import Reply, serving

PRIVATE = ("ana.ruiz@corp.com", "+1 415-226-4873", "4111 1111 1111 1111", "AKIAIOSFODNN7EXAMPLE")
MAIL, PHONE, CARD, SECRET = PRIVATE
PIECES = (
    f"To restart the widget, write to {MAIL} or call {PHONE} first. The card {CARD} pays for it.",
    f"1. Stop the widget.\n2. Set the key {SECRET} again.\n3. Start the widget.",
    f"| Task | Who | Phone |\n| --- | --- | --- |\n| Restart | {MAIL} | {PHONE} |",
)
TABLE = documents_table(
    [
        section_of_pieces((f"Widgets for {MAIL}", f"Restart widget {n}"), *PIECES, name=f"s{n}")
        for n in range(6)
    ]
)
KEY = PartitionKey(date="2026-01-01", source="made")
TASK = Task("task.md", f"Help. Ask {MAIL}.", [f"Call {PHONE}."], [Seed(f"Pay {CARD}?", SECRET)])
LLM = Llm(model="writer-1", timeout_s=10, retries=0)


@pytest.fixture
def server(monkeypatch):
    with serving() as at_work:
        monkeypatch.setenv("OPENAI_BASE_URL", at_work.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-not-a-real-key")
        at_work.answer = answer
        yield at_work


def answer(sent):
    """One answer for every form."""
    form = sent["response_format"]["json_schema"]["name"]
    number = sum(map(ord, sent["messages"][1]["content"]))
    asked = f"How do I restart a widget, case {'abcdefghij'[number % 10]}?"
    made = {
        "Instruction": {"instruction": asked},
        "Exchange": {"instruction": asked, "answer": "Stop the widget, then start the widget."},
        "Pairs": {"examples": [{"prompt": f"{asked} {number}", "completion": "Stop it."}]},
    }
    return Reply(json.dumps(made[form]))


def redact(text):
    return redact_text(text, Pii().entities).text


def writer(folder):
    return Writer(open_chat(LLM, UPath(folder), "generation.writer: model", "or rules"), redact)


@pytest.mark.parametrize("answers", ["spans", "model"])
def test_sections_leave_redacted_and_are_asked_once(server, tmp_path, answers):
    options = Generation(writer="model", answers=answers)
    first = generate_examples(TABLE, options, None, writer(tmp_path))
    assert first.rows_out
    assert len(server.asked) >= TABLE.num_rows
    check_private(server)
    count = len(server.asked)
    again = writer(tmp_path)
    second = generate_examples(TABLE, options, None, again)
    assert second.table.equals(first.table)
    assert second.drops.equals(first.drops)
    assert len(server.asked) == count
    assert again.model.tally.from_cache == again.model.tally.answered


def test_a_task_leaves_redacted(server, tmp_path):
    result = synthesise(TASK, writer(tmp_path), Synthetic(count=10, per_request=2), KEY)
    assert result.rows_out
    check_private(server)


def check_private(server):
    assert "[EMAIL]" in server.received
    for value in (*PRIVATE, "sk-not-a-real-key"):
        assert value not in server.received
