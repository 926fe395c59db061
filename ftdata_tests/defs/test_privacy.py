"""Planted personal data: none of it goes further than the raw table, which is its owner's."""

import json
import logging
import stat

import numpy as np
import pyarrow.parquet as pq
import pytest

from ftdata.llm.openai_embeddings import OpenAIEmbeddings
from ftdata.project import open_project
from ftdata_tests.defs.conftest import log_records, write_raw
from ftdata_tests.defs.test_stages import failure

USER = "zq_4711_lindqvist"
NAME = "Zebulon Lindqvist"
EMAIL = "zebulon.l@walkabout-gear.co"
PHONE = "(415) 867-5309"
CARD = "4012 8888 8888 1881"
SSN = "321-45-6789"
IBAN = "GB82 WEST 1234 5698 7654 32"
SECRET = "hunter" + "22secret"
ADDRESS = "612 Van Horn Avenue"
PLANTED = (USER, NAME, "Zebulon", "Lindqvist", EMAIL, PHONE, CARD, SSN, IBAN, SECRET, ADDRESS)
SAID = (
    f"My name is {NAME}, mail {EMAIL}, call {PHONE}. Card {CARD}, SSN {SSN}, IBAN {IBAN},"
    f" password: {SECRET}. I live at {ADDRESS}. My user is {USER}."
)
SETTINGS = """\
cleaning:
  dedup: {semantic: openai}
"""


def planted_records(day):
    """Ordinary records, and one that holds everything everywhere; some of them are dropped."""
    records = log_records(day, 12)
    arguments = json.dumps({"to": EMAIL, "name": NAME, "card": CARD})
    call = {"id": "c1", "type": "function", "function": {"name": "send", "arguments": arguments}}
    private = {
        "id": f"{day}-{EMAIL}",
        "conversation_id": f"chat-{USER}-{day}",
        "user_id": USER,
        "category": f"mail of {EMAIL}",
        "metadata": {"customer_name": NAME, "phone": PHONE, "deep": [{"note": SAID}]},
        "messages": [
            {"role": "system", "content": f"You speak with {NAME}."},
            {"role": "user", "content": SAID},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "c1", "content": json.dumps({"sent": SAID})},
            {"role": "assistant", "content": f"Done, Zebulon. {SAID}"},
        ],
    }
    copy = private | {"id": f"copy-{EMAIL}", "conversation_id": "copy"}
    failed = private | {"id": f"failed-{EMAIL}", "error": f"no route to {EMAIL}"}
    repeated = private | {"conversation_id": "again"}
    refused = private | {"id": f"short-{EMAIL}", "conversation_id": f"short {NAME}", "messages": [
        {"role": "user", "content": SAID}, {"role": "assistant", "content": ""}]}  # fmt: skip
    return [*records, private, copy, failed, repeated, refused]


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """A project whose raw files, one of them named after a person, hold planted data."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    for day in (1, 2):
        path = write_raw(tmp_path / "data", "web", day, planted_records(day))
        folder = path.parent / path.stem
        folder.mkdir()
        path.rename(folder / f"{EMAIL}.jsonl")
        lines = "".join(json.dumps(record) + "\n" for record in log_records(day + 20, 3, "more"))
        (folder / f"{USER}.jsonl").write_text(lines + '{"id": "' + EMAIL + '", broken\n', "utf-8")
    (tmp_path / "ftdata.yaml").write_text(SETTINGS, "utf-8")
    return open_project(tmp_path / "ftdata.yaml")


def contents(folder, *without):
    """Every file below a folder as text, tables decoded; those below `without` left out."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(path.is_relative_to(other) for other in without):
            continue
        if path.suffix == ".parquet":
            yield path, json.dumps(pq.read_table(path).to_pylist(), default=str)
        else:
            yield path, path.read_bytes().decode("utf-8", "replace")


def leaks(text):
    return [value for value in PLANTED if value.casefold() in text.casefold()]


def test_nothing_planted_goes_further_than_the_raw_table(
    planted, instance, run, monkeypatch, caplog, capfd, tmp_path
):
    sent = []

    def embed(self, texts):
        sent.extend(texts)
        return np.random.default_rng(len(sent)).normal(size=(len(texts), 64)).astype(np.float32)

    monkeypatch.setattr(OpenAIEmbeddings, "embed", embed)
    with caplog.at_level(logging.DEBUG):
        built = run(span=("2025-03-01|web", "2025-03-02|web"), using=planted)
        assert built.success, failure(built)
        assembled = run("refresh_dataset", using=planted)
        assert assembled.success, failure(assembled)
    data = tmp_path / "data"
    raw = data / "built" / "raw_logs"
    assert leaks("".join(text for _, text in contents(raw)))  # it was there to be found
    found = {
        str(path.relative_to(tmp_path)): leaks(text)
        for path, text in contents(tmp_path, data / "raw", raw)
        if leaks(text) or leaks(path.name)
    }
    assert found == {}
    assert sent
    assert leaks("\n".join(sent)) == []
    printed = capfd.readouterr()
    assert leaks(caplog.text + printed.out + printed.err) == []
    for path in raw.glob("*/*/*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
