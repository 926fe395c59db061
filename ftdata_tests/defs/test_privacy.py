"""Planted personal data: none of it goes further than the raw table, which is its owner's."""

import json
import logging
import stat

import numpy as np
import pytest

from ftdata.llm.openai_embeddings import OpenAIEmbeddings
from ftdata.project import open_project
from ftdata_tests.defs.conftest import log_records, write_raw
from ftdata_tests.defs.planted import EMAIL, USER, contents, leaks, planted_records
from ftdata_tests.defs.test_stages import failure

SETTINGS = """\
cleaning:
  dedup: {semantic: openai}
"""


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
